// Messages that carry their number, for loops in which some may be lost or come from several senders. The
// first eight bytes are a word: of a message that carries data who sent it and its number; of a notice, which
// says where the sender is, what it says. The other bytes are what that word's message must have, so that
// every byte is verified whatever came before it.
#pragma once

#include <algorithm>
#include <bit>
#include <cstddef>
#include <cstdint>
#include <cstring>
#include <string>
#include <vector>

#include "core/bytes.h"
#include "core/clock.h"
#include "os/usage.h"
#include "transports/transport.h"
#include "workloads/side.h"

namespace ipcmark::numbered {

inline constexpr size_t word_size = sizeof(uint64_t);

// Bit 63 is clear.
constexpr uint64_t data_word(uint64_t sender, uint64_t number) { return sender << 48 | number; }
constexpr bool is_notice(uint64_t word) { return word >> 63 != 0; }
constexpr uint64_t sender_in(uint64_t word) { return word >> 48; }
constexpr uint64_t number_in(uint64_t word) { return word & ((uint64_t{1} << 48) - 1); }

// Bits of the word: 1, what (3), who (7), value (40), check (13).
struct notice {
  enum class kind : uint64_t { opens, closes, ends, receipt_of_opens, receipt_of_closes, receipt_of_ends };
  kind what = kind::opens;
  uint64_t who = 0;
  uint64_t value = 0;

  static constexpr uint64_t highest_who = 127;

  constexpr uint64_t word() const {
    const uint64_t said = uint64_t{1} << 63 | static_cast<uint64_t>(what) << 60 | who << 53 |
                          (value & ((uint64_t{1} << 40) - 1)) << 13;
    return said | (said * 0x9e3779b97f4a7c15u) >> 51;
  }
  // False where the word is no notice.
  constexpr bool read(uint64_t w) {
    what = static_cast<kind>(w >> 60 & 7);
    who = w >> 53 & 127;
    value = w >> 13 & ((uint64_t{1} << 40) - 1);
    return w == word();
  }
  constexpr notice receipt(uint64_t of) const {
    return {.what = static_cast<kind>(static_cast<uint64_t>(what) + 3), .who = who, .value = of};
  }
};

// What each message must be. A sender stamps one before it leaves; a receiver compares. There are `slots`
// that differ, so that a message which was stamped stays as it is while so many more are sent.
class messages {
 public:
  messages(size_t size, uint32_t seed)
      : size_(size),
        stride_((size + 63) / 64 * 64),
        slots_(std::bit_floor(std::clamp<size_t>((size_t{1} << 20) / size, 2, 64))),
        bytes_(pattern_bytes(slots_ * stride_, seed)),
        crcs_(slots_) {
    for (size_t i = 0; i < slots_; i++) crcs_[i] = crc32(slot(i) + word_size, size - word_size);
  }

  size_t size() const { return size_; }
  size_t slots() const { return slots_; }
  const char* stamped(uint64_t word) {
    char* message = slot(index_of(word));
    std::memcpy(message, &word, word_size);
    return message;
  }
  bool matches(const char* got, uint64_t word) const {
    return std::memcmp(got + word_size, slot(index_of(word)) + word_size, size_ - word_size) == 0;
  }
  // Sums of these do not depend on an order.
  uint64_t digest(uint64_t word) const {
    const uint64_t mixed = (crcs_[index_of(word)] ^ word) * 0x9e3779b97f4a7c15u;
    return (mixed ^ mixed >> 29) * 0xbf58476d1ce4e5b9u;
  }

 private:
  // Messages of the same number from different senders differ.
  size_t index_of(uint64_t word) const { return (word + 7 * sender_in(word)) & (slots_ - 1); }
  char* slot(size_t index) { return bytes_.data() + index * stride_; }
  const char* slot(size_t index) const { return bytes_.data() + index * stride_; }

  size_t size_;
  size_t stride_;
  size_t slots_;
  std::string bytes_;
  std::vector<uint32_t> crcs_;
};

// Where messages leave.
template <transport T>
class outlet {
 public:
  outlet(T& link, messages& all) : link_(link), all_(all) {}

  bool send(uint64_t word) {
    if (!hand(all_.stamped(word))) [[unlikely]]
      return false;
    // A slot is not stamped anew before it has left.
    if constexpr (holds_back<T>) {
      if (++held_ == all_.slots()) return flush();
    }
    return true;
  }
  // Whatever its slot held has left before, and it leaves at once.
  bool say(const notice& said) { return flush() && send(said.word()) && flush(); }
  bool flush() {
    held_ = 0;
    if constexpr (holds_back<T>) return link_.flush();
    return true;
  }

 private:
  bool hand(const char* message) {
    if constexpr (hands_over<T>) return link_.send_copy(message, all_.size());
    return link_.send(message, all_.size());
  }

  T& link_;
  messages& all_;
  size_t held_ = 0;
};

// Where they come in.
template <transport T>
class inlet {
 public:
  inlet(T& link, size_t size) : link_(link), size_(size), room_(size) {}

  // Nothing where the link failed.
  const char* take() {
    if constexpr (lends<T>) return link_.borrow(size_);
    return link_.recv(room_.data(), size_) ? room_.data() : nullptr;
  }
  void done() {
    if constexpr (lends<T>) link_.give_back();
  }

 private:
  T& link_;
  size_t size_;
  std::vector<char> room_;
};

inline uint64_t word_of(const char* message) {
  uint64_t word = 0;
  std::memcpy(&word, message, word_size);
  return word;
}

inline void count(carried& c, uint64_t digest) {
  c.messages++;
  c.checksum += digest;
}

// What a stretch of time cost, in a process whose links have made so many system calls.
class meter {
 public:
  void begin(uint64_t calls) {
    calls_ = calls;
    usage_ = thread_usage();
    began_ns_ = now_ns();
  }
  phase_cost read(uint64_t calls) const {
    return {
        .elapsed_ns = now_ns() - began_ns_, .system_calls = calls - calls_, .spent = thread_usage() - usage_};
  }
  int64_t began_ns() const { return began_ns_; }

 private:
  uint64_t calls_ = 0;
  usage usage_;
  int64_t began_ns_ = 0;
};

// Nothing smaller carries a number: who asks for it has not looked.
inline bool has_room_for_number(answer& a, size_t size) {
  if (size < word_size) a.refuse("the messages of this loop carry their number: they have 8 bytes at least");
  return size >= word_size;
}

}  // namespace ipcmark::numbered
