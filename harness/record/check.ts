/**
 * A structural check in a few lines: a check looks at a value and answers what is wrong with it, or nothing. `fields` is
 * typed by the interface it checks, so that a member added to model.ts does not compile until it is checked here too.
 * Members that nobody knows are let through: a record may hold more than this version reads.
 */

/** What is wrong, as "verdict must be text"; nothing when all is well. `at` is the path so far. */
export type Check = (value: unknown, at: string) => string | undefined

const show = (value: unknown): string => {
  const text = JSON.stringify(value) ?? 'missing'
  return text.length > 40 ? `${text.slice(0, 40)}…` : text
}
const must = (ok: boolean, at: string, be: string, value: unknown): string | undefined =>
  ok ? undefined : `${at} must be ${be}, but it is ${show(value)}`

export const anything: Check = () => undefined
export const text: Check = (value, at) => must(typeof value === 'string', at, 'text', value)
export const number: Check = (value, at) => must(typeof value === 'number', at, 'a number', value)
export const yesNo: Check = (value, at) => must(typeof value === 'boolean', at, 'true or false', value)

export const oneOf =
  (...values: readonly (string | number)[]): Check =>
  (value, at) =>
    must(values.includes(value as string), at, `one of ${values.join(', ')}`, value)

export const maybe =
  (check: Check): Check =>
  (value, at) =>
    value === undefined ? undefined : check(value, at)

export const listOf =
  (check: Check): Check =>
  (value, at) => {
    if (!Array.isArray(value)) return must(false, at, 'a list', value)
    for (let i = 0; i < value.length; i++) {
      const problem = check(value[i], `${at}[${i}]`)
      if (problem !== undefined) return problem
    }
    return undefined
  }

export const mapOf =
  (check: Check): Check =>
  (value, at) => {
    if (!isObject(value)) return must(false, at, 'an object', value)
    for (const [name, member] of Object.entries(value)) {
      const problem = check(member, `${at}.${name}`)
      if (problem !== undefined) return problem
    }
    return undefined
  }

/** One check per member of T, the optional ones included. */
export const fields = <T>(checks: { readonly [Name in keyof Required<T>]: Check }): Check => {
  const members = Object.entries(checks) as [string, Check][]
  return (value, at) => {
    if (!isObject(value)) return must(false, at || 'the line', 'an object', value)
    for (const [name, check] of members) {
      const problem = check(value[name], at === '' ? name : `${at}.${name}`)
      if (problem !== undefined) return problem
    }
    return undefined
  }
}

export const isObject = (value: unknown): value is Record<string, unknown> =>
  typeof value === 'object' && value !== null && !Array.isArray(value)
