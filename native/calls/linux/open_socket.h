// A socket that is closed when it is forgotten: for probes, which ask something and leave nothing behind.
#pragma once

#include <sys/socket.h>
#include <unistd.h>

#include <cerrno>

namespace ipcmark {

class open_socket {
 public:
  open_socket(int domain, int type) : descriptor_(::socket(domain, type | SOCK_CLOEXEC, 0)) {}
  open_socket(const open_socket&) = delete;
  open_socket& operator=(const open_socket&) = delete;
  ~open_socket() {
    const int why = errno;  // of the call that ended the probe
    if (descriptor_ != -1) ::close(descriptor_);
    errno = why;
  }
  operator int() const { return descriptor_; }

 private:
  int descriptor_;
};

}  // namespace ipcmark
