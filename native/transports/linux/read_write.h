// read(2) and write(2) on pipes and FIFOs; recv(2) and send(2) on sockets, to which the kernel gets sooner by
// them: of the round trip of a datagram they save a twentieth.
#pragma once

#include <sys/socket.h>

#include "transports/linux/descriptor.h"

namespace ipcmark {

// The type of a socket; -1 of what is none.
inline int socket_type(int64_t descriptor) {
  int type = -1;
  socklen_t size = sizeof type;
  return ::getsockopt(static_cast<int>(descriptor), SOL_SOCKET, SO_TYPE, &type, &size) == 0 ? type : -1;
}

class read_write {
 public:
  explicit read_write(const link_spec& link)
      : is_socket_(socket_type(link.to == no_handle ? link.from : link.to) != -1) {}

  ssize_t send(int to, const char* data, size_t length) const {
    return is_socket_ ? ::send(to, data, length, 0) : ::write(to, data, length);
  }
  ssize_t recv(int from, char* data, size_t length) const {
    return is_socket_ ? ::recv(from, data, length, 0) : ::read(from, data, length);
  }
  const char* sends() const { return is_socket_ ? "send" : "write"; }
  const char* receives() const { return is_socket_ ? "recv" : "read"; }

  static constexpr int tells_of_loss = 0;

 private:
  bool is_socket_;
};

}  // namespace ipcmark
