// The one monotonic clock. On Windows it is QueryPerformanceCounter, by way of os/clock.h.
#pragma once

#include <cstdint>

#include "os/clock.h"

namespace ipcmark {

// What reading the clock costs, and its smallest step that was seen: reported beside every figure, never
// subtracted.
struct clock_facts {
  const char* source;
  double cost_ns;
  int64_t resolution_ns;
};
clock_facts measure_clock();

}  // namespace ipcmark
