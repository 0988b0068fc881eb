// What the side that leads a workload tells the other before each phase, over the link itself: how many
// messages come, and how many of them make a batch. It travels in as many messages of the workload's own size
// as it needs, so that a link which carries single bytes only can carry it. A plan of no messages is the end.
#pragma once

#include <cstdint>
#include <cstring>
#include <vector>

#include "core/bytes.h"
#include "transports/transport.h"

namespace ipcmark {

struct plan {
  uint64_t messages = 0;
  uint64_t per_batch = 0;

  // The two numbers, their checksum, and zeros to the end of the last message.
  std::vector<char> packed(size_t size) const {
    const uint64_t numbers[] = {messages, per_batch};
    const uint64_t words[] = {messages, per_batch, crc32(numbers, sizeof numbers)};
    std::vector<char> bytes((sizeof words + size - 1) / size * size);
    std::memcpy(bytes.data(), words, sizeof words);
    return bytes;
  }
  // False when the bytes are no plan.
  bool unpack(const std::vector<char>& bytes, size_t size) {
    std::memcpy(&messages, bytes.data(), sizeof messages);
    std::memcpy(&per_batch, bytes.data() + sizeof messages, sizeof per_batch);
    return bytes == packed(size) && (messages == 0 || per_batch > 0);
  }
};

template <transport T>
bool send_plan(T& link, const plan& p, size_t size) {
  const std::vector<char> bytes = p.packed(size);
  for (size_t sent = 0; sent < bytes.size(); sent += size) {
    const char* part = bytes.data() + sent;
    if constexpr (hands_over<T>) {
      if (!link.send_copy(part, size)) return false;
    } else if (!link.send(part, size)) {
      return false;
    }
  }
  if constexpr (holds_back<T>) return link.flush();
  return true;
}

// `made_sense` is false when what came is no plan.
template <transport T>
bool recv_plan(T& link, plan& p, size_t size, bool& made_sense) {
  std::vector<char> bytes(plan{}.packed(size).size());
  for (size_t got = 0; got < bytes.size(); got += size) {
    if (!link.recv(bytes.data() + got, size)) return false;
  }
  made_sense = p.unpack(bytes, size);
  return true;
}

}  // namespace ipcmark
