/* futex(2): a word for each direction, which is set when it is rung and cleared by the one that waits. */
#include "reference/loop.h"

#include <linux/futex.h>
#include <stdatomic.h>
#include <sys/syscall.h>

static inline void wake(long other) {
  atomic_uint* const word = (atomic_uint*)other;
  atomic_store(word, 1);
  if (syscall(SYS_futex, word, FUTEX_WAKE, 1, NULL, NULL, 0) < 0) fail("futex");
}

static inline void await(long own) {
  atomic_uint* const word = (atomic_uint*)own;
  while (atomic_exchange(word, 0) == 0) syscall(SYS_futex, word, FUTEX_WAIT, 0, NULL, NULL, 0);
}

#include "reference/by_hand/handoff.h"

const struct by_hand_loops futex_loops = {initiate, respond, NULL, NULL};
