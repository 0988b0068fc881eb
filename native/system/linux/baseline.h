// What baselines are made of that each system does in its own way.
#pragma once

#include <linux/futex.h>
#include <sched.h>
#include <sys/mman.h>
#include <sys/syscall.h>
#include <unistd.h>

#include <atomic>
#include <cerrno>
#include <cstdint>

namespace ipcmark {

// The system call that does least. By its number: a library may remember the answer.
inline void empty_system_call() { ::syscall(SYS_getppid); }

// Lets whoever else is ready have the processor.
inline void give_way() { ::sched_yield(); }

// Pages that have never been touched, again and again.
class fresh_pages {
 public:
  static constexpr size_t page = 4096;

  explicit fresh_pages(size_t count) : bytes_(count * page) {
    void* at = ::mmap(nullptr, bytes_, PROT_READ | PROT_WRITE, MAP_PRIVATE | MAP_ANONYMOUS, -1, 0);
    if (at == MAP_FAILED) return;
    // A huge page would be one fault for hundreds of these.
    ::madvise(at, bytes_, MADV_NOHUGEPAGE);
    data_ = static_cast<volatile char*>(at);
  }
  fresh_pages(const fresh_pages&) = delete;
  fresh_pages& operator=(const fresh_pages&) = delete;
  ~fresh_pages() {
    if (data_ != nullptr) ::munmap(const_cast<char*>(data_), bytes_);
  }

  // Nothing when there was no memory to be had.
  volatile char* data() const { return data_; }
  void discard() { ::madvise(const_cast<char*>(data_), bytes_, MADV_DONTNEED); }

 private:
  size_t bytes_;
  volatile char* data_ = nullptr;
};

// Puts a process to sleep until a word of common memory has changed, and wakes it.
class baseline_sleeper {
 public:
  // Windows knows it by a handle, Linux by the word alone.
  baseline_sleeper(std::atomic<uint32_t>* word, int64_t) : word_(word) {}

  // The word has been changed.
  bool wake() { return futex(FUTEX_WAKE, 1) >= 0; }
  // Sleeps while the word is `stale`; may return early.
  bool sleep(uint32_t stale) { return futex(FUTEX_WAIT, stale) == 0 || errno == EAGAIN || errno == EINTR; }

 private:
  long futex(int operation, uint32_t number) {
    return ::syscall(SYS_futex, word_, operation, number, nullptr, nullptr, 0);
  }

  std::atomic<uint32_t>* word_;
};
inline constexpr const char* sleeper_call = "futex";

}  // namespace ipcmark
