#include "calls/windows/table.h"

#include "calls/byte_order.h"
#include "core/guarded.h"
#include "core/memory.h"
#include "core/repeat.h"
#include "workloads/workloads.h"

namespace ipcmark {

std::span<const call_group> call_groups() {
  static const call_group groups[] = {
      file_calls(),
      pipe_calls(),
      overlapped_calls(),
      readiness_calls(),
      process_calls(),
      socket_calls(),
      socket_option_calls(),
      privilege_calls(),
      memory_calls(),
      memory_access_calls(),
      library_calls(),
      lock_calls(),
      signal_calls(),
      synchronisation_calls(),
      window_message_calls(),
      mailslot_calls(),
      rpc_calls(),
      repeat_calls(),
      guarded_calls(),
      byte_order_calls(),
      workload_calls(),
  };
  return groups;
}

std::span<const constant_group> constant_groups() {
  static const constant_group groups[] = {
      process_constants(),  memory_constants(),          lock_constants(),
      signal_constants(),   synchronisation_constants(), window_message_constants(),
      mailslot_constants(), socket_constants(),          socket_option_constants(),
  };
  return groups;
}

}  // namespace ipcmark
