// Batons of the locks of Windows: the mutex, and the lock on a range of a file.
#include "transports/baton.h"
#include "transports/windows/bells.h"

namespace ipcmark {

namespace {

class mutex_lock {
 public:
  explicit mutex_lock(int64_t mutex) : mutex_(handle_of(mutex)) {}

  bool acquire(bell& by) const { return wait_for(by, mutex_, INFINITE) == attempt::rung; }
  attempt try_acquire(bell& by) const { return wait_for(by, mutex_, 0); }
  bool release(bell& by) const {
    by.system_calls++;
    return ReleaseMutex(mutex_) || by.failed("ReleaseMutex", GetLastError());
  }

 private:
  HANDLE mutex_;
};

class file_lock {
 public:
  explicit file_lock(int64_t file) : file_(handle_of(file)) {}

  bool acquire(bell& by) const { return lock(by, 0) || by.failed("LockFileEx", GetLastError()); }
  attempt try_acquire(bell& by) const {
    if (lock(by, LOCKFILE_FAIL_IMMEDIATELY)) return attempt::rung;
    const DWORD error = GetLastError();
    if (error == ERROR_LOCK_VIOLATION) return attempt::silent;
    return by.failed("LockFileEx", error), attempt::failed;
  }
  bool release(bell& by) const {
    OVERLAPPED from_the_beginning{};
    by.system_calls++;
    return UnlockFileEx(file_, 0, MAXDWORD, 0, &from_the_beginning) ||
           by.failed("UnlockFileEx", GetLastError());
  }

 private:
  bool lock(bell& by, DWORD flags) const {
    OVERLAPPED from_the_beginning{};
    by.system_calls++;
    return LockFileEx(file_, LOCKFILE_EXCLUSIVE_LOCK | flags, 0, MAXDWORD, 0, &from_the_beginning);
  }

  HANDLE file_;
};

}  // namespace

bell_facts mutex_baton() { return baton_of<mutex_lock>("win-mutex"); }
bell_facts file_baton() { return baton_of<file_lock>("win-file-lock"); }

}  // namespace ipcmark
