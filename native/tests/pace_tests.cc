// How many messages a phase is given: by the pace of the one before, and never more than its timetable lets.
#include "workloads/pace.h"

#include <vector>

#include "tests/check.h"
#include "tests/tests.h"

namespace ipcmark::tests {

namespace {

constexpr int64_t millisecond = 1'000'000;

void a_phase_fills_its_time() {
  expect(filling(60 * millisecond, 8, {.elapsed_ns = 4 * millisecond}) == 120, "a pace fills the time");
  expect(filling(60 * millisecond, 8, {.elapsed_ns = 4 * millisecond}, 1e6) == 60,
         "no message takes less than what lies between two");
}

// The warm-up is over at once, as it is for a process that had to wait for its processor until all was due.
void a_burst_is_no_pace() {
  phase_cost last{};
  std::vector<uint64_t> phases;
  const workload_options o{.warmup_ns = 0, .measure_ns = 60 * millisecond};
  run_phases(
      o, 32, last,
      [&](uint64_t messages) {
        phases.push_back(messages);
        last.elapsed_ns = phases.size() == 1 ? 1'000 : static_cast<int64_t>(messages) * millisecond;
        return true;
      },
      1e6);
  expect(phases == std::vector<uint64_t>{1, 60}, "a burst does not make the measured phase endless");
}

}  // namespace

void pace_tests() {
  a_phase_fills_its_time();
  a_burst_is_no_pace();
}

}  // namespace ipcmark::tests
