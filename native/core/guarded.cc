#include "core/guarded.h"

#include <thread>

#include "core/words.h"

namespace ipcmark {

namespace {

// Answers what the guarded call said; where the lock was not to be had, or could not be released, what that
// said.
void guarded(answer& a, words acquire, words call, words release) {
  a = made(acquire);
  if (!a.ok()) return;
  a = made(call);
  answer released = made(release);
  if (a.refused.empty() && !released.ok()) a = std::move(released);
}

// Every so many increments the others are let in between the load and the store, so that a lock which locks
// nobody out shows on one processor too.
constexpr int64_t between_invitations = 256;

void add_one(void* address, bool inviting) {
  auto* const word = static_cast<volatile uint32_t*>(address);
  const uint32_t seen = *word;
  if (inviting) std::this_thread::yield();
  *word = seen + 1;
}

// Adds one to the 32-bit word at an address so many times, by a load and a store, each under the lock. Ends
// with the first call that fails; what that said is the answer.
void guarded_increment(answer& a, uint32_t count, void* address, words acquire, words release) {
  int64_t times = 0, ns = 0;
  while (a.ok() && times < count) {
    answer acquired = made(acquire);
    ns += acquired.ns;
    if (!acquired.ok()) {
      a = std::move(acquired);
      break;
    }
    add_one(address, times++ % between_invitations == 0);
    a = made(release);
    ns += a.ns;
  }
  a.ns = ns;
  a.out.add("times", times);
}

constexpr call calls[] = {
    shaped<guarded>("guarded", "[acquire…] [call…] [release…]"),
    shaped<guarded_increment>("guarded-increment", "count address [acquire…] [release…]"),
};

}  // namespace

call_group guarded_calls() { return calls; }

}  // namespace ipcmark
