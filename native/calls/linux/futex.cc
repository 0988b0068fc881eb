// The futex: waiting for a 32-bit word in memory to change, and waking who waits. Each call is futex(2) with
// one operation; its `flags` are 0 or FUTEX_PRIVATE_FLAG.
#include <linux/futex.h>
#include <sys/syscall.h>
#include <unistd.h>

#include "calls/linux/deadline.h"
#include "calls/linux/named.h"
#include "calls/linux/table.h"

namespace ipcmark {

namespace {

// What futex(2) takes; each operation understands some of it.
struct request {
  int operation;
  uint32_t value = 0;
  std::optional<int> milliseconds = {};
};

// FUTEX_WAIT is told how long to wait, FUTEX_LOCK_PI until when.
timespec time_for(int operation, int milliseconds) {
  return operation == FUTEX_WAIT ? duration(milliseconds) : deadline_in(milliseconds);
}

void ask(answer& a, void* word, int flags, const request& r) {
  a.timed([&] {
    const timespec time = time_for(r.operation, r.milliseconds.value_or(0));
    const timespec* given = r.milliseconds ? &time : nullptr;
    return ::syscall(SYS_futex, word, r.operation | flags, r.value, given, nullptr, 0);
  });
}

void wait_while_equal(answer& a, void* word, uint32_t expected, std::optional<int> flags,
                      std::optional<int> milliseconds) {
  ask(a, word, flags.value_or(0), {FUTEX_WAIT, expected, milliseconds});
}

void wake(answer& a, void* word, uint32_t most, std::optional<int> flags) {
  ask(a, word, flags.value_or(0), {FUTEX_WAKE, most});
}

void lock_inheriting(answer& a, void* word, std::optional<int> flags, std::optional<int> milliseconds) {
  ask(a, word, flags.value_or(0), {FUTEX_LOCK_PI, 0, milliseconds});
}

template <int Operation>
void on_owner(answer& a, void* word, std::optional<int> flags) {
  ask(a, word, flags.value_or(0), {Operation});
}

// Has the kernel know one lock that this process may hold when it dies. The list is laid out at an address of
// the caller's choice: its head, and after it the one entry, which stands for the lock word.
void set_robust_list(answer& a, void* at, void* lock) {
  auto* const head = static_cast<robust_list_head*>(at);
  auto* const entry = reinterpret_cast<robust_list*>(head + 1);
  head->list.next = entry;
  entry->next = &head->list;
  head->futex_offset = reinterpret_cast<intptr_t>(lock) - reinterpret_cast<intptr_t>(entry);
  head->list_op_pending = nullptr;
  a.timed([&] { return ::syscall(SYS_set_robust_list, head, sizeof *head); });
}

constexpr call calls[] = {
    shaped<wait_while_equal>("futex-wait", "word expected [flags] [milliseconds]"),
    shaped<wake>("futex-wake", "word most [flags]"),
    shaped<lock_inheriting>("futex-lock-pi", "word [flags] [milliseconds]"),
    shaped<on_owner<FUTEX_TRYLOCK_PI>>("futex-trylock-pi", "word [flags]"),
    shaped<on_owner<FUTEX_UNLOCK_PI>>("futex-unlock-pi", "word [flags]"),
    shaped<set_robust_list>("set_robust_list", "list-address lock-word"),
};

constexpr constant names[] = {
    NAMED(FUTEX_PRIVATE_FLAG),
    NAMED(FUTEX_OWNER_DIED),
    NAMED(FUTEX_WAITERS),
    NAMED(FUTEX_TID_MASK),
};

}  // namespace

call_group futex_calls() { return calls; }
constant_group futex_constants() { return names; }

}  // namespace ipcmark
