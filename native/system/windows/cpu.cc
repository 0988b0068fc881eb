#include "os/cpu.h"

#include <algorithm>
#include <bit>
#include <future>
#include <optional>

#include "os/error.h"

namespace ipcmark {

namespace {

constexpr int group_width = 64;

// Calls `see` with every record of one relation; there are none where the system does not know it.
template <class See>
void each_relation(LOGICAL_PROCESSOR_RELATIONSHIP relation, See see) {
  DWORD length = 0;
  GetLogicalProcessorInformationEx(relation, nullptr, &length);
  std::vector<std::byte> buffer(length);
  auto* first = reinterpret_cast<SYSTEM_LOGICAL_PROCESSOR_INFORMATION_EX*>(buffer.data());
  if (length == 0 || !GetLogicalProcessorInformationEx(relation, first, &length)) return;
  for (DWORD at = 0; at < length;) {
    const auto* record = reinterpret_cast<const SYSTEM_LOGICAL_PROCESSOR_INFORMATION_EX*>(buffer.data() + at);
    see(*record);
    at += record->Size;
  }
}

int first_cpu(const GROUP_AFFINITY& affinity) {
  return affinity.Group * group_width + std::countr_zero(static_cast<uint64_t>(affinity.Mask));
}

bool contains(const GROUP_AFFINITY& affinity, int cpu) {
  return cpu / group_width == affinity.Group && (affinity.Mask >> (cpu % group_width) & 1) != 0;
}

// Wine lets the priority be set and does nothing with it: a spinner would take half of its processor.
bool honours_idle_priority() {
  const HMODULE ntdll = GetModuleHandleA("ntdll.dll");
  return ntdll == nullptr || GetProcAddress(ntdll, "wine_get_version") == nullptr;
}

std::optional<GROUP_AFFINITY> affinity_of(int cpu) {
  if (cpu < 0) return std::nullopt;
  GROUP_AFFINITY only{};
  only.Group = static_cast<WORD>(cpu / group_width);
  only.Mask = KAFFINITY{1} << (cpu % group_width);
  return only;
}

}  // namespace

std::vector<cpu_place> cpu_topology() {
  std::vector<cpu_place> places;
  each_relation(RelationProcessorCore, [&](const auto& record) {
    for (WORD i = 0; i < record.Processor.GroupCount; i++) {
      const GROUP_AFFINITY& group = record.Processor.GroupMask[i];
      const int core = first_cpu(group);
      for (int bit = 0; bit < group_width; bit++) {
        const int cpu = group.Group * group_width + bit;
        if (contains(group, cpu)) places.push_back({.cpu = cpu, .core = core, .cache = core});
      }
    }
  });
  std::ranges::sort(places, {}, &cpu_place::cpu);
  int package = 0;
  each_relation(RelationProcessorPackage, [&](const auto& record) {
    for (cpu_place& p : places) {
      for (WORD i = 0; i < record.Processor.GroupCount; i++) {
        if (contains(record.Processor.GroupMask[i], p.cpu)) p.package = package;
      }
    }
    package++;
  });
  each_relation(RelationNumaNode, [&](const auto& record) {
    for (cpu_place& p : places) {
      if (contains(record.NumaNode.GroupMask, p.cpu)) p.node = static_cast<int>(record.NumaNode.NodeNumber);
    }
  });
  BYTE widest = 0;
  each_relation(RelationCache, [&](const auto& record) { widest = std::max(widest, record.Cache.Level); });
  each_relation(RelationCache, [&](const auto& record) {
    if (record.Cache.Level != widest) return;
    for (cpu_place& p : places) {
      if (contains(record.Cache.GroupMask, p.cpu)) p.cache = first_cpu(record.Cache.GroupMask);
    }
  });
  return places;
}

// A process begins in one group, and its mask speaks of that one.
std::vector<int> allowed_cpus() {
  std::vector<int> cpus;
  DWORD_PTR process = 0, system = 0;
  GROUP_AFFINITY here{};
  if (!GetProcessAffinityMask(GetCurrentProcess(), &process, &system)) return cpus;
  GetThreadGroupAffinity(GetCurrentThread(), &here);
  here.Mask = process;
  for (int bit = 0; bit < group_width; bit++) {
    const int cpu = here.Group * group_width + bit;
    if (contains(here, cpu)) cpus.push_back(cpu);
  }
  return cpus;
}

bool pinned::pin(int cpu) {
  const auto only = affinity_of(cpu);
  if (!only) return SetLastError(ERROR_INVALID_PARAMETER), false;
  GROUP_AFFINITY before{};
  if (!SetThreadGroupAffinity(GetCurrentThread(), &*only, &before)) return false;
  if (!pinned_) before_ = before;
  return pinned_ = true;
}

pinned::~pinned() {
  if (pinned_) SetThreadGroupAffinity(GetCurrentThread(), &before_, nullptr);
}

bool awake_cores::keep(std::span<const int> cpus, std::string& why) {
  if (!cpus.empty() && !honours_idle_priority()) {
    return why = "Wine ignores THREAD_PRIORITY_IDLE, so that what keeps a processor awake would slow it down",
           false;
  }
  for (const int cpu : cpus) {
    std::promise<DWORD> ready;
    std::future<DWORD> outcome = ready.get_future();
    spinners_.emplace_back([this, cpu, ready = std::move(ready)]() mutable {
      const auto only = affinity_of(cpu);
      const bool placed = only && SetThreadGroupAffinity(GetCurrentThread(), &*only, nullptr) &&
                          SetThreadPriority(GetCurrentThread(), THREAD_PRIORITY_IDLE);
      ready.set_value(placed ? ERROR_SUCCESS : only ? GetLastError() : ERROR_INVALID_PARAMETER);
      while (placed && !ending_.load(std::memory_order_relaxed)) YieldProcessor();
    });
    if (const DWORD error = outcome.get(); error != ERROR_SUCCESS) {
      return why = "processor " + std::to_string(cpu) + " cannot be kept awake: " + error_name(error), false;
    }
  }
  return true;
}

awake_cores::~awake_cores() {
  ending_ = true;
  for (std::thread& spinner : spinners_) spinner.join();
}

}  // namespace ipcmark
