#include "core/affinity.h"

#include "os/windows.h"

namespace ipcmark {

namespace {

constexpr int group_width = 64;

}  // namespace

bool allow_cpus(std::span<const int> cpus) {
  GROUP_AFFINITY here{};
  if (!GetThreadGroupAffinity(GetCurrentThread(), &here)) return false;
  DWORD_PTR allowed = 0;
  for (const int cpu : cpus) {
    // A process's mask speaks of the group that it runs in.
    if (cpu < 0 || cpu / group_width != here.Group) return SetLastError(ERROR_INVALID_PARAMETER), false;
    allowed |= DWORD_PTR{1} << (cpu % group_width);
  }
  return SetProcessAffinityMask(GetCurrentProcess(), allowed) != 0;
}

bool allow_process_cpus(std::span<const int> cpus) { return allow_cpus(cpus); }

}  // namespace ipcmark
