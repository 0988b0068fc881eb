// How two processes with memory in common agree on what comes next: the one that leads says, and both wait
// for each other by looking.
#pragma once

#include <atomic>
#include <cstddef>
#include <cstdint>

#include "core/apart.h"
#include "os/baseline.h"
#include "workloads/plan.h"

namespace ipcmark {

// Tries until it has come. It gives way once that takes longer than any answer that is under way: the other
// side may be waiting for this processor. Answers how often it did.
template <class Come>
uint64_t spin_until(Come come) {
  constexpr int patience = 10'000;
  uint64_t gave_way = 0;
  for (int tries = 0; !come();) {
    if (tries < patience) {
      tries++;
    } else {
      give_way();
      gave_way++;
    }
  }
  return gave_way;
}

// All zeros at the beginning.
class phase_board {
 public:
  void announce(const plan& p) {
    next_ = p;
    phase_.fetch_add(1, std::memory_order_release);
  }
  // Phases count up from 1.
  plan await(uint64_t phase) {
    while (phase_.load(std::memory_order_acquire) != phase) give_way();
    return next_;
  }

 private:
  alignas(apart) std::atomic<uint64_t> phase_;
  plan next_;  // good once the phase has been counted up
};
static_assert(std::atomic<uint64_t>::is_always_lock_free);

}  // namespace ipcmark
