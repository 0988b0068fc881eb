#include "calls/windows/table.h"

#include "core/repeat.h"
#include "workloads/workloads.h"

namespace ipcmark {

std::span<const call_group> call_groups() {
  static const call_group groups[] = {
      file_calls(),    pipe_calls(),      overlapped_calls(), readiness_calls(),
      process_calls(), privilege_calls(), repeat_calls(),     workload_calls(),
  };
  return groups;
}

}  // namespace ipcmark
