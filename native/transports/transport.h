// A transport sends and receives whole messages inside a timed loop, on handles that calls have opened. It
// completes short transfers, counts its own system calls, and stops at the first failure; where it has to
// wait it does so as the options say. native/transports/<os>/ has one file for each, and table.cc there lists
// them.
#pragma once

#include <concepts>
#include <cstddef>
#include <cstdint>
#include <span>
#include <string>

#include "workloads/options.h"

namespace ipcmark {

// Why a transfer ended early.
struct transfer_failure {
  const char* call = "";  // the system call that said so
  uint32_t code = 0;      // its error
  bool end_of_file = false;
  const char* nonsense = "";  // what came that nobody sends, where no call is to blame: a sentence
};

inline constexpr int64_t no_handle = -1;

// What a transport is made from: two handles, to send on and to receive on. One that only sends, or only
// receives, is given `no_handle` for the other; one over a duplex link is given the same handle twice.
struct link_spec {
  int64_t to = no_handle;
  int64_t from = no_handle;
  // Whether this side leads its workload: where one handle stands for both directions, it tells them apart.
  bool leads = false;
  const workload_options& options;
  // Further ends, of a side that has several links: each is what `to` or `from` is, of a transport of its
  // own.
  std::span<const int64_t> others = {};
};

template <class T>
concept transport = requires(T t, const link_spec& spec, const char* out, char* in, size_t length) {
  T(spec);
  { t.send(out, length) } -> std::same_as<bool>;
  { t.recv(in, length) } -> std::same_as<bool>;
  { t.failure } -> std::convertible_to<transfer_failure>;
  { t.system_calls } -> std::convertible_to<uint64_t>;
};

// One that may find, when it is made, that this machine or this link cannot do what the options ask for. A
// sentence then, and no transfer is tried.
template <class T>
concept may_be_unsupported = requires(T t) {
  { t.unsupported } -> std::convertible_to<std::string>;
};

// One that shows a message where it lies, instead of copying it: nothing, with `failure` set, where none
// comes. The message is good until it is given back. `recv` is for what is announced between phases.
template <class T>
concept lends = requires(T t, size_t length) {
  { t.borrow(length) } -> std::same_as<const char*>;
  t.give_back();
};

// One that knows whether what it counts are all its system calls: a library's it would not know.
template <class T>
concept knows_its_calls = requires(const T t) {
  { t.calls_known() } -> std::same_as<bool>;
};

// One that may hold back what it was given to send, until it is told that no more follows. What it was given
// stays where it is until then.
template <class T>
concept holds_back = requires(T t) {
  { t.flush() } -> std::same_as<bool>;
};

// One that sends or receives many messages of a length for less than each by itself. `next` shows the next
// one, and is asked once it can go; `read` is shown each that has come, at `in` or where it lies, and says
// whether to go on.
template <class T>
concept sends_many = requires(T t, uint64_t messages, size_t length, const char* (*next)()) {
  { t.send_many(messages, length, next) } -> std::same_as<bool>;
};
template <class T>
concept receives_many = requires(T t, uint64_t messages, char* in, size_t length, bool (*read)(const char*)) {
  { t.receive_many(messages, in, length, read) } -> std::same_as<bool>;
};

// One that lets go of what it was given only when it was received: it has to stay as it is until then. What
// cannot stay goes by `send_copy`, which waits first until nothing is left of what was handed over before.
template <class T>
concept hands_over = requires(T t, const char* out, size_t length) {
  { t.send_copy(out, length) } -> std::same_as<bool>;
};

}  // namespace ipcmark
