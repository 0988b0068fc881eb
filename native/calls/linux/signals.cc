// Sending signals, and taking them. A handler can only note that it ran; `noted-signals` tells, and forgets,
// what was noted.
#include <signal.h>
#include <sys/syscall.h>
#include <unistd.h>

#include "calls/linux/signal_info.h"
#include "calls/linux/table.h"

namespace ipcmark {

namespace {

constexpr int most_noted = 64;
volatile sig_atomic_t noted_count = 0;
signal_info notes[most_noted];

void note(int, siginfo_t* info, void*) {
  if (noted_count >= most_noted) return;
  notes[noted_count] = info_of(*info);
  noted_count = noted_count + 1;
}

// The handler is `SIG_DFL`, `SIG_IGN` or `note`, which nothing interrupts: signals are noted as they came.
void set_action(answer& a, int number, std::string handler, std::optional<int> flags) {
  struct sigaction action {};
  action.sa_flags = flags.value_or(0);
  if (handler == "note") {
    action.sa_sigaction = note;
    action.sa_flags |= SA_SIGINFO;
    sigfillset(&action.sa_mask);
  } else if (handler == "SIG_DFL" || handler == "SIG_IGN") {
    action.sa_handler = handler == "SIG_DFL" ? SIG_DFL : SIG_IGN;
  } else {
    return a.refuse("sigaction: a handler is SIG_DFL, SIG_IGN or note");
  }
  a.timed([&] { return ::sigaction(number, &action, nullptr); });
}

void noted_signals(answer& a) {
  node list = node::list();
  for (int i = 0; i < noted_count; i++) list.items.push_back(to_node(notes[i]));
  noted_count = 0;
  a.ret = static_cast<int64_t>(list.items.size());
  a.out.add("signals", std::move(list));
}

// How many signals had been noted by the time that the call came back.
void send(answer& a, pid_t pid, int number) {
  a.timed([&] { return ::kill(pid, number); });
  if (a.ok()) a.out.add("noted", static_cast<int>(noted_count));
}

void send_with_value(answer& a, pid_t pid, int number, int64_t payload) {
  sigval value{};
  value.sival_ptr = reinterpret_cast<void*>(static_cast<intptr_t>(payload));
  a.timed([&] { return ::sigqueue(pid, number, value); });
}

// glibc before 2.30 has no wrapper.
void send_to_thread(answer& a, pid_t pid, pid_t thread, int number) {
  a.timed([&] { return ::syscall(SYS_tgkill, pid, thread, number); });
}

node names_of(const sigset_t& set) {
  node list = node::list();
  for (int n = 1; n < NSIG; n++) {
    if (sigismember(&set, n) == 1) list.items.emplace_back(value_name("SIG", n));
  }
  return list;
}

void change_mask(answer& a, int how, sigset_t set) {
  sigset_t before;
  a.timed([&] { return ::sigprocmask(how, &set, &before); });
  if (a.ok()) a.out.add("before", names_of(before));
}

void pending_signals(answer& a) {
  sigset_t set;
  a.timed([&] { return ::sigpending(&set); });
  if (a.ok()) a.out.add("signals", names_of(set));
}

constexpr call calls[] = {
    shaped<set_action>("sigaction", "signal handler [flags]"),
    shaped<noted_signals>("noted-signals", ""),
    shaped<change_mask>("sigprocmask", "how [signal…]"),
    shaped<pending_signals>("sigpending", ""),
    shaped<send>("kill", "pid signal"),
    plain<::killpg>("killpg", "group signal"),
    shaped<send_with_value>("sigqueue", "pid signal value"),
    shaped<send_to_thread>("tgkill", "pid thread signal"),
    plain<::raise>("raise", "signal"),
    plain<::setpgid>("setpgid", "pid group"),
    plain<::getpgid>("getpgid", "pid"),
};

}  // namespace

call_group signal_calls() { return calls; }

}  // namespace ipcmark
