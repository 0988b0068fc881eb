#include "os/usage.h"

#include <psapi.h>
#include <winternl.h>

#include <vector>

namespace ipcmark {

namespace {

int64_t nanoseconds(const FILETIME& t) {
  return static_cast<int64_t>(uint64_t{t.dwHighDateTime} << 32 | t.dwLowDateTime) * 100;
}

constexpr DWORD every_thread = 0;

// The context switches of a process, or of one thread of it.
int64_t switches_of(DWORD process, DWORD thread) {
  std::vector<std::byte> buffer(1 << 18);
  NTSTATUS status;
  ULONG needed = 0;
  while ((status = NtQuerySystemInformation(SystemProcessInformation, buffer.data(),
                                            static_cast<ULONG>(buffer.size()),
                                            &needed)) == static_cast<NTSTATUS>(0xc0000004)) {  // too small
    buffer.resize(buffer.size() * 2);
  }
  if (status < 0) return 0;
  for (size_t at = 0;;) {
    const auto* p = reinterpret_cast<const SYSTEM_PROCESS_INFORMATION*>(buffer.data() + at);
    if (reinterpret_cast<uintptr_t>(p->UniqueProcessId) == process) {
      const auto* threads = reinterpret_cast<const SYSTEM_THREAD_INFORMATION*>(p + 1);
      int64_t switches = 0;
      for (ULONG i = 0; i < p->NumberOfThreads; i++) {
        const bool counts =
            thread == every_thread || reinterpret_cast<uintptr_t>(threads[i].ClientId.UniqueThread) == thread;
        if (counts) switches += threads[i].Reserved3;  // ContextSwitches
      }
      return switches;
    }
    if (p->NextEntryOffset == 0) return 0;
    at += p->NextEntryOffset;
  }
}

usage with_times(const FILETIME& kernel, const FILETIME& user, HANDLE process, int64_t switches) {
  PROCESS_MEMORY_COUNTERS memory{};
  GetProcessMemoryInfo(process, &memory, sizeof memory);
  return {
      .user_ns = nanoseconds(user),
      .system_ns = nanoseconds(kernel),
      .voluntary_switches = switches,
      .minor_faults = memory.PageFaultCount,
      .max_rss_kib = static_cast<int64_t>(memory.PeakWorkingSetSize / 1024),
  };
}

}  // namespace

usage usage_of(HANDLE process) {
  FILETIME created{}, exited{}, kernel{}, user{};
  GetProcessTimes(process, &created, &exited, &kernel, &user);
  return with_times(kernel, user, process, switches_of(GetProcessId(process), every_thread));
}

usage process_usage() { return usage_of(GetCurrentProcess()); }

usage thread_usage() {
  FILETIME created{}, exited{}, kernel{}, user{};
  GetThreadTimes(GetCurrentThread(), &created, &exited, &kernel, &user);
  return with_times(kernel, user, GetCurrentProcess(),
                    switches_of(GetCurrentProcessId(), GetCurrentThreadId()));
}

}  // namespace ipcmark
