// The groups of calls that a Windows peer knows, one per file, and the constants that a file of calls brings
// along. Calls go by their Win32 names; texts are UTF-8
// here and UTF-16 in the system, so it is the W variant that is called.
#pragma once

#include <string>

#include "core/call.h"
#include "core/constant.h"
#include "os/text.h"
#include "os/windows.h"

namespace ipcmark {

call_group file_calls();
call_group pipe_calls();
call_group overlapped_calls();
call_group process_calls();
call_group readiness_calls();
call_group privilege_calls();
call_group memory_calls();
call_group library_calls();
call_group lock_calls();
call_group signal_calls();
call_group synchronisation_calls();
call_group window_message_calls();
call_group mailslot_calls();
// Of Microsoft RPC; none where the agent was built without midl or widl.
call_group rpc_calls();
call_group socket_calls();
call_group socket_option_calls();

// A file of calls may bring constants along that only it needs.
using constant_group = std::span<const constant>;
std::span<const constant_group> constant_groups();
constant_group process_constants();
constant_group memory_constants();
constant_group lock_constants();
constant_group signal_constants();
constant_group synchronisation_constants();
constant_group window_message_constants();
constant_group mailslot_constants();
constant_group socket_constants();
constant_group socket_option_constants();

template <>
struct from_value<std::wstring> {
  static bool convert(const value& v, std::wstring& to, std::string& why) {
    std::string text;
    if (!text_from(v, text, why)) return false;
    to = wide(text);
    return true;
  }
};

}  // namespace ipcmark
