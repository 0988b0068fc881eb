/** What the page holds packed, and its script unpacks: any value as JSON, deflated, in letters. */

import { deflateRawSync } from 'node:zlib'
import { type Html, trusted } from './escape.ts'

/** The letters of base64 need no escaping. The name is that by which the script finds it. */
export const deflated = (name: 'packed' | 'packed-rows', value: unknown): Html =>
  trusted(`<template id=${name}>${deflateRawSync(JSON.stringify(value), { level: 9 }).toString('base64')}</template>`)
