// Messages over descriptors, each by a system call of its own; what was transferred in part is completed.
// Which calls these are is a `way`: read and write, or those that a family of sockets needs instead.
#pragma once

#include <cerrno>
#include <concepts>

#include "transports/linux/patience.h"
#include "transports/transport.h"

namespace ipcmark {

// One attempt at a transfer: how many bytes were moved, or -1 and errno.
template <class W>
concept descriptor_way = requires(W w, const link_spec& link, const char* out, char* in, size_t length) {
  W(link);
  { w.send(0, out, length) } -> std::same_as<ssize_t>;
  { w.recv(0, in, length) } -> std::same_as<ssize_t>;
  { w.sends() } -> std::same_as<const char*>;
  { w.receives() } -> std::same_as<const char*>;
  // An error that tells of an earlier message, which was lost, and not of this transfer.
  { W::tells_of_loss } -> std::convertible_to<int>;
};

template <descriptor_way Way>
class descriptor_transport {
 public:
  explicit descriptor_transport(const link_spec& link)
      : to_(static_cast<int>(link.to)),
        from_(static_cast<int>(link.from)),
        way_(link),
        patience_(link.to, link.from, link.options.wait) {}

  bool send(const char* data, size_t length) {
    return push([this](const char* d, size_t n) { return way_.send(to_, d, n); }, way_.sends(), data, length);
  }
  bool recv(char* data, size_t length) {
    for (unsigned tries = 0;;) {
      patience_.input.before_receiving(system_calls);
      const ssize_t n = way_.recv(from_, data, length);
      system_calls++;
      if (n == static_cast<ssize_t>(length)) [[likely]]
        return true;
      if (n < 0) {
        if (errno == Way::tells_of_loss) continue;
        if (errno == EAGAIN && patience_.input.again(tries, system_calls)) continue;
        return failure = {.call = way_.receives(), .code = static_cast<uint32_t>(errno)}, false;
      }
      if (n == 0) return failure = {.call = way_.receives(), .end_of_file = true}, false;
      data += n;
      length -= static_cast<size_t>(n);
    }
  }

  transfer_failure failure;
  uint64_t system_calls = 0;

 protected:
  template <class Attempt>
  bool push(Attempt attempt, const char* call, const char* data, size_t length) {
    for (unsigned tries = 0;;) {
      const ssize_t n = attempt(data, length);
      system_calls++;
      if (n == static_cast<ssize_t>(length)) [[likely]]
        return true;
      if (n < 0) {
        if (may_send_again(tries)) continue;
        return failure = {.call = call, .code = static_cast<uint32_t>(errno)}, false;
      }
      data += n;
      length -= static_cast<size_t>(n);
    }
  }
  bool push_copy(const char* data, size_t length) {
    return push([this](const char* d, size_t n) { return ::write(to_, d, n); }, "write", data, length);
  }
  // A queue below the socket may be full although the socket is not, and nothing tells when it no longer is.
  bool may_send_again(unsigned& tries) {
    constexpr unsigned most_tries = 100'000;
    if (errno == Way::tells_of_loss) return true;
    if (errno == EAGAIN) return patience_.output.again(tries, system_calls);
    if (errno != ENOBUFS || ++tries > most_tries) return false;
    system_calls++;
    return ::sched_yield() == 0;
  }

  int to_;
  int from_;
  [[no_unique_address]] Way way_;
  two_way_patience patience_;
};

}  // namespace ipcmark
