/**
 * A file that a process of each system has open: what the locks of one say to the other. No standard speaks of it, so it is
 * noted and not judged.
 */

import type { Outcome } from '../../../harness/model.ts'
import type { Stage } from '../../../harness/pair/stage.ts'
import type { Pair } from './sides.ts'

/** Wine shows the whole file system of Linux as a drive. */
const seenFromWine = (path: string): string => `Z:${path.replaceAll('/', '\\')}`

const locked = [0, 4] as const
const said = ({ error }: Outcome): string => error ?? 'granted'

/** Notes what a lock of each says to the other; what is answered notes what is left of it when the one on Windows died. */
export async function noteLocks(stage: Stage, { linux, windows }: Pair): Promise<() => Promise<void>> {
  const path = stage.names.path('shared')
  const file = await linux.must('open', path, 'O_RDWR|O_CREAT', 0o600)
  await linux.must('write', file, 'shared')
  const sharing = 'FILE_SHARE_READ|FILE_SHARE_WRITE'
  const opened = await windows.call(
    'CreateFile',
    seenFromWine(path),
    'GENERIC_READ|GENERIC_WRITE',
    sharing,
    'OPEN_EXISTING',
    0,
  )
  stage.note('shared-file', said(opened))
  if (opened.error !== undefined) return () => Promise.resolve()

  const onLinux = (type: 'F_WRLCK' | 'F_UNLCK') => linux.call('fcntl-lock', file, 'F_SETLK', type, ...locked)
  const flags = 'LOCKFILE_EXCLUSIVE_LOCK|LOCKFILE_FAIL_IMMEDIATELY'
  const onWindows = () => windows.call('LockFileEx', opened.ret, flags, ...locked)
  await onLinux('F_WRLCK')
  stage.note('LockFileEx-while-linux-has-locked', said(await onWindows()))
  stage.note('ReadFile-while-linux-has-locked', said(await windows.call('ReadFile', opened.ret, 4)))
  await onLinux('F_UNLCK')
  stage.note('LockFileEx-while-nobody-has', said(await onWindows()))
  stage.note('fcntl-lock-while-windows-has-locked', said(await onLinux('F_WRLCK')))
  stage.note('pread-while-windows-has-locked', said(await linux.call('pread', file, 4, 0)))
  return async () => stage.note('fcntl-lock-once-windows-has-died', said(await onLinux('F_WRLCK')))
}
