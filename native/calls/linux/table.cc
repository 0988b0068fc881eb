#include "calls/linux/table.h"

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
      socket_calls(),
      socket_option_calls(),
      socket_message_calls(),
      netlink_calls(),
      raw_socket_calls(),
      network_calls(),
      readiness_calls(),
      signal_calls(),
      signal_wait_calls(),
      lock_calls(),
      pidfd_calls(),
      pthread_object_calls(),
      futex_calls(),
      eventfd_calls(),
      memory_calls(),
      memory_access_calls(),
      process_memory_calls(),
      splice_calls(),
      io_uring_calls(),
      rpc_calls(),
      posix_object_calls(),
      posix_queue_calls(),
      system_v_calls(),
      system_v_queue_calls(),
      system_v_semaphore_calls(),
      system_v_memory_calls(),
      process_calls(),
      thread_calls(),
      privilege_calls(),
      namespace_calls(),
      repeat_calls(),
      guarded_calls(),
      byte_order_calls(),
      workload_calls(),
  };
  return groups;
}

std::span<const constant_group> constant_groups() {
  static const constant_group groups[] = {
      socket_constants(),
      socket_option_constants(),
      real_time_signals(),
      signal_wait_constants(),
      lock_constants(),
      pidfd_constants(),
      socket_message_constants(),
      netlink_constants(),
      raw_socket_constants(),
      network_constants(),
      namespace_constants(),
      pthread_object_constants(),
      futex_constants(),
      eventfd_constants(),
      memory_constants(),
      splice_constants(),
      io_uring_constants(),
      rpc_constants(),
      posix_object_constants(),
      posix_queue_constants(),
      system_v_constants(),
      system_v_queue_constants(),
      system_v_semaphore_constants(),
      system_v_memory_constants(),
  };
  return groups;
}

}  // namespace ipcmark
