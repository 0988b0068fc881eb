// How a workload is asked for: a list of pairs, such as [[size 64] [measure-ms 100] [cpu 0]].
#pragma once

#include <cstdint>
#include <string>
#include <utility>
#include <vector>

#include "core/value.h"

namespace ipcmark {

// What a side does that has to wait: `waits` in harness/model.ts says what each means.
enum class waiting { block, epoll, spin, yield, adaptive };

// What a side that sleeps on shared memory is woken by: a bell's name, and the handles that it stands on.
struct bell_option {
  std::string name;
  std::vector<int64_t> handles;
};

struct workload_options {
  size_t size = 0;
  // The side that leads decides how long.
  int64_t warmup_ns = 20'000'000;
  int64_t measure_ns = 100'000'000;
  uint64_t messages = 0;  // not 0: exactly so many, without a warm-up
  uint64_t batches = 20;
  uint64_t rate = 0;  // messages a second, where they leave at a rate
  // By how much each message is held up, to see whether that is noticed.
  int64_t inject_ns = 0;
  // Either side.
  int cpu = -1;
  std::vector<int> awake;
  waiting wait = waiting::block;
  std::string to;      // where a transport sends to that says so with each send
  std::string method;  // how messages cross into the kernel; empty: each by a call of its own
  // Shared memory: how much there is behind a handle, and what wakes this side and the other.
  uint64_t room = 0;
  int64_t board = 0;       // where two sides agree that carry nothing
  bool untouched = false;  // its pages are not touched before they are measured
  bell_option rung_by;
  bell_option rings;
  // Fan: when figures begin and when producers stop, by the system's clock; which of the producers this one
  // is; how many producers say that they end, or to how many consumers this one says so on each link; and
  // whether others take from the same end.
  int64_t measure_at = 0;
  int64_t stop_at = 0;
  uint64_t sender = 0;
  uint64_t ends = 1;
  bool shared = false;
};

inline constexpr int64_t most_peers = 64;

inline constexpr int64_t largest_message = 16 << 20;

using option_list = std::vector<std::pair<std::string, value>>;

// False, with a sentence, on an option that is not known, is out of range, is given twice, or is the other
// side's.
bool read_options(const option_list& given, bool leads, workload_options& to, std::string& why);

}  // namespace ipcmark
