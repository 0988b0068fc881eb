// What baselines are made of that each system does in its own way.
#pragma once

#include <atomic>
#include <cstddef>
#include <cstdint>

#include "os/windows.h"

namespace ipcmark {

// The least of the documented calls that surely enter the kernel: what they only read from memory that every
// process has, such as the time or a process's own number, is no system call.
inline void empty_system_call() {
  DWORD flags = 0;
  GetHandleInformation(GetStdHandle(STD_INPUT_HANDLE), &flags);
}

// Lets whoever else is ready have the processor.
inline void give_way() { SwitchToThread(); }

// Pages that have never been touched, again and again.
class fresh_pages {
 public:
  static constexpr size_t page = 4096;

  explicit fresh_pages(size_t count) : bytes_(count * page) {
    data_ =
        static_cast<volatile char*>(VirtualAlloc(nullptr, bytes_, MEM_RESERVE | MEM_COMMIT, PAGE_READWRITE));
  }
  fresh_pages(const fresh_pages&) = delete;
  fresh_pages& operator=(const fresh_pages&) = delete;
  ~fresh_pages() {
    if (data_ != nullptr) VirtualFree(const_cast<char*>(data_), 0, MEM_RELEASE);
  }

  // Nothing when there was no memory to be had.
  volatile char* data() const { return data_; }
  void discard() {
    void* at = const_cast<char*>(data_);
    VirtualFree(at, bytes_, MEM_DECOMMIT);
    VirtualAlloc(at, bytes_, MEM_COMMIT, PAGE_READWRITE);
  }

 private:
  size_t bytes_;
  volatile char* data_ = nullptr;
};

// Puts a process to sleep until a word of common memory has changed, and wakes it.
class baseline_sleeper {
 public:
  // An event that resets itself: WaitOnAddress reaches no other process.
  baseline_sleeper(std::atomic<uint32_t>*, int64_t event) : event_(reinterpret_cast<HANDLE>(event)) {}

  // The word has been changed.
  bool wake() { return SetEvent(event_) != 0; }
  // Sleeps while the word is stale; may return early.
  bool sleep(uint32_t) { return WaitForSingleObject(event_, INFINITE) == WAIT_OBJECT_0; }

 private:
  HANDLE event_;
};
inline constexpr const char* sleeper_call = "WaitForSingleObject";

}  // namespace ipcmark
