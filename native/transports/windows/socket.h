// A socket of Winsock, and how a side waits for it: in its call, by trying, or by WSAPoll, which stands in
// the place of epoll.
#pragma once

#include "os/socket_headers.h"
#include "transports/transport.h"
#include "transports/windows/patience.h"

namespace ipcmark {

class socket_waits {
 public:
  socket_waits(int64_t handle, SHORT events, waiting how)
      : socket_(static_cast<SOCKET>(handle)), events_(events), how_(how) {
    if (how != waiting::block && handle != no_handle) set_nonblocking(1);
  }
  socket_waits(const socket_waits&) = delete;
  socket_waits& operator=(const socket_waits&) = delete;
  ~socket_waits() {
    if (how_ != waiting::block && socket_ != static_cast<SOCKET>(no_handle)) set_nonblocking(0);
  }

  // A loop around WSAPoll receives when it is told that there is something, and not before.
  void before_receiving(uint64_t& system_calls) {
    if (how_ == waiting::epoll) [[unlikely]]
      poll(system_calls);
  }
  // After a call that failed, the `tries`th in a row: true when it only would have had to wait.
  bool again(unsigned& tries, uint64_t& system_calls) {
    if (how_ == waiting::block || WSAGetLastError() != WSAEWOULDBLOCK) return false;
    if (how_ == waiting::epoll || may_block(how_, ++tries)) {
      poll(system_calls);
      tries = 0;
    } else {
      give_way(how_, system_calls);
    }
    return true;
  }

 private:
  void set_nonblocking(u_long on) { ::ioctlsocket(socket_, static_cast<long>(FIONBIO), &on); }
  void poll(uint64_t& system_calls) {
    WSAPOLLFD asked{socket_, events_, 0};
    system_calls++;
    WSAPoll(&asked, 1, -1);
  }

  SOCKET socket_;
  SHORT events_;
  waiting how_;
};

// What every transport over a socket has.
class socket_link {
 public:
  explicit socket_link(const link_spec& link)
      : to_(static_cast<SOCKET>(link.to)),
        from_(static_cast<SOCKET>(link.from)),
        output_(link.to, POLLWRNORM, link.options.wait),
        input_(link.from, POLLRDNORM, link.options.wait) {}

  transfer_failure failure;
  uint64_t system_calls = 0;

 protected:
  // As many bytes as are there, at most so many; 0 with `failure` set where none come.
  size_t receive_some(char* data, size_t most) {
    for (unsigned tries = 0;;) {
      input_.before_receiving(system_calls);
      const int n = ::recv(from_, data, static_cast<int>(most), 0);
      system_calls++;
      if (n > 0) return static_cast<size_t>(n);
      if (n == SOCKET_ERROR && input_.again(tries, system_calls)) continue;
      failure = {.call = "recv", .end_of_file = n == 0};
      if (n != 0) failure.code = static_cast<uint32_t>(WSAGetLastError());
      return 0;
    }
  }
  bool failed(const char* call) {
    failure = {.call = call, .code = static_cast<uint32_t>(WSAGetLastError())};
    return false;
  }

  SOCKET to_;
  SOCKET from_;
  socket_waits output_;
  socket_waits input_;
};

}  // namespace ipcmark
