#include "core/clock.h"

#include <algorithm>

namespace ipcmark {

clock_facts measure_clock() {
  constexpr int reads = 20'000;
  int64_t smallest = INT64_MAX;
  const int64_t began = now_ns();
  int64_t before = began;
  for (int i = 0; i < reads; i++) {
    const int64_t t = now_ns();
    if (t > before) smallest = std::min(smallest, t - before);
    before = t;
  }
  return {clock_source, static_cast<double>(before - began) / reads, smallest == INT64_MAX ? 0 : smallest};
}

}  // namespace ipcmark
