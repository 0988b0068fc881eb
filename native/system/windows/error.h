// How a Windows function says that it failed, and what the failure is called.
#pragma once

#include <cstdint>
#include <span>
#include <string>
#include <type_traits>

#include "core/constant.h"
#include "os/windows.h"

namespace ipcmark {

inline void clear_error() { SetLastError(0); }
inline uint32_t last_error() { return GetLastError(); }

// BOOL is int: zero is failure. A handle fails as NULL or INVALID_HANDLE_VALUE. A DWORD (a wait's result, a
// length) says what it says; the call that returns one judges it itself.
template <class T>
bool failed(T value) {
  if constexpr (std::is_pointer_v<T>) {
    return value == nullptr || reinterpret_cast<intptr_t>(value) == -1;
  } else if constexpr (std::is_same_v<T, int>) {
    return value == 0;
  } else {
    return false;
  }
}
template <class T>
int64_t as_integer(T value) {
  if constexpr (std::is_pointer_v<T>) {
    return reinterpret_cast<intptr_t>(value);
  } else {
    return static_cast<int64_t>(value);
  }
}

// `ERROR_BROKEN_PIPE` for 109; a code without a name comes back as `error 4095`.
std::string error_name(uint32_t code);

// Every error code that has a name here, for scripts that say one.
std::span<const constant> error_names();

}  // namespace ipcmark
