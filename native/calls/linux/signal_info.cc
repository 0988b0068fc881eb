#include "calls/linux/signal_info.h"

#include <list>
#include <span>
#include <string>

#include "calls/linux/named.h"
#include "calls/linux/table.h"

namespace ipcmark {

namespace {

constexpr constant sent_codes[] = {
    NAMED(SI_USER),  NAMED(SI_KERNEL),  NAMED(SI_QUEUE), NAMED(SI_TIMER),
    NAMED(SI_MESGQ), NAMED(SI_ASYNCIO), NAMED(SI_SIGIO), NAMED(SI_TKILL),
};
constexpr constant child_codes[] = {
    NAMED(CLD_EXITED),  NAMED(CLD_KILLED),  NAMED(CLD_DUMPED),
    NAMED(CLD_TRAPPED), NAMED(CLD_STOPPED), NAMED(CLD_CONTINUED),
};
constexpr constant readiness_codes[] = {
    NAMED(POLL_IN), NAMED(POLL_OUT), NAMED(POLL_MSG), NAMED(POLL_ERR), NAMED(POLL_PRI), NAMED(POLL_HUP),
};

// The same number means one thing for a child, another for a descriptor. A descriptor's signal may be any.
std::span<const constant> codes_of(const signal_info& info) {
  if (info.code <= 0 || info.code == SI_KERNEL) return sent_codes;
  if (info.number == SIGCHLD) return child_codes;
  if (info.number == SIGIO || info.number >= SIGRTMIN) return readiness_codes;
  return {};
}

node code_name(const signal_info& info) {
  for (const constant& c : codes_of(info)) {
    if (c.number == info.code) return c.name;
  }
  return info.code;
}

// `SIGRTMIN` is no constant: how many signals are real-time ones is found out when a program starts.
std::vector<constant> all_real_time() {
  static std::list<std::string> names;
  std::vector<constant> all{{"SIGRTMAX", SIGRTMAX}, {"SIGRTMIN", SIGRTMIN}};
  for (int n = SIGRTMIN + 1; n <= SIGRTMAX; n++)
    all.push_back({names.emplace_back("SIGRTMIN+" + std::to_string(n - SIGRTMIN)).c_str(), n});
  return all;
}

}  // namespace

signal_info info_of(const siginfo_t& from) {
  return {.number = from.si_signo,
          .code = from.si_code,
          .pid = from.si_pid,
          .uid = from.si_uid,
          .value = static_cast<int64_t>(reinterpret_cast<intptr_t>(from.si_value.sival_ptr)),
          .status = from.si_status,
          .descriptor = from.si_fd,
          .band = static_cast<uint32_t>(from.si_band)};
}

signal_info info_of(const signalfd_siginfo& from) {
  return {.number = static_cast<int>(from.ssi_signo),
          .code = from.ssi_code,
          .pid = static_cast<pid_t>(from.ssi_pid),
          .uid = from.ssi_uid,
          .value = static_cast<int64_t>(from.ssi_ptr),
          .status = from.ssi_status,
          .descriptor = from.ssi_fd,
          .band = from.ssi_band};
}

node to_node(const signal_info& info) {
  node shown = node::object();
  shown.add("signal", value_name("SIG", info.number)).add("code", code_name(info));
  const auto codes = codes_of(info);
  if (codes.data() == readiness_codes)
    return std::move(shown.add("descriptor", info.descriptor).add("events", flag_names("POLL", info.band)));
  if (info.code == SI_KERNEL || codes.empty()) return shown;
  shown.add("pid", info.pid).add("uid", info.uid);
  if (codes.data() == child_codes) {
    const bool code = info.code == CLD_EXITED;
    shown.add("status", code ? node(info.status) : node(value_name("SIG", info.status)));
  } else if (info.code == SI_QUEUE || info.code == SI_TIMER || info.code == SI_MESGQ) {
    shown.add("value", info.value);
  }
  return shown;
}

constant_group real_time_signals() {
  static const std::vector<constant> all = all_real_time();
  return all;
}

}  // namespace ipcmark
