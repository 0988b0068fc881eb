#include "agent/linux/exit_event.h"

#include <sys/wait.h>
#include <unistd.h>

#include <cstdio>
#include <cstdlib>
#include <cstring>

#include "core/answer.h"
#include "core/constant.h"
#include "os/proc.h"

namespace ipcmark {

namespace {

node usage_node(const rusage& u) {
  const auto ns = [](const timeval& t) { return t.tv_sec * 1'000'000'000LL + t.tv_usec * 1000LL; };
  return node::object()
      .add("userNs", ns(u.ru_utime))
      .add("systemNs", ns(u.ru_stime))
      .add("voluntarySwitches", u.ru_nvcsw)
      .add("involuntarySwitches", u.ru_nivcsw)
      .add("minorFaults", u.ru_minflt)
      .add("maxRssKib", u.ru_maxrss);
}

node event_of(std::string_view peer) { return node::object().add("event", "exit").add("peer", peer); }

std::string line_of(const node& event) {
  std::string line;
  event.write_json(line);
  return line;
}

long field_of_status(const std::string& status, const char* name) {
  const size_t at = status.find(name);
  return at == std::string::npos ? 0 : std::strtol(status.c_str() + at + std::strlen(name), nullptr, 10);
}

}  // namespace

std::string exit_event(std::string_view peer, int status, const rusage& usage) {
  node event = event_of(peer);
  if (WIFSIGNALED(status)) {
    event.add("signal", value_name("SIG", WTERMSIG(status)));
  } else {
    event.add("code", WEXITSTATUS(status));
  }
  event.add("usage", usage_node(usage));
  return line_of(event);
}

std::string exit_event_unseen(std::string_view peer) { return line_of(event_of(peer)); }

std::optional<forked_exit> look_at_zombie(pid_t pid) {
  const std::string folder = "/proc/" + std::to_string(pid);
  const std::string stat = read_proc(folder + "/stat");
  const size_t name_end = stat.rfind(')');  // the name may hold anything, blanks and brackets included
  if (name_end == std::string::npos) return std::nullopt;
  forked_exit how{};
  char state = 0;
  unsigned long faults = 0, user = 0, system = 0;
  // proc_pid_stat(5): state, ppid, then minflt (10), utime (14), stime (15), and at the very end exit_code
  // (52).
  if (std::sscanf(stat.c_str() + name_end + 1, " %c %d %*d %*d %*d %*d %*u %lu %*u %*u %*u %lu %lu", &state,
                  &how.parent, &faults, &user, &system) != 5 ||
      state != 'Z') {
    return std::nullopt;
  }
  how.status = std::atoi(stat.c_str() + stat.find_last_of(' ') + 1);
  const long tick_us = 1'000'000 / ::sysconf(_SC_CLK_TCK);
  const auto time = [&](unsigned long ticks) {
    const long us = static_cast<long>(ticks) * tick_us;
    return timeval{us / 1'000'000, us % 1'000'000};
  };
  how.usage.ru_minflt = static_cast<long>(faults);
  how.usage.ru_utime = time(user);
  how.usage.ru_stime = time(system);
  const std::string status = read_proc(folder + "/status");
  how.usage.ru_nvcsw = field_of_status(status, "\nvoluntary_ctxt_switches:");
  how.usage.ru_nivcsw = field_of_status(status, "\nnonvoluntary_ctxt_switches:");
  return how;
}

}  // namespace ipcmark
