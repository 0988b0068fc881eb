// A transport that damages messages on purpose, or holds them up, so that it can be seen who notices. It is
// a type of its own, chosen before a loop begins: the loops that measure contain no trace of it.
#pragma once

#include <cstdint>
#include <vector>

#include "core/clock.h"
#include "transports/transport.h"

namespace ipcmark {

enum class message_fault { none, corrupt, drop, duplicate };

// What is to happen to a message, by its number among all that this process sends. Only the fault layer
// installs one.
extern message_fault (*transport_fault)(uint64_t message);

// By looking at the clock, as no system call waits so shortly and so exactly.
inline void hold_up(int64_t ns) {
  if (ns == 0) return;
  for (const int64_t until = now_ns() + ns; now_ns() < until;) {
  }
}

template <transport T>
class faulty : public T {
 public:
  void send_many() = delete;  // each by itself
  explicit faulty(const link_spec& spec) : T(spec), hold_up_ns_(spec.options.inject_ns) {}

  bool send(const char* data, size_t length) {
    hold_up(hold_up_ns_);
    if (transport_fault == nullptr) return T::send(data, length);
    switch (transport_fault(sent_++)) {
      case message_fault::drop:
        return true;
      case message_fault::duplicate:
        return T::send(data, length) && T::send(data, length);
      case message_fault::corrupt: {
        damaged_.assign(data, data + length);
        damaged_[length / 2] ^= 1;
        return T::send(damaged_.data(), length);
      }
      case message_fault::none:
        break;
    }
    return T::send(data, length);
  }

 private:
  int64_t hold_up_ns_;
  uint64_t sent_ = 0;
  std::vector<char> damaged_;  // which a transport that holds messages back refers to for longer
};

// Whether a side's messages are to be damaged or held up.
inline bool is_tampered(const workload_options& o) { return transport_fault != nullptr || o.inject_ns > 0; }

}  // namespace ipcmark
