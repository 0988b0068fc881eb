// How a Linux call says that it failed, and what the failure is called.
#pragma once

#include <cerrno>
#include <cstdint>
#include <string>
#include <type_traits>

namespace ipcmark {

inline void clear_error() { errno = 0; }
inline uint32_t last_error() { return static_cast<uint32_t>(errno); }

template <class T>
bool failed(T value) {
  if constexpr (std::is_pointer_v<T>) {
    return reinterpret_cast<intptr_t>(value) == -1;  // MAP_FAILED, shmat
  } else {
    return value == static_cast<T>(-1);
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

// Beyond every errno: the status of an RPC, by its own number (calls/linux/rpc/calls.h).
inline constexpr uint32_t first_rpc_error = 0x52500000;

// `EPIPE` for 32; a code without a name comes back as `errno 4095`.
std::string error_name(uint32_t code);

}  // namespace ipcmark
