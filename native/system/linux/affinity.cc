#include "core/affinity.h"

#include <sched.h>

#include <algorithm>
#include <cerrno>

#include "os/cpu.h"
#include "os/proc.h"

namespace ipcmark {

namespace {

// False, with the reason in errno, when one of them is not there.
bool mask_of(std::span<const int> cpus, cpu_mask& allowed) {
  for (const int cpu : cpus) {
    // The kernel itself would leave out in silence what is not there.
    if (!std::ranges::any_of(cpu_topology(), [&](const cpu_place& p) { return p.cpu == cpu; })) {
      errno = EINVAL;
      return false;
    }
    CPU_SET_S(static_cast<size_t>(cpu), allowed.size(), allowed.set());
  }
  return true;
}

}  // namespace

bool allow_cpus(std::span<const int> cpus) {
  cpu_mask allowed;
  return mask_of(cpus, allowed) && ::sched_setaffinity(0, allowed.size(), allowed.set()) == 0;
}

bool allow_process_cpus(std::span<const int> cpus) {
  cpu_mask allowed;
  if (!mask_of(cpus, allowed)) return false;
  return std::ranges::all_of(numbers_in("/proc/self/task"), [&](int64_t thread) {
    // One that has ended in the meantime needs no processor.
    const auto id = static_cast<pid_t>(thread);
    return ::sched_setaffinity(id, allowed.size(), allowed.set()) == 0 || errno == ESRCH;
  });
}

}  // namespace ipcmark
