// read(2) and write(2) on a descriptor: pipes, FIFOs and stream sockets. SIGPIPE is ignored while the
// transport lives, so that a loop whose reader dies says EPIPE, with the count it had reached, instead of
// dying too.
#pragma once

#include <signal.h>
#include <unistd.h>

#include <cerrno>

#include "transports/transport.h"

namespace ipcmark {

class fd_transport {
 public:
  explicit fd_transport(const link_spec& link)
      : to_(static_cast<int>(link.to)), from_(static_cast<int>(link.from)) {
    struct sigaction ignored {};
    ignored.sa_handler = SIG_IGN;
    ::sigaction(SIGPIPE, &ignored, &before_);
  }
  fd_transport(const fd_transport&) = delete;
  fd_transport& operator=(const fd_transport&) = delete;
  ~fd_transport() { ::sigaction(SIGPIPE, &before_, nullptr); }

  bool send(const char* data, size_t length) {
    for (;;) {
      const ssize_t n = ::write(to_, data, length);
      system_calls++;
      if (n == static_cast<ssize_t>(length)) [[likely]]
        return true;
      if (n < 0) return failure = {.call = "write", .code = static_cast<uint32_t>(errno)}, false;
      data += n;
      length -= static_cast<size_t>(n);
    }
  }
  bool recv(char* data, size_t length) {
    for (;;) {
      const ssize_t n = ::read(from_, data, length);
      system_calls++;
      if (n == static_cast<ssize_t>(length)) [[likely]]
        return true;
      if (n < 0) return failure = {.call = "read", .code = static_cast<uint32_t>(errno)}, false;
      if (n == 0) return failure = {.call = "read", .end_of_file = true}, false;
      data += n;
      length -= static_cast<size_t>(n);
    }
  }

  transfer_failure failure;
  uint64_t system_calls = 0;

 private:
  int to_;
  int from_;
  struct sigaction before_;
};

}  // namespace ipcmark
