// Which of several descriptors have something to read, by epoll; and whether one has, by poll.
#pragma once

#include <poll.h>
#include <sys/epoll.h>
#include <sys/socket.h>
#include <unistd.h>

#include <cerrno>
#include <cstddef>
#include <cstdint>
#include <vector>

#include "core/clock.h"
#include "transports/transport.h"

namespace ipcmark {

// False when the time has passed, or the descriptor cannot be asked.
inline bool readable_within(int64_t descriptor, int milliseconds) {
  const int64_t until = now_ns() + milliseconds * int64_t{1'000'000};
  for (int64_t left = until - now_ns(); left > 0; left = until - now_ns()) {
    pollfd asked{static_cast<int>(descriptor), POLLIN, 0};
    if (::poll(&asked, 1, static_cast<int>(left / 1'000'000) + 1) < 0) return false;
    if ((asked.revents & POLLIN) != 0) return true;
    // What became of an earlier message is told once, and is not something to read.
    int error = 0;
    socklen_t length = sizeof error;
    if (asked.revents != 0) ::getsockopt(asked.fd, SOL_SOCKET, SO_ERROR, &error, &length);
  }
  return false;
}

class ready_set {
 public:
  ready_set() : set_(::epoll_create1(EPOLL_CLOEXEC)) {}
  ready_set(const ready_set&) = delete;
  ready_set& operator=(const ready_set&) = delete;
  ~ready_set() { ::close(set_); }

  // It is called by its place among those that were added.
  bool add(int64_t descriptor) {
    epoll_event wanted{};
    wanted.events = EPOLLIN;
    wanted.data.u64 = events_.size();
    events_.emplace_back();
    if (::epoll_ctl(set_, EPOLL_CTL_ADD, static_cast<int>(descriptor), &wanted) == 0) return true;
    return failed("epoll_ctl");
  }
  // Until one is ready at least.
  bool wait(std::vector<size_t>& ready) {
    ready.clear();
    const int count = ::epoll_wait(set_, events_.data(), static_cast<int>(events_.size()), -1);
    system_calls++;
    if (count < 0) return failed("epoll_wait");
    for (int i = 0; i < count; i++) ready.push_back(events_[static_cast<size_t>(i)].data.u64);
    return true;
  }

  transfer_failure failure;
  uint64_t system_calls = 0;

 private:
  bool failed(const char* call) {
    failure = {.call = call, .code = static_cast<uint32_t>(errno)};
    return false;
  }

  int set_;
  std::vector<epoll_event> events_;
};

}  // namespace ipcmark
