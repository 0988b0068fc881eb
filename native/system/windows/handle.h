// A handle that is closed with its owner.
#pragma once

#include <utility>

#include "os/windows.h"

namespace ipcmark {

class unique_handle {
 public:
  unique_handle() = default;
  // What a function answers when it fails, be it NULL or INVALID_HANDLE_VALUE, is no handle.
  explicit unique_handle(HANDLE h) : handle_(h == INVALID_HANDLE_VALUE ? nullptr : h) {}
  unique_handle(unique_handle&& other) noexcept : handle_(other.release()) {}
  unique_handle& operator=(unique_handle&& other) noexcept {
    std::swap(handle_, other.handle_);
    return *this;
  }
  ~unique_handle() {
    if (handle_ != nullptr) CloseHandle(handle_);
  }

  HANDLE get() const { return handle_; }
  HANDLE release() { return std::exchange(handle_, nullptr); }
  explicit operator bool() const { return handle_ != nullptr; }

 private:
  HANDLE handle_ = nullptr;
};

}  // namespace ipcmark
