// Batons of the locks of Linux: on files, of pthreads, and the futex whose owner the kernel knows.
#include <fcntl.h>
#include <linux/futex.h>
#include <pthread.h>
#include <sys/file.h>
#include <sys/syscall.h>
#include <unistd.h>

#include <atomic>

#include "transports/baton.h"
#include "transports/linux/bells.h"

namespace ipcmark {

namespace {

class flock_lock {
 public:
  explicit flock_lock(int64_t file) : file_(static_cast<int>(file)) {}

  bool acquire(bell& by) const {
    return made(by, "flock", [&] { return ::flock(file_, LOCK_EX); });
  }
  attempt try_acquire(bell& by) const {
    return tried(by, "flock", EWOULDBLOCK, [&] { return ::flock(file_, LOCK_EX | LOCK_NB); });
  }
  bool release(bell& by) const {
    return made(by, "flock", [&] { return ::flock(file_, LOCK_UN); });
  }

 private:
  int file_;
};

// fcntl(2) in one of its two kinds, from the beginning of the file to its end.
template <int Try, int Wait>
class range_lock {
 public:
  explicit range_lock(int64_t file) : file_(static_cast<int>(file)) {}

  bool acquire(bell& by) const {
    return made(by, "fcntl", [&] { return operate(Wait, F_WRLCK); });
  }
  attempt try_acquire(bell& by) const {
    return tried(by, "fcntl", EAGAIN, [&] { return operate(Try, F_WRLCK); });
  }
  bool release(bell& by) const {
    return made(by, "fcntl", [&] { return operate(Try, F_UNLCK); });
  }

 private:
  int operate(int command, short kind) const {
    struct flock range {};
    range.l_type = kind;
    return ::fcntl(file_, command, &range);
  }

  int file_;
};

// Taken and given back by the word alone, for as long as nobody waits.
class inheriting_futex {
 public:
  explicit inheriting_futex(int64_t word) : word_(*at_address<std::atomic<uint32_t>>(word)) {}

  bool acquire(bell& by) const {
    if (change(0, me_)) return true;
    return made(by, "futex", [&] { return operate(FUTEX_LOCK_PI); });
  }
  attempt try_acquire(bell& by) const {
    if (change(0, me_)) return attempt::rung;
    if (word_.load(std::memory_order_relaxed) != 0) return attempt::silent;
    return tried(by, "futex", EAGAIN, [&] { return operate(FUTEX_TRYLOCK_PI); });
  }
  bool release(bell& by) const {
    if (change(me_, 0)) return true;
    return made(by, "futex", [&] { return operate(FUTEX_UNLOCK_PI); });
  }

 private:
  bool change(uint32_t from, uint32_t to) const {
    return word_.compare_exchange_strong(from, to, std::memory_order_acq_rel);
  }
  long operate(int operation) const {
    return ::syscall(SYS_futex, &word_, operation, 0, nullptr, nullptr, 0);
  }

  std::atomic<uint32_t>& word_;
  uint32_t me_ = static_cast<uint32_t>(::syscall(SYS_gettid));
};

template <class Object, int (*Acquire)(Object*), int (*Try)(Object*), int (*Release)(Object*)>
class pthread_lock {
 public:
  explicit pthread_lock(int64_t address) : object_(at_address<Object>(address)) {}

  bool acquire(bell& by) const {
    return succeeded(by, "the acquisition", [&] { return Acquire(object_); });
  }
  attempt try_acquire(bell& by) const {
    by.system_calls++;
    const int error = Try(object_);
    if (error == 0) return attempt::rung;
    if (error == EBUSY) return attempt::silent;
    return by.failed("the attempt", static_cast<uint32_t>(error)), attempt::failed;
  }
  bool release(bell& by) const {
    return succeeded(by, "the release", [&] { return Release(object_); });
  }

 private:
  Object* object_;
};

using mutex_lock =
    pthread_lock<pthread_mutex_t, pthread_mutex_lock, pthread_mutex_trylock, pthread_mutex_unlock>;
using write_lock =
    pthread_lock<pthread_rwlock_t, pthread_rwlock_wrlock, pthread_rwlock_trywrlock, pthread_rwlock_unlock>;

}  // namespace

bell_facts flock_baton() { return baton_of<flock_lock>("flock"); }
bell_facts fcntl_baton() { return baton_of<range_lock<F_SETLK, F_SETLKW>>("fcntl-lock"); }
bell_facts ofd_baton() { return baton_of<range_lock<F_OFD_SETLK, F_OFD_SETLKW>>("ofd-lock"); }
bell_facts futex_pi_baton() { return baton_of<inheriting_futex>("futex-pi"); }
bell_facts mutex_baton() { return baton_of<mutex_lock>("pthread-mutex", false); }
bell_facts rwlock_baton() { return baton_of<write_lock>("pthread-rwlock", false); }

}  // namespace ipcmark
