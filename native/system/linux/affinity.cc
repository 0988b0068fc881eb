#include "core/affinity.h"

#include <sched.h>

#include <algorithm>
#include <cerrno>

#include "os/cpu.h"

namespace ipcmark {

bool allow_cpus(std::span<const int> cpus) {
  cpu_mask allowed;
  for (const int cpu : cpus) {
    // The kernel itself would leave out in silence what is not there.
    if (!std::ranges::any_of(cpu_topology(), [&](const cpu_place& p) { return p.cpu == cpu; })) {
      errno = EINVAL;
      return false;
    }
    CPU_SET_S(static_cast<size_t>(cpu), allowed.size(), allowed.set());
  }
  return ::sched_setaffinity(0, allowed.size(), allowed.set()) == 0;
}

}  // namespace ipcmark
