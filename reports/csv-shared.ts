/** The columns that several tables have: whose row it is, and on which machine that was. */

import type { Cell, Run, TargetInfo } from '../harness/model.ts'
import type { CsvColumn, CsvUnit } from './csv-text.ts'

export const column = <Row>(
  name: string,
  unit: CsvUnit,
  says: string,
  of: CsvColumn<Row>['of'],
  empty = '',
): CsvColumn<Row> => ({ name, unit, says, empty, of })

/** A run's header, and what it says of the target of the row. */
export interface Origin {
  readonly run: Run['header']
  readonly info: TargetInfo | undefined
}

const undescribed = 'The record does not describe the target.'

/** Figures of two machines, kernels or days differ in one of these, besides their run. */
export const originColumns = <Row>(originOf: (row: Row) => Origin): readonly CsvColumn<Row>[] => {
  const own = (
    name: string,
    unit: CsvUnit,
    says: string,
    of: (origin: Origin) => string | number | undefined,
    empty = '',
  ) => column<Row>(name, unit, says, (row) => of(originOf(row)), empty)
  return [
    own('run_started', 'time', 'when the run began, ISO 8601', ({ run }) => run.started),
    own('tool_version', 'text', 'the version of ipcmark', ({ run }) => run.tool.version),
    own('system', 'text', 'the system that the target says it is', ({ info }) => info?.system, undescribed),
    own('emulator', 'text', 'what imitates that system, such as Wine', ({ info }) => info?.emulator, 'Nothing does.'),
    own('cpu', 'text', 'the processor', ({ run }) => run.environment.cpu),
    own('kernel', 'text', 'the kernel of the machine', ({ run }) => run.environment.kernel),
    own('virtualisation', 'text', 'in what the machine runs itself', ({ run }) => run.environment.virtualisation),
  ]
}

/** In what a cell differs from the plain way of doing it. */
export const variantColumns = <Row>(cellOf: (row: Row) => Cell | undefined, also = ''): readonly CsvColumn<Row>[] => {
  const own = <Name extends keyof Cell>(name: string, unit: CsvUnit, says: string, field: Name, empty: string) =>
    column<Row>(name, unit, says, (row) => cellOf(row)?.[field], `${also}${empty}`)
  return [
    own('wait', 'text', 'what a side does that has to wait', 'wait', 'It blocks.'),
    own('wake', 'text', 'what wakes a side that blocks on shared memory', 'wake', 'Nothing of its own.'),
    own('transfer', 'text', 'copy, or loan: read where it lies', 'transfer', 'It is copied, or is no shared memory.'),
    own('method', 'text', 'how messages cross into the kernel', 'method', 'Each by a call of its own.'),
    own('shape', 'text', 'who is on either side of a fan', 'shape', 'It is no fan.'),
    own('peers', 'count', 'how many of the many there are in a fan', 'peers', 'It is no fan.'),
    own('rate_per_second', 'per second', 'messages that were asked for', 'rate', 'As fast as it goes.'),
    own(
      'buffer_bytes',
      'bytes',
      'the link’s buffer, each buffer of a socket, or the ring',
      'buffer',
      'As the system has it.',
    ),
    own('pages', 'text', 'how the memory of a ring was had', 'pages', 'Ordinary pages, touched beforehand.'),
    own('busy_poll_us', 'µs', 'for how long a receive looked at the device itself', 'busyPollUs', 'It did not.'),
  ]
}
