/** How large queues may be, and how many of them one user may have. */

import { expectOutcome, expectValue } from '../../../../harness/conformance/expect.ts'
import type { SpecificCase } from '../../../../harness/pair/stage.ts'
import { ownUser, tooFewUsers } from '../../../mechanisms/nobody.ts'
import { readNumber } from '../proc.ts'

/** What the limit counts of a queue: its messages, and for each what the kernel keeps beside it (mq_overview(7)). */
const kept = 2 * 48
const charged = (messages: number, bytes: number) => messages * (bytes + kept)

/** What getrlimit(2) calls the bytes that may be allocated for queues: Linux starts every process with so many. */
const allowance = 819_200

export const limits: readonly SpecificCase[] = [
  {
    id: 'mq.limits',
    mechanism: 'posix-mq',
    theme: 'limit',
    says: 'More than msg_max messages is EINVAL for who has no privilege; more bytes than RLIMIT_MSGQUEUE is EMFILE.',
    cites: ['mq_overview(7)', 'mq_open(3)', 'getrlimit(2)'],
    needs: [
      { capability: 'CAP_SETUID' },
      { sysctl: 'fs/mqueue/msg_max', exactly: 10 },
      { sysctl: 'fs/mqueue/msgsize_max', exactly: 8192 },
    ],
    async run({ start, names, note, unsupported }) {
      const owner = await start('owner')
      const [most, longest] = [10, 8192]
      const room = await owner.call('getrlimit', 'RLIMIT_MSGQUEUE')
      if (Number(room.out?.hard) < allowance) unsupported(`RLIMIT_MSGQUEUE is below ${allowance}; raise it`)
      await owner.must('setrlimit', 'RLIMIT_MSGQUEUE', allowance, allowance)
      const queuesMax = await readNumber(owner, '/proc/sys/fs/mqueue/queues_max')
      await owner.must('drop-capability', 'CAP_SYS_RESOURCE')
      // The allowance is the real user's, and that of a user that nobody else is has not been touched.
      const became = await owner.call('setresuid', ownUser(names), -1, -1)
      if (became.error) unsupported(tooFewUsers)

      const creating = (messages: number, bytes: number) =>
        owner.call('mq_open', names.posix('queue'), 'O_RDWR|O_CREAT|O_EXCL', 0o600, messages, bytes)
      expectOutcome(await creating(most + 1, longest), 'mq_open for one message too many').toFail('EINVAL')
      expectOutcome(await creating(most, longest + 1), 'mq_open for messages that are too long').toFail('EINVAL')
      expectOutcome(await creating(0, longest), 'mq_open for no messages').toFail('EINVAL')

      let made = 0
      let last = await creating(most, longest)
      for (; last.error === undefined && made < queuesMax; made++) last = await creating(most, longest)
      expectOutcome(last, 'mq_open beyond the limit').toFail('EMFILE')
      note('queues', made)
      expectValue(made, 'how many of the largest queues there were').toEqual(
        Math.floor(allowance / charged(most, longest)),
      )
    },
  },
]
