// How many messages a workload carries: phases that double warm it up, and the pace of the last one says how
// many fill the time that is to be measured.
#pragma once

#include <algorithm>
#include <cstdint>

#include "core/clock.h"
#include "workloads/options.h"
#include "workloads/side.h"

namespace ipcmark {

// As many as took `ns` at the pace of a phase of `messages`, of which none takes less than `least_ns`.
inline uint64_t filling(int64_t ns, uint64_t messages, const phase_cost& cost, double least_ns = 0) {
  const double each =
      static_cast<double>(std::max<int64_t>(1, cost.elapsed_ns)) / static_cast<double>(messages);
  return static_cast<uint64_t>(static_cast<double>(ns) / std::max(each, least_ns));
}

// Runs `phase(messages)` until one is worth reporting; the last is the one that counts. A stall during the
// warm-up makes the pace seem slower than it is: a phase that was over too soon says what the pace is, and is
// followed by another. Where messages have times to leave at, `least_ns` is what lies between two: a phase
// that was kept from its processor sends all of them at once, and its pace is none.
template <class Phase>
bool run_phases(const workload_options& o, uint64_t fewest, const phase_cost& last, Phase phase,
                double least_ns = 0) {
  if (o.messages > 0) return phase(o.messages);
  uint64_t messages = 1;
  for (const int64_t began = now_ns();; messages *= 2) {
    if (!phase(messages)) return false;
    if (now_ns() - began >= o.warmup_ns) break;
  }
  constexpr int most_attempts = 5;
  for (int attempt = 0; attempt < most_attempts; attempt++) {
    messages = std::max(fewest, filling(o.measure_ns, messages, last, least_ns));
    if (!phase(messages)) return false;
    if (last.elapsed_ns >= o.measure_ns / 4 * 3) break;
  }
  return true;
}

}  // namespace ipcmark
