// Waiting for signals: by a call that takes one, by a call that a handler ends, or through a descriptor.
#include <signal.h>
#include <sys/signalfd.h>
#include <unistd.h>

#include "calls/linux/deadline.h"
#include "calls/linux/named.h"
#include "calls/linux/signal_info.h"
#include "calls/linux/table.h"

namespace ipcmark {

namespace {

void keep(answer& a, const siginfo_t& info) {
  if (a.ok()) a.out.add("signal", to_node(info_of(info)));
}

void take(answer& a, sigset_t set) {
  siginfo_t info{};
  a.timed([&] { return ::sigwaitinfo(&set, &info); });
  keep(a, info);
}

void take_in_time(answer& a, sigset_t set, int milliseconds) {
  const timespec patience = duration(milliseconds);
  siginfo_t info{};
  a.timed([&] { return ::sigtimedwait(&set, &info, &patience); });
  keep(a, info);
}

// --------------------------------------------------------------------------------------------- signalfd(2)

void make_descriptor(answer& a, int descriptor, sigset_t set, int flags) {
  a.timed([&] { return ::signalfd(descriptor, &set, flags); });
}

void read_descriptor(answer& a, int descriptor) {
  signalfd_siginfo info{};
  const ssize_t got = a.timed([&] { return ::read(descriptor, &info, sizeof info); });
  if (got == sizeof info) a.out.add("signal", to_node(info_of(info)));
}

// ------------------------------------------------------------------------------------ signals to and fro

volatile sig_atomic_t arrived = 0;
void count_arrival(int) { arrived = arrived + 1; }

bool is_blocked(int number) {
  sigset_t mask;
  return ::sigprocmask(SIG_BLOCK, nullptr, &mask) == 0 && sigismember(&mask, number) == 1;
}

// Waits for one signal and answers it with another, so many times; who begins sends first. Each signal comes
// exactly once: one that was lost would be waited for without end, and one too many is counted.
void ping_pong(answer& a, pid_t partner, int sent, int awaited, int rounds, bool begins) {
  if (!is_blocked(awaited)) return a.refuse("signal-ping-pong: block what is awaited, or the first is lost");
  struct sigaction action {};
  action.sa_handler = count_arrival;
  sigset_t while_waiting;
  ::sigprocmask(SIG_BLOCK, nullptr, &while_waiting);
  sigdelset(&while_waiting, awaited);
  int seen = 0;
  arrived = 0;
  a.timed([&] {
    if (::sigaction(awaited, &action, nullptr) == -1) return -1;
    if (begins && ::kill(partner, sent) == -1) return -1;
    while (seen < rounds) {
      while (arrived <= seen) ::sigsuspend(&while_waiting);
      seen++;
      if ((!begins || seen < rounds) && ::kill(partner, sent) == -1) return -1;
    }
    return seen;
  });
  a.out.add("arrived", static_cast<int>(arrived));
}

constexpr call calls[] = {
    shaped<take>("sigwaitinfo", "[signal…]"),
    shaped<take_in_time>("sigtimedwait", "[signal…] milliseconds"),
    plain<::pause>("pause", ""),
    shaped<make_descriptor>("signalfd", "descriptor [signal…] flags"),
    shaped<read_descriptor>("read-signalfd", "descriptor"),
    shaped<ping_pong>("signal-ping-pong", "partner sent awaited rounds begins"),
};

constexpr constant known[] = {NAMED(SFD_NONBLOCK), NAMED(SFD_CLOEXEC)};

}  // namespace

call_group signal_wait_calls() { return calls; }
constant_group signal_wait_constants() { return known; }

}  // namespace ipcmark
