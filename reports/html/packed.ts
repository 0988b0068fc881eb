/**
 * The ladders of a page. Those of a large run would make megabytes that hardly anyone opens, so beyond a size the
 * ladders of cases that came out well are packed together, and the page's script unpacks and draws what is opened. What
 * went wrong, or is excused, is always drawn where it stands; so is everything in a small run.
 */

import { deflateRawSync } from 'node:zlib'
import type { CaseRecord } from '../../harness/model.ts'
import { type Html, html, nothing, trusted } from './escape.ts'
import { ladder } from './ladder.ts'

export interface Ladders {
  of(one: CaseRecord): Html
  /** What the script unpacks. Ask for it after the ladders: it holds those that were asked for. */
  packed(): Html
}

/** A page with fewer steps than these, in all of its ladders, holds them as they are. */
const steps = 8000

export function laddersOf(cases: readonly CaseRecord[]): Ladders {
  const small = cases.reduce((sum, { trace }) => sum + trace.length, 0) <= steps
  const put: string[] = []
  const later = (markup: string): Html => html`<p class=later data-at=${put.push(markup) - 1}></p>`
  return {
    of(one) {
      const drawn = ladder(one)
      return small || !isWell(one) || drawn.markup === '' ? drawn : later(drawn.markup)
    },
    packed: () => (put.length === 0 ? nothing : trusted(`<template id=packed>${pack(put)}</template>`)),
  }
}

const isWell = ({ verdict, standing }: CaseRecord): boolean =>
  standing === 'expected' && (verdict === 'pass' || verdict === 'observed' || verdict === 'unsupported')

const pack = (texts: readonly string[]): string => deflateRawSync(JSON.stringify(texts)).toString('base64')
