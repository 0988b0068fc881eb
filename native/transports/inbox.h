// Where messages of one size arrive several at a time and lie until they have been read. There is room for
// whole messages only, so that none ever goes over its end.
#pragma once

#include <algorithm>
#include <cstddef>
#include <vector>

namespace ipcmark {

// How many messages a call takes: as many as are worth while, and of the long ones few.
inline size_t messages_at_a_time(size_t size) {
  constexpr size_t most = 64, most_bytes = 256 << 10;
  return std::clamp<size_t>(most_bytes / std::max<size_t>(size, 1), 1, most);
}

// What is said of a receive that asks for another length than the messages have.
inline constexpr const char* other_length = "a message is not as long as those that were announced";

class inbox {
 public:
  inbox(size_t size, size_t most) : size_(std::max<size_t>(size, 1)), bytes_(size * most) {}

  size_t size() const { return size_; }
  // The first message that nobody has read; nothing when there is none, or not all of it.
  const char* next() const { return came_ - taken_ >= size_ ? bytes_.data() + taken_ : nullptr; }
  void give_back() {
    taken_ += size_;
    if (taken_ == came_) taken_ = came_ = 0;
  }

  char* room() { return bytes_.data() + came_; }
  size_t left() const { return bytes_.size() - came_; }
  void came(size_t bytes) { came_ += bytes; }

 private:
  size_t size_;
  std::vector<char> bytes_;
  size_t taken_ = 0;
  size_t came_ = 0;
};

}  // namespace ipcmark
