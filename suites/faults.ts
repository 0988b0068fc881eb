/**
 * What can be wrong with a mechanism: the faults that the suite itself is tried with. Each is a set of broken calls in the
 * test build of the agent (native/faults/kinds.cc has the kinds), and every case must fail under at least one of them:
 * fault-catches.json says which, and the trial runs it.
 */

import type { Os } from '../harness/model.ts'

export interface Fault {
  readonly id: string
  readonly says: string
  /** `KIND:CALL[,CALL…][:DETAIL]`, as the agent's `--fault` takes it. */
  readonly specs: readonly string[]
}

const fault = (id: string, says: string, ...specs: string[]): Fault => ({ id, says, specs })

const linux: readonly Fault[] = [
  fault('sends-dropped', 'What is sent never arrives.', 'drop:write'),
  fault('later-sends-dropped', 'Only the first send arrives.', 'drop-later:write'),
  fault('sends-duplicated', 'What is sent arrives twice.', 'duplicate:write'),
  fault('sends-reordered', 'Two sends change places.', 'reorder:write'),
  fault('sends-merged', 'Two sends arrive as one.', 'merge:write'),
  fault('sends-split', 'One send arrives as two.', 'split:write'),
  fault('sends-truncated', 'Half of each send is lost.', 'truncate:write'),
  fault('sends-corrupted', 'The last byte of each send is changed.', 'corrupt:write'),
  fault('empty-sends-filled', 'A send of nothing sends something.', 'fill-empty:write'),
  fault('receives-cut', 'Half of what is received is lost.', 'lose-rest:read'),
  fault('rest-discarded', 'What does not fit the buffer is lost.', 'discard-rest:read'),
  fault('end-swallowed', 'The end of the stream is told as "nothing yet".', 'swallow-end:read:EAGAIN'),
  fault('end-told-once', 'The end of the stream is forgotten once told.', 'end-once:read'),
  fault('broken-pipe-renamed', 'A broken pipe is told as another error.', 'rename-error:write:EPIPE=EIO'),
  fault('would-block-renamed', '"Try again" is told as another error.', 'rename-error:*:EAGAIN=EIO'),
  fault('errors-renamed', 'Every error is told as EIO.', 'rename-error:*:any=EIO'),
  fault('errors-forgiven', 'Every failure is told as a success.', 'rename-error:*:any=0'),
  fault('receives-never-wait', 'A receive that should wait comes back at once.', 'fail:read:EAGAIN'),
  fault('sends-never-wait', 'A send that should wait comes back at once.', 'fail-later:write:EAGAIN'),
  fault('opens-never-wait', 'An open that should wait comes back at once.', 'force-flag:open:O_NONBLOCK'),
  fault('nonblock-ignored', 'O_NONBLOCK is ignored.', 'ignore-flag:fcntl,open,pipe2:O_NONBLOCK'),
  fault('cloexec-ignored', 'O_CLOEXEC is ignored.', 'ignore-flag:open,pipe2,socket:O_CLOEXEC', 'force-value:fcntl:0'),
  fault('direct-ignored', 'O_DIRECT is ignored.', 'ignore-flag:pipe2:O_DIRECT'),
  fault('ftruncate-renamed', 'ftruncate fails with another error.', 'fail:ftruncate:EIO'),
  fault('trunc-refused', 'An open with O_TRUNC fails.', 'refuse-flag:open:O_TRUNC'),
  fault('closes-ignored', 'A descriptor stays open after close.', 'drop:close'),
  fault(
    'hang-up-hidden',
    'poll does not tell that the other side has gone.',
    'forget-name:poll:POLLHUP',
    'forget-name:epoll_wait:EPOLLHUP',
  ),
  fault('hang-up-invented', 'poll tells that the other side has gone.', 'invent-name:poll:POLLHUP'),
  fault('poll-error-hidden', 'poll does not tell of an error.', 'forget-name:poll:POLLERR'),
  fault(
    'readiness-hidden',
    'poll does not tell that there is data.',
    'forget-name:poll:POLLIN',
    'fail-later:epoll_wait:EINTR',
  ),
  fault('readiness-invented', 'poll tells of room where there is none.', 'invent-name:poll:POLLOUT'),
  fault('poll-never-waits', 'poll comes back before its time.', 'force-value:poll:0'),
  fault('sigpipe-lost', 'SIGPIPE never comes.', 'lose-signal:*:SIGPIPE'),
  fault('sigusr1-lost', 'SIGUSR1 never comes.', 'lose-signal:*:SIGUSR1'),
  fault('restart-ignored', 'SA_RESTART is ignored.', 'ignore-flag:sigaction:SA_RESTART'),
  fault('restart-forced', 'Every interrupted call starts again.', 'force-flag:sigaction:SA_RESTART'),
  fault(
    'figures-wrong',
    'Limits and sizes are one too large.',
    'off-by-one:fcntl,fpathconf',
    'wrong-numbers:ioctl-FIONREAD,getsockopt',
  ),
  fault(
    'mode-ignored',
    'The mode of a new object is ignored.',
    'force-value:mkfifo,chmod:0o777',
    'wrong-numbers:stat,fstat',
  ),
  fault('unlink-ignored', 'A name stays after unlink.', 'drop:unlink'),
  fault('programs-not-started', 'A program that is started does nothing.', 'fail:spawn:ENOENT'),
  fault('receives-hang', 'A receive never comes back.', 'hang:read'),
  fault('sends-hang', 'A send never comes back.', 'hang-after:write'),
  fault('opens-hang', 'An open never comes back.', 'hang:open'),
  fault('receives-crash', 'A receive kills the process.', 'crash:read'),
  fault('sends-crash', 'A send kills the process.', 'crash:write'),
]

const windows: readonly Fault[] = [
  fault('sends-dropped', 'What is sent never arrives.', 'drop:WriteFile'),
  fault('later-sends-dropped', 'Only the first send arrives.', 'drop-later:WriteFile'),
  fault('sends-duplicated', 'What is sent arrives twice.', 'duplicate:WriteFile'),
  fault('sends-reordered', 'Two sends change places.', 'reorder:WriteFile'),
  fault('sends-merged', 'Two sends arrive as one.', 'merge:WriteFile'),
  fault('sends-split', 'One send arrives as two.', 'split:WriteFile'),
  fault('sends-truncated', 'Half of each send is lost.', 'truncate:WriteFile'),
  fault('sends-corrupted', 'The last byte of each send is changed.', 'corrupt:WriteFile'),
  fault('empty-sends-filled', 'A send of nothing sends something.', 'fill-empty:WriteFile'),
  fault('receives-cut', 'Half of what is received is lost.', 'lose-rest:ReadFile'),
  fault('rest-discarded', 'What does not fit the buffer is lost.', 'discard-rest:ReadFile'),
  fault('end-swallowed', 'The end of the pipe is told as "nothing yet".', 'swallow-end:ReadFile:ERROR_NO_DATA'),
  fault('end-told-once', 'The end of the pipe is forgotten once told.', 'end-once:ReadFile'),
  fault('errors-renamed', 'Every error is told as another.', 'rename-error:*:any=ERROR_GEN_FAILURE'),
  fault('errors-forgiven', 'Every failure is told as a success.', 'rename-error:*:any=0'),
  fault('receives-never-wait', 'A receive that should wait comes back at once.', 'fail:ReadFile:ERROR_NO_DATA'),
  fault('sends-never-wait', 'A send that should wait comes back at once.', 'fail-later:WriteFile:ERROR_NO_DATA'),
  fault('nowait-ignored', 'PIPE_NOWAIT is ignored.', 'ignore-flag:SetNamedPipeHandleState,CreateNamedPipe:PIPE_NOWAIT'),
  fault(
    'message-mode-ignored',
    'Message mode is ignored.',
    'ignore-flag:SetNamedPipeHandleState,CreateNamedPipe:PIPE_READMODE_MESSAGE',
  ),
  fault('closes-ignored', 'A handle stays open after it is closed.', 'drop:CloseHandle'),
  fault('peek-wrong', 'A peek tells of one byte more than there is.', 'wrong-numbers:PeekNamedPipe'),
  fault(
    'first-instance-ignored',
    'FILE_FLAG_FIRST_PIPE_INSTANCE is ignored.',
    'ignore-flag:CreateNamedPipe:FILE_FLAG_FIRST_PIPE_INSTANCE',
  ),
  fault('instances-doubled', 'Each CreateNamedPipe makes two instances.', 'duplicate:CreateNamedPipe'),
  fault('security-ignored', 'A security descriptor is ignored.', 'omit-optional:CreateNamedPipe'),
  fault('inheritance-ignored', 'No end of a pipe is inherited.', 'omit-optional:CreatePipe'),
  fault('inheritance-kept', 'What is taken from inheritance is inherited.', 'drop:SetHandleInformation'),
  fault('names-forgiven', 'A name that is none is taken.', 'rename-error:CreateNamedPipe:ERROR_INVALID_NAME=0'),
  fault(
    'absence-hidden',
    'A pipe that is not there is told to be busy.',
    'rename-error:*:ERROR_FILE_NOT_FOUND=ERROR_PIPE_BUSY',
  ),
  fault(
    'access-granted',
    'An open that is refused is told as a success.',
    'rename-error:CreateFile:ERROR_ACCESS_DENIED=0',
  ),
  fault('connects-never-wait', 'A server does not wait for its client.', 'fail:ConnectNamedPipe:ERROR_PIPE_CONNECTED'),
  fault(
    'connected-hidden',
    'That a client came first is not told.',
    'rename-error:ConnectNamedPipe:ERROR_PIPE_CONNECTED=0',
  ),
  fault(
    'listening-hidden',
    'That nobody has come yet is told as an end.',
    'rename-error:*:ERROR_PIPE_LISTENING=ERROR_BROKEN_PIPE',
  ),
  fault('waits-hang', 'A wait for an instance never ends.', 'hang:WaitNamedPipe'),
  fault('disconnects-ignored', 'A server that disconnects stays connected.', 'drop:DisconnectNamedPipe'),
  fault('flushes-ignored', 'A flush waits for nobody.', 'drop:FlushFileBuffers'),
  fault('requests-truncated', 'Half of each request is lost.', 'truncate:TransactNamedPipe'),
  fault('answers-cut', 'Half of each answer is lost.', 'lose-rest:TransactNamedPipe'),
  fault('cancels-ignored', 'What is cancelled goes on.', 'drop:CancelIoEx'),
  fault(
    'pids-wrong',
    'The processes at the ends of a pipe are told wrong.',
    'wrong-numbers:GetNamedPipeClientProcessId,GetNamedPipeServerProcessId',
  ),
  fault('counts-wrong', 'A send tells of one byte more than it took.', 'wrong-numbers:WriteFile'),
  fault(
    'figures-wrong',
    'Sizes and exit codes are told one too large.',
    'wrong-numbers:GetNamedPipeInfo,GetExitCodeProcess',
  ),
  fault('receives-hang', 'A receive never comes back.', 'hang:ReadFile'),
  fault('sends-hang', 'A send never comes back.', 'hang-after:WriteFile'),
  fault('receives-crash', 'A receive kills the process.', 'crash:ReadFile'),
  fault('sends-crash', 'A send kills the process.', 'crash:WriteFile'),
]

export const faults: Readonly<Record<Os, readonly Fault[]>> = { linux, windows }
