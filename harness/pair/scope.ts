/** Scopes: what the peers of one pair have in common, and the beginning of every name they use within the run. */

let made = 0

/** Unique in this process, and so in the run, which may take several targets on one machine. */
export const freshScope = (kind: 'case' | 'launch' | 'probe'): string => `${kind}${++made}`
