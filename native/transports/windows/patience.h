// How a side waits that may not wait inside its call: by trying again at once, by letting others run in
// between, or by trying for a while and blocking then. Each transport says how it tries.
#pragma once

#include <cstdint>

#include "os/pause.h"
#include "os/windows.h"
#include "workloads/options.h"

namespace ipcmark {

// Some microseconds of calls: longer than a message needs from one core to another.
inline constexpr unsigned tries_before_blocking = 64;

// After a try that found nothing, the `tries`th in a row.
inline void give_way(waiting how, uint64_t& system_calls) {
  if (how == waiting::yield) {
    system_calls++;
    SwitchToThread();
  } else {
    spin_pause();
  }
}

// Whether who waits in that manner has tried for long enough to block.
inline bool may_block(waiting how, unsigned tries) {
  return how == waiting::block || (how == waiting::adaptive && tries >= tries_before_blocking);
}

}  // namespace ipcmark
