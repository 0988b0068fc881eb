// The two ends of a ring between one producer and one consumer (ring_memory.h). Neither ever waits: each
// says that there is no room, or no message, and whoever uses it waits as it likes. An end is a value: a
// loop that works on a copy of its own, and puts it back in the end, has it in registers.
#pragma once

#include "core/short_bytes.h"
#include "transports/ring_memory.h"

namespace ipcmark {

class ring_producer {
 public:
  // Goes on where the last one on this memory stopped.
  explicit ring_producer(const ring_place& place) : ring_(place) {
    head_ = ring_.header->left_at.load(std::memory_order_acquire);
    taken_ = ring_.header->taken.load(std::memory_order_acquire);
    damaged = head_ % sizeof(ring_word) != 0 || head_ - taken_ > ring_.capacity;
    if (damaged) head_ = 0, taken_ = head_ - ring_.capacity;  // full
    held_at_ = head_;
  }
  // For whoever comes next.
  void leave() const { ring_.header->left_at.store(head_, std::memory_order_release); }

  // Where a message of that length is to be written; nothing while there is no room for it.
  char* reserve(uint64_t length) {
    if (ring_.to_the_end(head_) < record_size(length)) [[unlikely]] {
      const uint64_t rest = ring_.to_the_end(head_);
      if (!has_room(rest)) return nullptr;
      append(padding | 1, rest);
    }
    if (!has_room(record_size(length))) [[unlikely]]
      return nullptr;
    return ring_.at(head_) + sizeof(ring_word);
  }
  // It is written. The consumer finds it once it is published.
  void commit(uint64_t length, ring_word flags = 0) { append(flags | (length + 1), record_size(length)); }
  // All that was committed, at once: the word of the first record is the gate to the others.
  void publish() {
    if (held_at_ == head_) return;
    ring_.word(held_at_).store(held_word_, std::memory_order_release);
    held_at_ = head_;
  }
  uint64_t held() const { return head_ - held_at_; }
  uint64_t longest() const { return ring_.longest(); }

  // Set when the consumer says what cannot be.
  bool damaged = false;

 private:
  void append(ring_word word, uint64_t size) {
    ring_.word(head_ + size).store(0, std::memory_order_relaxed);
    if (held_at_ == head_) {
      held_word_ = word;
    } else {
      ring_.word(head_).store(word, std::memory_order_relaxed);
    }
    head_ += size;
  }
  // The next record's word needs room as well. The consumer's own word is looked at only when what it said
  // last is not enough.
  bool has_room(uint64_t size) {
    if (fits(size)) [[likely]]
      return true;
    if (damaged) return false;
    taken_ = ring_.header->taken.load(std::memory_order_acquire);
    if (head_ - taken_ > ring_.capacity) damaged = true, taken_ = head_ - ring_.capacity;
    return fits(size);
  }
  bool fits(uint64_t size) const { return head_ + size + sizeof(ring_word) - taken_ <= ring_.capacity; }

  ring_place ring_;
  uint64_t head_;
  uint64_t taken_;
  uint64_t held_at_;  // the first record that is not published, or `head_`
  ring_word held_word_ = 0;
};

class ring_consumer {
 public:
  struct message {
    const char* bytes = nullptr;  // nothing: none is there
    uint64_t length = 0;
    bool more_follows = false;
  };

  explicit ring_consumer(const ring_place& place) : ring_(place), give_back_after_(place.capacity / 4) {
    taken_ = position_ = ring_.header->taken.load(std::memory_order_acquire);
    damaged = position_ % sizeof(ring_word) != 0;
    if (damaged) taken_ = position_ = 0;
  }
  // For whoever comes next: all that was given back is.
  void leave() { publish(); }

  // Whether there is something to look at; `next` may find that it is padding.
  bool ready() const { return ring_.word(position_).load(std::memory_order_relaxed) != 0; }

  // The next message, where it lies: it stays there until it is given back.
  message next() {
    ring_word word = ring_.word(position_).load(std::memory_order_acquire);
    if (word & padding) [[unlikely]] {
      position_ += ring_.to_the_end(position_);
      word = ring_.word(position_).load(std::memory_order_acquire);
    }
    if (word == 0) return {};
    const uint64_t length = (word & length_bits) - 1;
    size_ = record_size(length);
    if ((word & ~(length_bits | more_follows)) != 0 || length > ring_.capacity ||
        size_ > ring_.to_the_end(position_)) [[unlikely]] {
      damaged = true;
      return {};
    }
    return {ring_.at(position_) + sizeof(ring_word), length, (word & more_follows) != 0};
  }
  // The same where a whole message of that length is known to come next; nothing where something else lies
  // there, or nothing yet.
  const char* next_of(uint64_t length) {
    if (ring_.word(position_).load(std::memory_order_acquire) != length + 1) [[unlikely]]
      return nullptr;
    size_ = record_size(length);
    return size_ <= ring_.to_the_end(position_) ? ring_.at(position_) + sizeof(ring_word) : nullptr;
  }
  // The producer is told by and by: each time costs it a cache line.
  bool give_back() {
    position_ += size_;
    if (position_ - taken_ < give_back_after_) [[likely]]
      return false;
    publish();
    return true;
  }

  // Set when the producer has written what cannot be.
  bool damaged = false;

 private:
  void publish() {
    taken_ = position_;
    ring_.header->taken.store(taken_, std::memory_order_release);
  }

  ring_place ring_;
  uint64_t give_back_after_;
  uint64_t position_;
  uint64_t taken_;  // as the producer was last told
  uint64_t size_ = 0;
};

}  // namespace ipcmark
