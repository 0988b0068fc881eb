// send and recv of Winsock.
#include "transports/windows/socket.h"

#include "transports/windows/table.h"

namespace ipcmark {

namespace {

class socket_transport : public socket_link {
 public:
  using socket_link::socket_link;

  bool send(const char* data, size_t length) {
    for (unsigned tries = 0;;) {
      const int n = ::send(to_, data, static_cast<int>(length), 0);
      system_calls++;
      if (n == static_cast<int>(length)) [[likely]]
        return true;
      if (n == SOCKET_ERROR) {
        if (output_.again(tries, system_calls)) continue;
        return failed("send");
      }
      data += n;
      length -= static_cast<size_t>(n);
    }
  }
  bool recv(char* data, size_t length) {
    while (length > 0) {
      const size_t n = receive_some(data, length);
      if (n == 0) return false;
      data += n;
      length -= n;
    }
    return true;
  }
};

}  // namespace

transport_loops socket_loops() { return loops_of<socket_transport>("socket"); }

}  // namespace ipcmark
