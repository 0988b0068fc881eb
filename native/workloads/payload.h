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
    restart();
  }
  // What it points into stays where it is when it is moved.
  payload(payload&&) = default;
  payload& operator=(payload&&) = default;

  // Where it has got to: a loop that works on a copy of its own, and puts it back in the end, has it in
  // registers.
  class window {
   public:
    window() = default;
    window(const char* pattern, const uint32_t* crcs, size_t windows)
        : message_(pattern), crc_(crcs), pattern_(pattern), first_(crcs), last_(crcs + windows) {}

    const char* message() const { return message_; }
    uint32_t crc() const { return *crc_; }
    void advance() {
      message_ += step;
      if (++crc_ == last_) [[unlikely]]
        *this = {pattern_, first_, static_cast<size_t>(last_ - first_)};
    }

   private:
    const char* message_ = nullptr;
    const uint32_t* crc_ = nullptr;
    const char* pattern_ = nullptr;
    const uint32_t* first_ = nullptr;
    const uint32_t* last_ = nullptr;
  };
  window now;

  const char* message() const { return now.message(); }
  uint32_t crc() const { return now.crc(); }
  size_t size() const { return size_; }
  void advance() { now.advance(); }
  void restart() { now = {pattern_.data(), crcs_.data(), crcs_.size()}; }

 private:
  // A cache line: every message is aligned alike.
  static constexpr size_t step = 64;
  // Fewer of the long ones: each is checksummed before the first message leaves.
  static constexpr size_t windows(size_t size) { return size <= 64 << 10 ? 61 : 7; }

  size_t size_ = 0;
  std::string pattern_;
  std::vector<uint32_t> crcs_;
};

}  // namespace ipcmark
