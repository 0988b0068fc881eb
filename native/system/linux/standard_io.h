// Standard input and output, one system call at a time.
#pragma once

#include <fcntl.h>
#include <unistd.h>

#include <cstdint>
#include <string>
#include <string_view>

namespace ipcmark {

// Empty at the end; false on an error.
inline bool read_standard_input(std::string& into, size_t most) {
  into.resize(most);
  const ssize_t got = ::read(STDIN_FILENO, into.data(), most);
  into.resize(got > 0 ? static_cast<size_t>(got) : 0);
  return got >= 0;
}

inline bool write_standard_output(std::string_view from) {
  while (!from.empty()) {
    const ssize_t sent = ::write(STDOUT_FILENO, from.data(), from.size());
    if (sent <= 0) return false;
    from.remove_prefix(static_cast<size_t>(sent));
  }
  return true;
}

inline bool handle_is_open(int64_t number) { return ::fcntl(static_cast<int>(number), F_GETFD) != -1; }

}  // namespace ipcmark
