// Every process, as NtQuerySystemInformation lists them in one look.
#pragma once

#include <cstdint>
#include <vector>

namespace ipcmark {

struct seen_thread {
  uint32_t state = 0;        // KTHREAD_STATE
  uint32_t wait_reason = 0;  // KWAIT_REASON
  uint64_t switches = 0;
};

struct seen_process {
  int64_t pid = 0;
  int64_t parent = 0;
  uint64_t start_time = 0;  // hundreds of nanoseconds since 1601
  std::vector<seen_thread> threads;
};

std::vector<seen_process> all_processes();

}  // namespace ipcmark
