/**
 * Numbers for people: grouped digits, three significant ones, one unit for a whole column. The record and the CSV have
 * the exact values.
 */

/** A space that does not break and is narrow. */
const gap = '\u202f'

/** `65 536`; four digits stay together. */
export const grouped = (whole: number): string => {
  const digits = String(Math.abs(whole))
  if (digits.length <= 4 || !Number.isSafeInteger(whole)) return String(whole)
  return (whole < 0 ? '−' : '') + digits.replace(/\B(?=(\d{3})+$)/g, gap)
}

/** Three significant digits, and never an exponent: `4.02`, `41.3`, `65 536`, `0.0031`. */
export function significant(value: number): string {
  if (!Number.isFinite(value)) return '–'
  if (value === 0) return '0'
  const decimals = Math.max(0, 2 - Math.floor(Math.log10(Math.abs(value))))
  return decimals === 0 ? grouped(Math.round(value)) : value.toFixed(Math.min(decimals, 6))
}

/** `64 B`, `4 KiB`, `1 MiB` */
export function bytes(count: number): string {
  const units = ['B', 'KiB', 'MiB', 'GiB']
  let unit = 0
  let value = count
  while (value >= 1024 && value % 1024 === 0 && unit < units.length - 1) {
    value /= 1024
    unit++
  }
  return `${grouped(value)}${gap}${units[unit]}`
}

/** A share as `0.4 %`. */
export const percent = (share: number): string => `${significant(share * 100)}${gap}%`

/** `1.00×` the best, `2.01×`, `115×` */
export const multiple = (ratio: number): string => `${ratio < 10 ? ratio.toFixed(2) : significant(ratio)}×`
