// What travels. A message is a window on one long pattern, and the next message is the next window: the
// sender stamps each message without writing a byte, the receiver compares every byte of it with what it must
// be, and a message of a single byte has its place in the order too. How many windows there are is prime, so
// that no loss of a round number of messages goes unseen.
#pragma once

#include <cstddef>
#include <cstdint>
#include <string>
#include <vector>

#include "core/bytes.h"

namespace ipcmark {

class payload {
 public:
  payload() = default;
  payload(size_t size, uint32_t seed)
      : size_(size), pattern_(pattern_bytes(size + windows(size) * step, seed)), crcs_(windows(size)) {
    for (size_t i = 0; i < crcs_.size(); i++) crcs_[i] = crc32(pattern_.data() + i * step, size);
  }

  const char* message() const { return pattern_.data() + next_ * step; }
  uint32_t crc() const { return crcs_[next_]; }
  size_t size() const { return size_; }
  void advance() {
    if (++next_ == crcs_.size()) next_ = 0;
  }
  void restart() { next_ = 0; }

 private:
  // A cache line: every message is aligned alike.
  static constexpr size_t step = 64;
  // Fewer of the long ones: each is checksummed before the first message leaves.
  static constexpr size_t windows(size_t size) { return size <= 64 << 10 ? 61 : 7; }

  size_t size_ = 0;
  std::string pattern_;
  std::vector<uint32_t> crcs_;
  size_t next_ = 0;
};

}  // namespace ipcmark
