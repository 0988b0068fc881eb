// Memory for a ring, all zeros, and behind it bytes that nobody may touch.
#pragma once

#include <cstring>
#include <memory>
#include <new>

#include "tests/check.h"
#include "transports/ring_memory.h"

namespace ipcmark::tests {

class memory {
 public:
  explicit memory(uint64_t room)
      : room_(room), bytes_(static_cast<char*>(::operator new(room + border, line))) {
    std::memset(bytes_, 0, room);
    std::memset(bytes_ + room, mark, border);
  }
  memory(const memory&) = delete;
  memory& operator=(const memory&) = delete;
  ~memory() {
    for (uint64_t i = 0; i < border; i++)
      expect(bytes_[room_ + i] == mark, "nothing writes behind the memory");
    ::operator delete(bytes_, line);
  }

  char* bytes() const { return bytes_; }
  uint64_t room() const { return room_; }
  int64_t handle() const { return static_cast<int64_t>(reinterpret_cast<intptr_t>(bytes_)); }
  ring_place ring() const { return ring_at(bytes_, room_); }

 private:
  static constexpr std::align_val_t line{apart};
  static constexpr uint64_t border = 4096;
  static constexpr char mark = 0x5a;

  uint64_t room_;
  char* bytes_;
};

}  // namespace ipcmark::tests
