// What the system shows of a process from outside. Every function is safe on a process that vanishes while it
// is looked at: it is then simply not there.
#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <vector>

#include "core/answer.h"

namespace ipcmark {

struct process_state {
  int64_t pid = 0;
  int64_t parent = 0;
  // When it started, in the system's own unit. With the pid it names one process for good: pids are used
  // again.
  uint64_t start_time = 0;
  // `running`, `sleeping`, `uninterruptible`, `stopped`, `traced`, `zombie`, `dead`, `idle`; `unknown` where
  // the system does not say.
  std::string state;
  // Whether every thread of it waits inside the system. Nothing where the system does not say.
  std::optional<bool> waiting;
  // How often its first thread gave the processor up of its own accord. Nothing where the system does not
  // count.
  std::optional<uint64_t> voluntary_switches;
};

// Nothing when there is no such process. A zombie is still there, and says so.
std::optional<process_state> process_state_of(int64_t pid);

// The same for the process that asks.
process_state own_process_state();

// The direct children, zombies included, in ascending order.
std::vector<int64_t> children_of(int64_t pid);

// As `agent state` and the addon show it.
node to_node(const process_state& state);

}  // namespace ipcmark
