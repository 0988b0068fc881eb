// Semaphores: of POSIX, through the C library, which enters the kernel only where it has to; and of System V,
// whose every operation is a system call.
#include <semaphore.h>
#include <sys/sem.h>

#include "transports/baton.h"
#include "transports/linux/bells.h"

namespace ipcmark {

namespace {

class posix_semaphore final : public bell {
 public:
  explicit posix_semaphore(std::span<const int64_t> handles) : semaphore_(at_address<sem_t>(handles[0])) {}

  bool ring() override {
    return made(*this, "sem_post", [&] { return ::sem_post(semaphore_); });
  }
  bool wait() override {
    return made(*this, "sem_wait", [&] { return ::sem_wait(semaphore_); });
  }
  attempt try_wait() override {
    return tried(*this, "sem_trywait", EAGAIN, [&] { return ::sem_trywait(semaphore_); });
  }

 private:
  sem_t* semaphore_;
};

// The first semaphore of a set.
class sysv_set {
 public:
  explicit sysv_set(int64_t handle) : id_(static_cast<int>(handle)) {}

  bool add(bell& by, short flags) const {
    return made(by, "semop", [&] { return operate(1, flags); });
  }
  bool take(bell& by, short flags) const {
    return made(by, "semop", [&] { return operate(-1, flags); });
  }
  attempt try_take(bell& by, short flags) const {
    return tried(by, "semop", EAGAIN, [&] { return operate(-1, static_cast<short>(flags | IPC_NOWAIT)); });
  }

 private:
  int operate(short change, short flags) const {
    sembuf operation{.sem_num = 0, .sem_op = change, .sem_flg = flags};
    return ::semop(id_, &operation, 1);
  }

  int id_;
};

class sysv_semaphore final : public bell {
 public:
  explicit sysv_semaphore(std::span<const int64_t> handles) : set_(handles[0]) {}

  bool ring() override { return set_.add(*this, 0); }
  bool wait() override { return set_.take(*this, 0); }
  attempt try_wait() override { return set_.try_take(*this, 0); }

 private:
  sysv_set set_;
};

// What a process has taken is given back when it dies, so that a semaphore which one process adds to and
// another takes from would soon owe more than the system can count. As a lock, it is given back by its taker.
class sysv_undo {
 public:
  explicit sysv_undo(int64_t handle) : set_(handle) {}

  bool acquire(bell& by) const { return set_.take(by, SEM_UNDO); }
  attempt try_acquire(bell& by) const { return set_.try_take(by, SEM_UNDO); }
  bool release(bell& by) const { return set_.add(by, SEM_UNDO); }

 private:
  sysv_set set_;
};

}  // namespace

bell_facts posix_semaphore_bell() { return bell_of<posix_semaphore>("posix-sem", 1, false); }
bell_facts sysv_semaphore_bell() { return bell_of<sysv_semaphore>("sysv-sem", 1); }
bell_facts sysv_undo_baton() { return baton_of<sysv_undo>("sysv-sem-undo"); }

}  // namespace ipcmark
