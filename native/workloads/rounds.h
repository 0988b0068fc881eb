// The loops of a hand-over, compiled for each bell by itself: after a switch from process to process no
// branch is predicted, and a call through a table costs as much as the call that it leads to.
#pragma once

#include <cstdint>

#include "core/clock.h"
#include "core/histogram.h"
#include "transports/bell.h"

namespace ipcmark {

template <class Hands>
bool initiate_rounds(Hands&& both, uint64_t rounds, histogram& times) {
  for (uint64_t i = 0; i < rounds; i++) {
    const int64_t began = now_ns();
    if (!both.ring() || !both.wait()) [[unlikely]]
      return false;
    times.record(now_ns() - began);
  }
  return true;
}

template <class Hands>
bool respond_rounds(Hands&& both, uint64_t rounds) {
  for (uint64_t i = 0; i < rounds; i++) {
    if (!both.wait() || !both.ring()) [[unlikely]]
      return false;
  }
  return true;
}

template <class Bell>
struct hands_of {
  Bell& theirs;
  Bell& own;
  hands_of(bell& rung, bell& waited_for)
      : theirs(static_cast<Bell&>(rung)), own(static_cast<Bell&>(waited_for)) {}
  bool ring() { return theirs.ring(); }
  bool wait() { return own.wait(); }
};

template <class Bell>
inline constexpr bell_rounds rounds_of = {
    [](bell& theirs, bell& own, uint64_t rounds, histogram& times) {
      return initiate_rounds(hands_of<Bell>(theirs, own), rounds, times);
    },
    [](bell& theirs, bell& own, uint64_t rounds) {
      return respond_rounds(hands_of<Bell>(theirs, own), rounds);
    },
};

}  // namespace ipcmark
