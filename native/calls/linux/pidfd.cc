// Processes by descriptor, and what a process can be told about its end and its children's.
#include <signal.h>
#include <sys/prctl.h>
#include <sys/syscall.h>
#include <sys/wait.h>
#include <unistd.h>

#include "calls/linux/named.h"
#include "calls/linux/signal_info.h"
#include "calls/linux/table.h"

namespace ipcmark {

namespace {

// glibc before 2.36 has no wrappers.
void open_process(answer& a, pid_t pid, unsigned flags) {
  a.timed([&] { return ::syscall(SYS_pidfd_open, pid, flags); });
}
void send_to_process(answer& a, int process, int number) {
  a.timed([&] { return ::syscall(SYS_pidfd_send_signal, process, number, nullptr, 0u); });
}
void take_descriptor(answer& a, int process, int descriptor, unsigned flags) {
  a.timed([&] { return ::syscall(SYS_pidfd_getfd, process, descriptor, flags); });
}

// The answer's signal is what SIGCHLD would have told. None when WNOHANG found nothing.
void wait_for_id(answer& a, int kind, id_t id, int options) {
  siginfo_t info{};
  a.timed([&] { return ::waitid(static_cast<idtype_t>(kind), id, &info, options); });
  if (a.ok() && info.si_pid != 0) a.out.add("child", to_node(info_of(info)));
}

void process_control(answer& a, int option, std::optional<unsigned long> argument) {
  int signal = 0;
  if (option == PR_GET_PDEATHSIG) {
    a.timed([&] { return ::prctl(option, &signal); });
    if (a.ok()) a.out.add("signal", signal == 0 ? node() : node(value_name("SIG", signal)));
    return;
  }
  a.timed([&] { return ::prctl(option, argument.value_or(0), 0ul, 0ul, 0ul); });
}

constexpr call calls[] = {
    shaped<open_process>("pidfd_open", "pid flags"),
    shaped<send_to_process>("pidfd_send_signal", "process signal"),
    shaped<take_descriptor>("pidfd_getfd", "process descriptor flags"),
    shaped<wait_for_id>("waitid", "kind id options"),
    shaped<process_control>("prctl", "option [argument]"),
};

// glibc before 2.36 has no name for P_PIDFD.
constexpr constant known[] = {
    NAMED(P_ALL),    NAMED(P_PID),   NAMED(P_PGID),           {"P_PIDFD", 3},          NAMED(WEXITED),
    NAMED(WSTOPPED), NAMED(WNOWAIT), NAMED(PR_SET_PDEATHSIG), NAMED(PR_GET_PDEATHSIG), NAMED(PR_SET_DUMPABLE),
};

}  // namespace

call_group pidfd_calls() { return calls; }
constant_group pidfd_constants() { return known; }

}  // namespace ipcmark
