// What a signal tells of itself, however it came: to a handler, to a call that waits for it, or through a
// descriptor.
#pragma once

#include <signal.h>
#include <sys/signalfd.h>
#include <sys/types.h>

#include <cstdint>

#include "core/answer.h"
#include "core/call.h"

namespace ipcmark {

// A set of signals is written as a list of them.
template <>
struct from_value<sigset_t> {
  static bool convert(const value& v, sigset_t& to, std::string& why) {
    std::vector<int> numbers;
    if (!from_value<std::vector<int>>::convert(v, numbers, why)) return false;
    sigemptyset(&to);
    for (const int n : numbers) {
      if (sigaddset(&to, n) == -1) return why = "there is no signal " + std::to_string(n), false;
    }
    return true;
  }
};

struct signal_info {
  int number = 0;
  int code = 0;
  pid_t pid = 0;
  uid_t uid = 0;
  int64_t value = 0;  // as the pointer that it may be
  int status = 0;
  int descriptor = -1;
  uint32_t band = 0;
};

// Safe in a handler.
signal_info info_of(const siginfo_t& from);
signal_info info_of(const signalfd_siginfo& from);

// Names, and those numbers that the code says to be there.
node to_node(const signal_info& info);

}  // namespace ipcmark
