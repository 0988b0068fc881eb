/**
 * What is wrong with a record on disk. The message is one or two sentences: what is wrong, and what to do about it. It
 * can be shown to the user as it stands; everything else that is thrown is a mistake in the harness.
 */

import { shorten } from '../../reports/view/visible.ts'

export class RecordError extends Error {
  readonly file: string
  constructor(file: string, message: string, cause?: unknown) {
    super(message, { cause })
    this.name = 'RecordError'
    this.file = file
  }
}

const remedies: Readonly<Record<string, string>> = {
  ENOSPC: 'the disk is full. Free some space or choose another results folder',
  EDQUOT: 'your disk quota is used up. Free some space or choose another results folder',
  EFBIG: 'the file would grow beyond the size that is allowed here. Raise the limit (ulimit -f) and run again',
  EROFS: 'the file system is read-only. Choose a results folder that may be written',
  EACCES: 'permission is denied. Change the permissions or choose another results folder',
  EPERM: 'permission is denied. Change the permissions or choose another results folder',
  ENOENT: 'it does not exist. Check the path',
  ENOTDIR: 'a part of the path is a file, not a folder. Check the path',
  EISDIR: 'it is a folder. Name the file inside it',
  EEXIST: 'it exists already, and a record is never overwritten. Remove it or run again under another name',
  ENAMETOOLONG: 'the path is too long. Choose a shorter results folder',
  EMFILE: 'too many files are open. Raise the limit (ulimit -n) and run again',
  ELOOP: 'its symbolic links go round in a circle. Check the path',
  EIO: 'the disk reports an error. Choose a results folder on another disk',
}

/** What the same codes mean for a folder that was to be made. */
const folderRemedies: Readonly<Record<string, string>> = {
  EEXIST: 'a part of the path is a file, not a folder. Check the path',
  ENOENT: 'the system lets nobody make a folder there. Choose another results folder',
}

export const folderError = (folder: string, cause: unknown): RecordError =>
  diskError(folder, `make the folder ${folder}`, cause, { ...remedies, ...folderRemedies })

/** What they mean for what was to be read: no other folder would help. */
const readRemedies: Readonly<Record<string, string>> = {
  EACCES: 'permission is denied. Change the permissions',
  EPERM: 'permission is denied. Change the permissions',
  ENAMETOOLONG: 'the path is too long. Check the path',
  EIO: 'the disk reports an error. Take a copy of it from elsewhere',
}

/** `trying` reads like "read", or "look into". */
export const readError = (file: string, trying: string, cause: unknown): RecordError =>
  diskError(file, `${trying} ${shorten(file, longestPath)}`, cause, { ...remedies, ...readRemedies })

const longestPath = 300

/** `trying` reads like "write ipcmark-results/x/results.jsonl". */
export function diskError(file: string, trying: string, cause: unknown, known = remedies): RecordError {
  const code = (cause as NodeJS.ErrnoException).code ?? 'unknown error'
  const reason = known[code] ?? 'the system refused'
  return new RecordError(file, `Cannot ${trying} (${code}): ${reason}.`, cause)
}
