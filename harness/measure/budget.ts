/** How much time a benchmark may take: how often a cell is launched, and how long a launch measures. */

export interface Budget {
  /** Launches of each cell. */
  readonly rounds: number
  readonly warmupMs: number
  readonly measureMs: number
}

/** Into how many batches a stream is cut, and how long one lasts at least. */
export const batches = 20
export const shortestBatchMs = 5
