// The headers that addresses of the Internet need, and what this system calls an interface in one: by number.
#pragma once

#include "os/windows.h"
// Winsock 2 stands before it.
#include <ws2tcpip.h>

#include <charconv>
#include <string>

namespace ipcmark {

// 0 when it is no number.
inline unsigned interface_number(const std::string& name) {
  unsigned number = 0;
  std::from_chars(name.data(), name.data() + name.size(), number);
  return number;
}

inline std::string interface_name(unsigned number) { return std::to_string(number); }

}  // namespace ipcmark
