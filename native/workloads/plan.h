// What the side that leads a workload tells the other before each phase, over the link itself: how many
// messages come, and how many of them make a batch. It travels in as many messages of the workload's own size
// as it needs, so that a link which carries single bytes only can carry it. A plan of no messages is the end.
#pragma once

#include <algorithm>
#include <array>
#include <cstdint>
#include <cstring>
#include <vector>

#include "core/bytes.h"
#include "transports/transport.h"

namespace ipcmark {

struct plan {
  uint64_t messages = 0;
  uint64_t per_batch = 0;

  static constexpr size_t length = 24;

  std::array<char, length> packed() const {
    std::array<char, length> bytes{};
    std::memcpy(bytes.data(), &messages, 8);
    std::memcpy(bytes.data() + 8, &per_batch, 8);
    const uint64_t check = crc32(bytes.data(), 16);
    std::memcpy(bytes.data() + 16, &check, 8);
    return bytes;
  }
  // False when the bytes are no plan.
  bool unpack(const char* bytes) {
    std::memcpy(&messages, bytes, 8);
    std::memcpy(&per_batch, bytes + 8, 8);
    const bool makes_sense = messages == 0 || per_batch > 0;
    return makes_sense && std::memcmp(packed().data(), bytes, length) == 0;
  }
};

template <transport T>
bool send_plan(T& link, const plan& p, size_t size) {
  const std::array<char, plan::length> bytes = p.packed();
  std::vector<char> message(size);
  for (size_t sent = 0; sent < plan::length; sent += size) {
    std::memcpy(message.data(), bytes.data() + sent, std::min(size, plan::length - sent));
    if (!link.send(message.data(), size)) return false;
  }
  return true;
}

// `made_sense` is false when what came is no plan.
template <transport T>
bool recv_plan(T& link, plan& p, size_t size, bool& made_sense) {
  std::array<char, plan::length> bytes{};
  std::vector<char> message(size);
  for (size_t got = 0; got < plan::length; got += size) {
    if (!link.recv(message.data(), size)) return false;
    std::memcpy(bytes.data() + got, message.data(), std::min(size, plan::length - got));
  }
  made_sense = p.unpack(bytes.data());
  return true;
}

}  // namespace ipcmark
