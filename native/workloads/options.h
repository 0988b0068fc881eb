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

struct workload_options {
  size_t size = 0;
  // The side that leads decides how long.
  int64_t warmup_ns = 20'000'000;
  int64_t measure_ns = 100'000'000;
  uint64_t messages = 0;  // not 0: exactly so many, without a warm-up
  uint64_t batches = 20;
  // Either side.
  int cpu = -1;
  std::vector<int> awake;
  waiting wait = waiting::block;
  std::string method;  // how messages cross into the kernel; empty: each by a call of its own
};

inline constexpr int64_t largest_message = 16 << 20;

using option_list = std::vector<std::pair<std::string, value>>;

// False, with a sentence, on an option that is not known, is out of range, is given twice, or is the other
// side's.
bool read_options(const option_list& given, bool leads, workload_options& to, std::string& why);

}  // namespace ipcmark
