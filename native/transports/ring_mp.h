// `ring-mp`: a ring in shared memory with many producers and one consumer. All of them are told the same
// memory, by its address and the option `room`; whoever sends is a producer, and the one who receives is the
// consumer. One way only.
//
// A producer claims the place of its record by one addition, which settles the order, waits until the
// consumer has given that place back, and fills it. Records begin with a cache line, so that no two producers
// write to one, and may wrap. A record is there once its word, the first of its lines, says how long it is;
// the consumer makes the first word of every line zero again, whatever lay in it, before it gives the lines
// back.
//
// A consumer may sleep until a producer rings. Producers that find the ring full give way to others: there is
// no bell that would ring for the right one of them. A producer that dies between claim and word stops all of
// them, as one that dies with a lock would.
#pragma once

#include <algorithm>
#include <string>

#include "core/short_bytes.h"
#include "transports/ring_memory.h"
#include "transports/ring_waits.h"
#include "transports/transport.h"

namespace ipcmark {

class ring_mp {
 public:
  explicit ring_mp(const link_spec& link);
  ring_mp(const ring_mp&) = delete;
  ring_mp& operator=(const ring_mp&) = delete;
  ~ring_mp() {
    if (receives_ && ring_.capacity > 0) give_back();
  }

  bool send(const char* data, size_t length) {
    const uint64_t size = lines_for(length);
    const uint64_t at = header().claimed.fetch_add(size, std::memory_order_relaxed);
    if (at % line != 0) [[unlikely]]
      return nonsense("what counts the places in the ring is no place");
    if (at + size - taken_ > ring_.capacity && !wait_for_room(at + size)) [[unlikely]]
      return false;
    const uint64_t first = std::min<uint64_t>(length, ring_.to_the_end(at) - sizeof(ring_word));
    copy_bytes(ring_.at(at) + sizeof(ring_word), data, first);
    if (first < length) [[unlikely]]
      copy_bytes(ring_.buffer, data + first, length - first);
    ring_.word(at).store(length + 1, std::memory_order_release);
    return waits_.wake(ring_.header->consumer) || bell_failed();
  }

  bool recv(char* data, size_t length) {
    const ring_word word = ring_.word(position_).load(std::memory_order_acquire);
    if (word == 0) [[unlikely]]
      return wait_for_message() && recv(data, length);
    if (word != length + 1) [[unlikely]]
      return nonsense("a message in the ring is not as long as it has to be");
    const uint64_t first = std::min<uint64_t>(length, ring_.to_the_end(position_) - sizeof(ring_word));
    copy_bytes(data, ring_.at(position_) + sizeof(ring_word), first);
    if (first < length) [[unlikely]]
      copy_bytes(data + first, ring_.buffer, length - first);
    for (const uint64_t end = position_ + lines_for(length); position_ < end; position_ += line) {
      ring_.word(position_).store(0, std::memory_order_relaxed);
    }
    if (position_ - taken_ >= ring_.capacity / 4) [[unlikely]]
      give_back();
    return true;
  }

  bool calls_known() const { return waits_.calls_known(); }

  std::string unsupported;
  transfer_failure failure;
  uint64_t system_calls = 0;

 private:
  static constexpr uint64_t line = 64;
  static constexpr uint64_t lines_for(uint64_t length) {
    return (sizeof(ring_word) + length + line - 1) & ~(line - 1);
  }

  // The word that one producer keeps for the next one is here what all of them claim by.
  struct shared_header {
    alignas(apart) std::atomic<uint64_t> taken;
    alignas(apart) std::atomic<uint64_t> claimed;
  };
  static_assert(sizeof(shared_header) <= sizeof(ring_header));
  shared_header& header() const { return *reinterpret_cast<shared_header*>(ring_.header); }

  void give_back() {
    taken_ = position_;
    header().taken.store(taken_, std::memory_order_release);
  }
  bool wait_for_room(uint64_t end);
  bool wait_for_message();
  bool bell_failed() { return failure = waits_.failure(), false; }
  bool nonsense(const char* what) { return failure = {.nonsense = what}, false; }

  ring_place ring_;
  ring_waits waits_;
  bool receives_;
  uint64_t position_ = 0;
  uint64_t taken_ = 0;  // as the producers were last told, or as this one was
};

}  // namespace ipcmark
