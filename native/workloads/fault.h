// A transport that damages messages on purpose, so that a test can see the loops notice. It is a type of its
// own, chosen before a loop begins: the loops that measure contain no trace of it.
#pragma once

#include <cstdint>
#include <vector>

#include "transports/transport.h"

namespace ipcmark {

enum class message_fault { none, corrupt, drop, duplicate };

// What is to happen to a message, by its number among all that this process sends. Only the fault layer
// installs one.
extern message_fault (*transport_fault)(uint64_t message);

template <transport T>
class faulty : public T {
 public:
  using T::T;

  bool send(const char* data, size_t length) {
    switch (transport_fault(sent_++)) {
      case message_fault::drop:
        return true;
      case message_fault::duplicate:
        return T::send(data, length) && T::send(data, length);
      case message_fault::corrupt: {
        std::vector<char> damaged(data, data + length);
        damaged[length / 2] ^= 1;
        return T::send(damaged.data(), length);
      }
      case message_fault::none:
        break;
    }
    return T::send(data, length);
  }

 private:
  uint64_t sent_ = 0;
};

}  // namespace ipcmark
