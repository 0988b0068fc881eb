/**
 * The shape of each verdict, drawn before whatever has its class and `v`: 16 × 16, in the colour of the text. They are
 * masks, and not letters, which look another way on every system and are read aloud.
 */

import type { Verdict } from '../../harness/model.ts'

const shapes: Readonly<Record<Verdict, string>> = {
  pass: "<path d='M2.5 8.5 6.5 12.5 13.5 4' fill='none' stroke='black' stroke-width='2.4'/>",
  fail: "<path d='M3.5 3.5l9 9m0-9l-9 9' fill='none' stroke='black' stroke-width='2.4'/>",
  unsupported: "<path d='M3 8h10' fill='none' stroke='black' stroke-width='2.4'/>",
  broken: "<path d='M8 1.5 15.5 14.5H.5zM7 6v4h2V6zm0 5v1.8h2V11z' fill-rule='evenodd'/>",
  crash: "<path d='M9.5.5 2.5 9H7l-1 6.5L13.5 6.5H9z'/>",
  hang: "<path d='M3 1h10v2.5L9.4 8l3.6 4.5V15H3v-2.5L6.6 8 3 3.5z'/>",
  observed: "<circle cx='8' cy='8' r='6' fill='none' stroke='black' stroke-width='2'/><circle cx='8' cy='8' r='2.2'/>",
}

const picture = (inside: string): string =>
  `url("data:image/svg+xml,<svg xmlns='http://www.w3.org/2000/svg' viewBox='0 0 16 16'>${inside}</svg>")`

/** What has no class where most are passes. */
const passes = ',.groups p:not([class]),.groups>details>summary>b:not([class]),.matrix a:not([class])'

const ofVerdicts = Object.entries(shapes)
  .map(
    ([verdict, inside]) =>
      `.${verdict}${verdict === 'pass' ? passes : ''}{--c:var(--${verdict});--m:${picture(inside)}}`,
  )
  .join('\n')

export const markStyle = `
${ofVerdicts}
.v,.groups p>b,.groups>details>summary>b,.case>summary>b{color:var(--c)}
.v::before,.matrix a::before,.groups p:not([class])::before,.groups p>b::before,.groups>details>summary>b::before,.case>summary>b::before{content:"";display:inline-block;flex:none;width:.82em;height:.82em;margin-right:.4em;vertical-align:-.06em;background:currentColor;mask:var(--m) center/contain no-repeat}
@media (forced-colors:active){.v::before,.matrix a::before,.groups p:not([class])::before,.groups p>b::before,.groups>details>summary>b::before,.case>summary>b::before{forced-color-adjust:none;background:CanvasText}}
`
