// The groups of calls that a Linux peer knows, one per file, and the constants that a file of calls brings
// along.
#pragma once

#include "core/call.h"
#include "core/constant.h"

namespace ipcmark {

call_group file_calls();
call_group pipe_calls();
call_group socket_calls();
call_group socket_option_calls();
call_group socket_message_calls();
call_group netlink_calls();
call_group raw_socket_calls();
call_group network_calls();
call_group readiness_calls();
call_group signal_calls();
call_group signal_wait_calls();
call_group lock_calls();
call_group pidfd_calls();
call_group process_calls();
call_group thread_calls();
call_group privilege_calls();
call_group namespace_calls();
call_group memory_calls();
call_group pthread_object_calls();
call_group futex_calls();
call_group eventfd_calls();
call_group process_memory_calls();
call_group splice_calls();
call_group io_uring_calls();
call_group rpc_calls();
call_group posix_object_calls();
call_group posix_queue_calls();
call_group system_v_calls();
call_group system_v_queue_calls();
call_group system_v_semaphore_calls();
call_group system_v_memory_calls();

// What only one file of calls understands stands in that file; what several share is in constants.cc.
using constant_group = std::span<const constant>;
std::span<const constant_group> constant_groups();
constant_group socket_constants();
constant_group socket_option_constants();
constant_group real_time_signals();
constant_group signal_wait_constants();
constant_group lock_constants();
constant_group pidfd_constants();
constant_group socket_message_constants();
constant_group netlink_constants();
constant_group raw_socket_constants();
constant_group network_constants();
constant_group namespace_constants();
constant_group memory_constants();
constant_group pthread_object_constants();
constant_group futex_constants();
constant_group eventfd_constants();
constant_group splice_constants();
constant_group io_uring_constants();
constant_group rpc_constants();
constant_group posix_object_constants();
constant_group posix_queue_constants();
constant_group system_v_constants();
constant_group system_v_queue_constants();
constant_group system_v_semaphore_constants();
constant_group system_v_memory_constants();

}  // namespace ipcmark
