// How a side waits that may not wait inside its call: by trying again at once, by letting others run in
// between, by asking epoll, or by trying for a while and asking poll(2) then. It stands between a call that
// said it would have to wait and the next attempt. Of who blocks in the call itself it does nothing.
#pragma once

#include <fcntl.h>
#include <poll.h>
#include <sched.h>
#include <signal.h>
#include <sys/epoll.h>
#include <unistd.h>

#include <cerrno>
#include <cstdint>

#include "workloads/options.h"

namespace ipcmark {

// Some microseconds of system calls: longer than a message needs from one core to another.
inline constexpr unsigned tries_before_blocking = 64;

// One descriptor and one direction.
class patience {
 public:
  // `events`: POLLIN or POLLOUT, which epoll calls the same.
  patience(int64_t descriptor, short events, waiting how)
      : descriptor_(static_cast<int>(descriptor)), events_(events), how_(how) {
    if (how == waiting::block || descriptor < 0) return;
    flags_ = ::fcntl(descriptor_, F_GETFL);
    ::fcntl(descriptor_, F_SETFL, flags_ | O_NONBLOCK);
    if (how != waiting::epoll) return;
    epoll_ = ::epoll_create1(EPOLL_CLOEXEC);
    epoll_event interest{};
    interest.events = static_cast<uint32_t>(events);
    ::epoll_ctl(epoll_, EPOLL_CTL_ADD, descriptor_, &interest);
  }
  patience(const patience&) = delete;
  patience& operator=(const patience&) = delete;
  ~patience() {
    if (epoll_ != -1) ::close(epoll_);
    if (flags_ != -1) ::fcntl(descriptor_, F_SETFL, flags_);
  }

  // A loop around epoll receives when it is told that there is something, and not before.
  void before_receiving(uint64_t& system_calls) {
    if (epoll_ != -1) [[unlikely]]
      ask_epoll(system_calls);
  }

  // After a call that would have had to wait, the `tries`th in a row. False when there is nothing to wait for
  // because calls wait themselves.
  bool again(unsigned& tries, uint64_t& system_calls) {
    tries++;
    switch (how_) {
      case waiting::block:
        return false;
      case waiting::epoll:
        return ask_epoll(system_calls), true;
      case waiting::yield:
        system_calls++;
        return ::sched_yield(), true;
      case waiting::spin:
        return true;
      case waiting::adaptive:
        if (tries % tries_before_blocking == 0) ask_poll(system_calls);
        return true;
    }
    return false;
  }

 private:
  void ask_epoll(uint64_t& system_calls) {
    epoll_event event{};
    system_calls++;
    ::epoll_wait(epoll_, &event, 1, -1);
  }
  void ask_poll(uint64_t& system_calls) {
    pollfd asked{descriptor_, events_, 0};
    system_calls++;
    ::poll(&asked, 1, -1);
  }

  int descriptor_;
  short events_;
  waiting how_;
  int flags_ = -1;
  int epoll_ = -1;
};

// SIGPIPE is ignored for as long as this lives: a loop whose reader dies says EPIPE, with the count it had
// reached, instead of dying too.
class ignored_sigpipe {
 public:
  ignored_sigpipe() {
    struct sigaction ignored {};
    ignored.sa_handler = SIG_IGN;
    ::sigaction(SIGPIPE, &ignored, &before_);
  }
  ignored_sigpipe(const ignored_sigpipe&) = delete;
  ignored_sigpipe& operator=(const ignored_sigpipe&) = delete;
  ~ignored_sigpipe() { ::sigaction(SIGPIPE, &before_, nullptr); }

 private:
  struct sigaction before_;
};

struct two_way_patience {
  two_way_patience(int64_t to, int64_t from, waiting how)
      : output(to, POLLOUT, how), input(from, POLLIN, how) {}

  ignored_sigpipe no_signal;
  patience output, input;
};

}  // namespace ipcmark
