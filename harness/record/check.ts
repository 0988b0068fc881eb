/**
 * A structural check in a few lines: a check looks at a value and answers what is wrong with it, or nothing. `fields` is
 * typed by the interface it checks, so that a member added to model.ts does not compile until it is checked here too.
 * Members that nobody knows are let through: a record may hold more than this version reads.
 */

/** What is wrong, as "must be text", and where below the value that was looked at, as ".trace[3].peer". */
interface Wrong {
  readonly at: string
  readonly says: string
}

/** Runs for every member of a hundred thousand lines: the way to what is wrong is put together on the way back. */
export type Check = (value: unknown) => Wrong | undefined

/** What is wrong with a line, in words; nothing when all is well. */
export function problemWith(value: unknown, check: Check): string | undefined {
  const wrong = check(value)
  return wrong && `${wrong.at === '' ? 'the line' : wrong.at.replace(/^\./, '')} ${wrong.says}`
}

export const wrong = (says: string): Wrong => ({ at: '', says })
const below = (step: string, { at, says }: Wrong): Wrong => ({ at: `${step}${at}`, says })

const show = (value: unknown): string => {
  const text = typeof value === 'number' ? String(value) : (JSON.stringify(value) ?? 'missing')
  return text.length > 40 ? `${text.slice(0, 40)}…` : text
}
const mustBe = (what: string, value: unknown): Wrong => wrong(`must be ${what}, but it is ${show(value)}`)

export const text: Check = (value) => (typeof value === 'string' ? undefined : mustBe('text', value))
/** JSON has numbers that no number is: 1e999 reads as infinite. */
export const number: Check = (value) => (Number.isFinite(value) ? undefined : mustBe('a number', value))
/** What is counted, timed or measured. */
export const amount: Check = (value) =>
  number(value) ?? ((value as number) >= 0 ? undefined : mustBe('0 or more', value))
export const yesNo: Check = (value) => (typeof value === 'boolean' ? undefined : mustBe('true or false', value))

export const oneOf =
  (...values: readonly (string | number)[]): Check =>
  (value) =>
    values.includes(value as string) ? undefined : mustBe(`one of ${values.join(', ')}`, value)

export const maybe =
  (check: Check): Check =>
  (value) =>
    value === undefined ? undefined : check(value)

export const listOf =
  (check: Check): Check =>
  (value) => {
    if (!Array.isArray(value)) return mustBe('a list', value)
    for (let i = 0; i < value.length; i++) {
      const problem = check(value[i])
      if (problem !== undefined) return below(`[${i}]`, problem)
    }
    return undefined
  }

export const mapOf =
  (check: Check): Check =>
  (value) => {
    if (!isObject(value)) return mustBe('an object', value)
    for (const name of Object.keys(value)) {
      const problem = check(value[name])
      if (problem !== undefined) return below(`.${name}`, problem)
    }
    return undefined
  }

/** One check per member of T, the optional ones included. */
export const fields = <T>(checks: { readonly [Name in keyof Required<T>]: Check }): Check => {
  const members = Object.entries(checks) as [string, Check][]
  return (value) => {
    if (!isObject(value)) return mustBe('an object', value)
    for (const [name, check] of members) {
      const problem = check(value[name])
      if (problem !== undefined) return below(`.${name}`, problem)
    }
    return undefined
  }
}

export const isObject = (value: unknown): value is Record<string, unknown> =>
  typeof value === 'object' && value !== null && !Array.isArray(value)

/** No value of ours is in lists of lists so deep, and whoever shows it goes down as deep. */
const deepest = 40

/** Whatever JSON can say, but no deeper than anybody can show it. */
export const anything: Check = (value) => (isDeep(value, deepest) ? wrong('must not be nested so deeply') : undefined)

function isDeep(value: unknown, left: number): boolean {
  if (typeof value !== 'object' || value === null) return false
  return left === 0 || Object.values(value).some((member) => isDeep(member, left - 1))
}
