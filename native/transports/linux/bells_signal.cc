// Signals, which the side that waits has blocked, so that they pend until it takes them: sent by number or
// through a descriptor, taken by asking for them or by reading. Who rings knows the other process, who waits
// needs no handle for it; both are given one.
#include <signal.h>
#include <sys/signalfd.h>
#include <sys/syscall.h>
#include <unistd.h>

#include "transports/linux/bells.h"

namespace ipcmark {

namespace {

class pending_signal : public bell {
 public:
  pending_signal(int64_t process, int signal) : process_(static_cast<int>(process)), signal_(signal) {
    ::sigemptyset(&set_);
    ::sigaddset(&set_, signal);
  }

  bool wait() override {
    return made(*this, "sigwaitinfo", [&] { return ::sigwaitinfo(&set_, nullptr); });
  }
  attempt try_wait() override {
    const timespec at_once{};
    return tried(*this, "sigtimedwait", EAGAIN, [&] { return ::sigtimedwait(&set_, nullptr, &at_once); });
  }

 protected:
  bool queue() {
    const sigval value{.sival_int = 1};
    return made(*this, "sigqueue", [&] { return ::sigqueue(process_, signal_, value); });
  }

  int process_;
  int signal_;

 private:
  sigset_t set_;
};

class standard_signal final : public pending_signal {
 public:
  explicit standard_signal(std::span<const int64_t> handles) : pending_signal(handles[0], SIGHUP) {}
  bool ring() override {
    return made(*this, "kill", [&] { return ::kill(process_, signal_); });
  }
};

class realtime_signal final : public pending_signal {
 public:
  explicit realtime_signal(std::span<const int64_t> handles) : pending_signal(handles[0], SIGRTMIN) {}
  bool ring() override { return queue(); }
};

// By a descriptor of the process.
class pidfd_signal final : public pending_signal {
 public:
  explicit pidfd_signal(std::span<const int64_t> handles) : pending_signal(handles[0], SIGHUP) {}
  bool ring() override {
    return made(*this, "pidfd_send_signal",
                [&] { return ::syscall(SYS_pidfd_send_signal, process_, signal_, nullptr, 0); });
  }
};

// The handle of the side that rings is a process, and that of the side that waits a descriptor.
class signalfd_signal final : public pending_signal {
 public:
  explicit signalfd_signal(std::span<const int64_t> handles) : pending_signal(handles[0], SIGRTMIN) {}
  bool ring() override { return queue(); }
  bool wait() override {
    signalfd_siginfo told;
    watched_.before_waiting(*this);
    return made(*this, "read", [&] { return ::read(process_, &told, sizeof told); });
  }
  bool watch() override { return watched_.begin(process_); }

 private:
  watched_descriptor watched_;
};

}  // namespace

bell_facts standard_signal_bell() { return bell_of<standard_signal>("signal-standard", 1); }
bell_facts realtime_signal_bell() { return bell_of<realtime_signal>("signal-realtime", 1); }
bell_facts signalfd_bell() { return bell_of<signalfd_signal>("signalfd", 1); }
bell_facts pidfd_bell() { return bell_of<pidfd_signal>("pidfd", 1); }

}  // namespace ipcmark
