// A transport sends and receives whole messages inside a timed loop, on handles that calls have opened. It
// completes short transfers, counts its own system calls, and stops at the first failure; it retries nothing
// and waits only as the system makes it wait. native/transports/<os>/ has one file for each, and transports.h
// there lists them.
#pragma once

#include <concepts>
#include <cstddef>
#include <cstdint>

namespace ipcmark {

// Why a transfer ended early.
struct transfer_failure {
  const char* call = "";  // the system call that said so
  uint32_t code = 0;      // its error
  bool end_of_file = false;
};

// A transport is made from two handles, to send on and to receive on. One that only sends, or only receives,
// is given `no_handle` for the other; one over a duplex link is given the same handle twice.
template <class T>
concept transport = requires(T t, const char* out, char* in, size_t length) {
  T(int64_t{}, int64_t{});
  { T::name } -> std::convertible_to<const char*>;
  { t.send(out, length) } -> std::same_as<bool>;
  { t.recv(in, length) } -> std::same_as<bool>;
  { t.failure } -> std::convertible_to<transfer_failure>;
  { t.system_calls } -> std::convertible_to<uint64_t>;
};
inline constexpr int64_t no_handle = -1;

// The transports of one system.
template <transport... T>
struct transport_list {};

}  // namespace ipcmark
