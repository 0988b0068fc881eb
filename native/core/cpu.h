// Where a processor sits in the machine. os/cpu.h has what acts on processors: pinning, and keeping them
// awake.
#pragma once

#include <vector>

#include "core/answer.h"

namespace ipcmark {

// A core and a shared cache are called by the lowest processor that belongs to them, so that two processors
// are SMT siblings, or share a last-level cache, when the numbers are equal.
struct cpu_place {
  int cpu = 0;
  int core = 0;
  int package = 0;
  int node = 0;
  int cache = 0;
};

// Every processor that is online, in ascending order.
std::vector<cpu_place> cpu_topology();

// Those that the calling thread may run on, in ascending order.
std::vector<int> allowed_cpus();

node as_node(const cpu_place& place);

}  // namespace ipcmark
