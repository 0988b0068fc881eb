// How a ring lies in memory that two processes share, each of which may have it at another address. Memory
// that is all zeros is an empty ring: nobody has to set it up before the other comes.
//
// A ring is a header and a buffer, a power of two of bytes long. Messages lie in the buffer one behind the
// other as records: a word, then the bytes, filled up to a multiple of a word. A record never wraps: what is
// left at the end of the buffer is taken by a record of padding.
//
// The word says that the record is there, so that the message and the news of it come in one cache line, and
// a consumer follows no index. It is zero until then: whoever writes a record first makes the next one's word
// zero, and only then stores its own. Positions count bytes and never wrap either.
//
// Nothing that is read from here is believed: a process that writes nonsense costs the other one its
// messages, and nothing else.
#pragma once

#include <atomic>
#include <bit>
#include <cstddef>
#include <cstdint>

#include "core/apart.h"

namespace ipcmark {

// Whether one side sleeps until it is rung for.
struct alignas(apart) sleeper {
  std::atomic<uint32_t> asleep;
};

struct ring_header {
  // How far the consumer has given back what it was shown.
  alignas(apart) std::atomic<uint64_t> taken;
  // How far the producer has got, written when it ends: where the next one goes on.
  alignas(apart) std::atomic<uint64_t> left_at;
  sleeper consumer;
  sleeper producer;
};
static_assert(std::atomic<uint64_t>::is_always_lock_free && std::atomic<uint32_t>::is_always_lock_free);

using ring_word = uint64_t;

// 0: not there yet. Else one more than the number of bytes, and what else is to be said of it.
inline constexpr ring_word more_follows = ring_word{1} << 62;  // the message goes on in the next record
inline constexpr ring_word padding = ring_word{1} << 63;  // the next record is at the start of the buffer
inline constexpr ring_word length_bits = (ring_word{1} << 32) - 1;

// Bytes of the buffer that a record takes.
constexpr uint64_t record_size(uint64_t length) {
  return (sizeof(ring_word) + length + sizeof(ring_word) - 1) & ~uint64_t{sizeof(ring_word) - 1};
}

inline constexpr uint64_t smallest_capacity = 1024;

// One ring, as one process has it.
struct ring_place {
  ring_header* header = nullptr;
  char* buffer = nullptr;
  uint64_t capacity = 0;  // 0: there is no room for one

  std::atomic_ref<ring_word> word(uint64_t position) const {
    return std::atomic_ref<ring_word>(*reinterpret_cast<ring_word*>(at(position)));
  }
  char* at(uint64_t position) const { return buffer + (position & (capacity - 1)); }
  uint64_t to_the_end(uint64_t position) const { return capacity - (position & (capacity - 1)); }

  // The longest message that can be shown where it lies: so long that with padding before it, and with what a
  // consumer has not given back yet, there is always room for it in the end.
  uint64_t longest() const { return capacity / 4; }
};

// The ring in `room` bytes from `address` on: the largest that there is room for.
inline ring_place ring_at(char* address, uint64_t room) {
  if (room < sizeof(ring_header) + smallest_capacity) return {};
  return {.header = reinterpret_cast<ring_header*>(address),
          .buffer = address + sizeof(ring_header),
          .capacity = std::bit_floor(room - sizeof(ring_header))};
}

// Has the system give the buffer its pages. For the producer only, and before it sends: nobody else may write
// there, not even what is there already.
inline void touch(const ring_place& ring) {
  constexpr uint64_t smallest_page = 4096;
  for (uint64_t at = 0; at < ring.capacity; at += smallest_page) {
    ring.word(at).fetch_or(0, std::memory_order_relaxed);
  }
}

}  // namespace ipcmark
