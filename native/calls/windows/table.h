// The groups of calls that a Windows peer knows, one per file. Calls go by their Win32 names; texts are UTF-8
// here and UTF-16 in the system, so it is the W variant that is called.
#pragma once

#include <string>

#include "core/call.h"
#include "os/text.h"
#include "os/windows.h"

namespace ipcmark {

call_group file_calls();
call_group pipe_calls();
call_group overlapped_calls();
call_group process_calls();
call_group readiness_calls();
call_group privilege_calls();

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
