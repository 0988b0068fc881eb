// Which of several sockets have something to read, and whether one has, by WSAPoll. POLLIN would ask for
// urgent data too.
#pragma once

#include "os/windows.h"

#include <cstddef>
#include <cstdint>
#include <vector>

#include "transports/transport.h"

namespace ipcmark {

inline WSAPOLLFD readable_socket(int64_t socket) { return {static_cast<SOCKET>(socket), POLLRDNORM, 0}; }

// False when the time has passed, or the handle is no socket.
inline bool readable_within(int64_t socket, int milliseconds) {
  WSAPOLLFD asked = readable_socket(socket);
  return ::WSAPoll(&asked, 1, milliseconds) > 0 && (asked.revents & POLLRDNORM) != 0;
}

class ready_set {
 public:
  // It is called by its place among those that were added.
  bool add(int64_t socket) {
    sockets_.push_back(readable_socket(socket));
    return true;
  }
  // Until one is ready at least.
  bool wait(std::vector<size_t>& ready) {
    ready.clear();
    const int count = ::WSAPoll(sockets_.data(), static_cast<ULONG>(sockets_.size()), -1);
    system_calls++;
    if (count == SOCKET_ERROR) {
      failure = {.call = "WSAPoll", .code = static_cast<uint32_t>(::WSAGetLastError())};
      return false;
    }
    for (size_t i = 0; i < sockets_.size(); i++) {
      if (sockets_[i].revents != 0) ready.push_back(i);
    }
    return true;
  }

  transfer_failure failure;
  uint64_t system_calls = 0;

 private:
  std::vector<WSAPOLLFD> sockets_;
};

}  // namespace ipcmark
