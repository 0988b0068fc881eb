// The bells of Linux, each family made in a file of its own, and how they make their calls. Adding one is its
// maker here, and its line in bells.cc.
#pragma once

#include <cerrno>
#include <optional>

#include "transports/bell.h"
#include "transports/linux/patience.h"
#include "workloads/rounds.h"

namespace ipcmark {

// One of the class, on the handles as they come.
template <class Bell>
constexpr bell_facts bell_of(std::string_view name, size_t handles, bool tells_calls = true) {
  return {name,
          tells_calls,
          handles,
          false,
          rounds_of<Bell>,
          [](std::span<const int64_t> given, bool) -> std::unique_ptr<bell> {
            return std::make_unique<Bell>(given);
          }};
}

template <class T>
T* at_address(int64_t handle) {
  return reinterpret_cast<T*>(static_cast<intptr_t>(handle));
}

// A call that says -1 and errno when it fails; made again when a signal has interrupted it.
template <class Call>
bool made(bell& by, const char* name, Call call) {
  for (;;) {
    by.system_calls++;
    if (call() >= 0) [[likely]]
      return true;
    if (errno != EINTR) return by.failed(name, static_cast<uint32_t>(errno));
  }
}

// One that answers what went wrong.
template <class Call>
bool succeeded(bell& by, const char* name, Call call) {
  by.system_calls++;
  const int error = call();
  return error == 0 || by.failed(name, static_cast<uint32_t>(error));
}

// A call that tries: `not_yet` is the error by which it says that there is nothing.
template <class Call>
attempt tried(bell& by, const char* name, int not_yet, Call call) {
  by.system_calls++;
  if (call() >= 0) return attempt::rung;
  if (errno == not_yet || errno == EINTR) return attempt::silent;
  return by.failed(name, static_cast<uint32_t>(errno)), attempt::failed;
}

// The descriptor of a bell that epoll is to be asked about, once it has begun.
class watched_descriptor {
 public:
  bool begin(int descriptor) {
    patience_.emplace(descriptor, POLLIN, waiting::epoll);
    return true;
  }
  void before_waiting(bell& by) {
    if (patience_) patience_->before_receiving(by.system_calls);
  }

 private:
  std::optional<patience> patience_;
};

bell_facts eventfd_bell();
bell_facts futex_bell();
bell_facts posix_semaphore_bell();
bell_facts sysv_semaphore_bell();
bell_facts standard_signal_bell();
bell_facts realtime_signal_bell();
bell_facts signalfd_bell();
bell_facts pidfd_bell();
bell_facts condition_bell();
bell_facts barrier_bell();
bell_facts flock_baton();
bell_facts fcntl_baton();
bell_facts ofd_baton();
bell_facts futex_pi_baton();
bell_facts mutex_baton();
bell_facts rwlock_baton();
bell_facts sysv_undo_baton();

}  // namespace ipcmark
