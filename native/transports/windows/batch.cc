// Several messages of a stream at a call: WSASend from several buffers, and a recv of as much as there is. A
// message waits to be sent until there are enough, or until no more follow; what was received is read where
// it lies.
#include <algorithm>
#include <cstring>
#include <vector>

#include "transports/inbox.h"
#include "transports/windows/socket.h"
#include "transports/windows/table.h"

namespace ipcmark {

namespace {

bool is_stream(int64_t handle) {
  int type = 0, size = sizeof type;
  return ::getsockopt(static_cast<SOCKET>(handle), SOL_SOCKET, SO_TYPE, reinterpret_cast<char*>(&type),
                      &size) == 0 &&
         type == SOCK_STREAM;
}

class batch_transport : public socket_link {
 public:
  explicit batch_transport(const link_spec& link)
      : socket_link(link),
        most_(messages_at_a_time(link.options.size)),
        inbox_(link.from == no_handle ? 0 : std::max<size_t>(link.options.size, 1), most_) {
    held_.reserve(most_);
    if (!is_stream(link.to == no_handle ? link.from : link.to))
      unsupported = "Winsock sends one datagram at a call, however many buffers it is in";
  }

  bool send(const char* data, size_t length) {
    held_.push_back({static_cast<ULONG>(length), const_cast<char*>(data)});
    return held_.size() < most_ || flush();
  }
  bool flush() {
    const bool sent = send_held();
    held_.clear();
    return sent;
  }
  const char* borrow(size_t) {
    for (;;) {
      if (const char* message = inbox_.next()) [[likely]]
        return message;
      const size_t n = receive_some(inbox_.room(), inbox_.left());
      if (n == 0) return nullptr;
      inbox_.came(n);
    }
  }
  void give_back() { inbox_.give_back(); }
  bool recv(char* data, size_t length) {
    if (length != inbox_.size()) return failure = {.nonsense = other_length}, false;
    const char* message = borrow(length);
    if (message == nullptr) return false;
    std::memcpy(data, message, length);
    return give_back(), true;
  }

  std::string unsupported;

 private:
  bool send_held() {
    WSABUF* next = held_.data();
    WSABUF* const end = next + held_.size();
    for (unsigned tries = 0; next != end;) {
      DWORD moved = 0;
      const int said = ::WSASend(to_, next, static_cast<DWORD>(end - next), &moved, 0, nullptr, nullptr);
      system_calls++;
      if (said == SOCKET_ERROR) {
        if (output_.again(tries, system_calls)) continue;
        return failed("WSASend");
      }
      for (; next != end && moved >= next->len; next++) moved -= next->len;
      if (moved == 0) continue;
      next->buf += moved;
      next->len -= moved;
    }
    return true;
  }

  size_t most_;
  inbox inbox_;
  std::vector<WSABUF> held_;
};

}  // namespace

transport_loops socket_batch_loops() { return loops_of<batch_transport>("socket", "batch"); }

}  // namespace ipcmark
