#include "os/proc.h"

#include "os/windows.h"

#include <winternl.h>

#include <cstddef>
#include <cstring>

namespace ipcmark {

namespace {

constexpr auto too_small = static_cast<NTSTATUS>(0xc0000004);  // STATUS_INFO_LENGTH_MISMATCH

// Two members that every Windows has, and that not every <winternl.h> names: behind the three counters after
// the list's own two numbers, and behind the process's number.
constexpr size_t create_time_at = 2 * sizeof(ULONG) + 3 * sizeof(LARGE_INTEGER);
constexpr size_t parent_at = offsetof(SYSTEM_PROCESS_INFORMATION, UniqueProcessId) + sizeof(HANDLE);

template <class T>
T read_at(const std::byte* at) {
  T read;
  std::memcpy(&read, at, sizeof read);
  return read;
}

int64_t number_of(HANDLE id) { return static_cast<int64_t>(reinterpret_cast<intptr_t>(id)); }

std::vector<std::byte> system_processes() {
  std::vector<std::byte> list(1 << 18);
  for (;;) {
    ULONG needed = 0;
    const NTSTATUS status = NtQuerySystemInformation(SystemProcessInformation, list.data(),
                                                     static_cast<ULONG>(list.size()), &needed);
    if (status >= 0) return list;
    if (status != too_small) return {};
    list.resize(list.size() * 2);
  }
}

seen_process process_at(const std::byte* at) {
  const auto* p = reinterpret_cast<const SYSTEM_PROCESS_INFORMATION*>(at);
  seen_process seen;
  seen.pid = number_of(p->UniqueProcessId);
  seen.parent = number_of(read_at<HANDLE>(at + parent_at));
  seen.start_time = read_at<uint64_t>(at + create_time_at);
  const auto* threads = reinterpret_cast<const SYSTEM_THREAD_INFORMATION*>(p + 1);
  for (ULONG i = 0; i < p->NumberOfThreads; i++) {
    seen.threads.push_back(
        {threads[i].ThreadState, threads[i].WaitReason, threads[i].Reserved3});  // ContextSwitches
  }
  return seen;
}

}  // namespace

std::vector<seen_process> all_processes() {
  const std::vector<std::byte> list = system_processes();
  std::vector<seen_process> all;
  for (size_t at = 0; at < list.size();) {
    all.push_back(process_at(list.data() + at));
    const ULONG next = reinterpret_cast<const SYSTEM_PROCESS_INFORMATION*>(list.data() + at)->NextEntryOffset;
    if (next == 0) break;
    at += next;
  }
  return all;
}

}  // namespace ipcmark
