// Two processes that take turns by locks alone, each of which only its holder can release. There are three.
// Whoever has the turn holds two of them, and the other side the third; it releases the one that it has held
// for longer, for which the other waits, and then waits itself for the one that the other holds. So every
// turn is one release and one acquisition, and no order in which locks are granted can break the
// alternation: whoever has passed the turn on asks for a lock that the other releases only at the end of its
// own.
#pragma once

#include <array>
#include <cstddef>
#include <memory>

#include "transports/bell.h"
#include "workloads/rounds.h"

namespace ipcmark {

// `acquire` and `release` count their calls and say how they failed in the bell that they are given.
template <class Lock>
class baton final : public bell {
 public:
  baton(std::span<const int64_t> locks, bool leads)
      : locks_{Lock(locks[0]), Lock(locks[1]), Lock(locks[2])},
        leads_(leads),
        releases_(leads ? 0 : 1),
        acquires_(leads ? 1 : 0) {}

  bool prepare() override {
    return leads_ ? locks_[0].acquire(*this) && locks_[2].acquire(*this) : locks_[1].acquire(*this);
  }
  bool finish() override {
    return locks_[releases_].release(*this) && (!leads_ || locks_[(releases_ + 2) % 3].release(*this));
  }
  bool ring() override {
    if (!locks_[releases_].release(*this)) return false;
    releases_ = (releases_ + 2) % 3;
    return true;
  }
  bool wait() override {
    if (!locks_[acquires_].acquire(*this)) return false;
    acquires_ = (acquires_ + 2) % 3;
    return true;
  }
  attempt try_wait() override {
    const attempt a = locks_[acquires_].try_acquire(*this);
    if (a == attempt::rung) acquires_ = (acquires_ + 2) % 3;
    return a;
  }

 private:
  std::array<Lock, 3> locks_;
  bool leads_;
  // The turns are numbered, and each is that of the lock with its number modulo three: this side ends every
  // other one and begins those between.
  size_t releases_;
  size_t acquires_;
};

template <class Lock>
constexpr bell_facts baton_of(std::string_view name, bool tells_calls = true) {
  return {name,
          tells_calls,
          3,
          true,
          rounds_of<baton<Lock>>,
          [](std::span<const int64_t> locks, bool leads) -> std::unique_ptr<bell> {
            return std::make_unique<baton<Lock>>(locks, leads);
          }};
}

}  // namespace ipcmark
