// Signals. A handler can only note that it ran; `noted-signals` tells, and forgets, what was noted.
#include <signal.h>
#include <unistd.h>

#include "calls/linux/table.h"

namespace ipcmark {

namespace {

struct noted {
  int number;
  int code;
  pid_t pid;
};
constexpr int most_noted = 64;
volatile sig_atomic_t noted_count = 0;
noted notes[most_noted];

void note(int number, siginfo_t* info, void*) {
  if (noted_count >= most_noted) return;
  notes[noted_count] = {number, info->si_code, info->si_pid};
  noted_count = noted_count + 1;
}

// The handler is `SIG_DFL`, `SIG_IGN` or `note`.
void set_action(answer& a, int number, std::string handler, std::optional<int> flags) {
  struct sigaction action {};
  action.sa_flags = flags.value_or(0);
  if (handler == "note") {
    action.sa_sigaction = note;
    action.sa_flags |= SA_SIGINFO;
  } else if (handler == "SIG_DFL" || handler == "SIG_IGN") {
    action.sa_handler = handler == "SIG_DFL" ? SIG_DFL : SIG_IGN;
  } else {
    return a.refuse("sigaction: a handler is SIG_DFL, SIG_IGN or note");
  }
  a.timed([&] { return ::sigaction(number, &action, nullptr); });
}

void noted_signals(answer& a) {
  node list = node::list();
  for (int i = 0; i < noted_count; i++) {
    list.items.push_back(node::object()
                             .add("signal", value_name("SIG", notes[i].number))
                             .add("code", notes[i].code)
                             .add("pid", notes[i].pid));
  }
  noted_count = 0;
  a.ret = static_cast<int64_t>(list.items.size());
  a.out.add("signals", std::move(list));
}

void change_mask(answer& a, int how, std::vector<int> numbers) {
  sigset_t set;
  sigemptyset(&set);
  for (const int n : numbers) sigaddset(&set, n);
  a.timed([&] { return ::sigprocmask(how, &set, nullptr); });
}

node names_of(const sigset_t& set) {
  node list = node::list();
  for (int n = 1; n < NSIG; n++) {
    if (sigismember(&set, n) == 1) list.items.emplace_back(value_name("SIG", n));
  }
  return list;
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
    plain<::kill>("kill", "pid signal"),
    plain<::raise>("raise", "signal"),
    plain<::alarm>("alarm", "seconds"),
    plain<::pause>("pause", ""),
};

}  // namespace

call_group signal_calls() { return calls; }

}  // namespace ipcmark
