// The groups of calls that a Linux peer knows, one per file.
#pragma once

#include "core/call.h"

namespace ipcmark {

call_group file_calls();
call_group pipe_calls();
call_group socket_calls();
call_group readiness_calls();
call_group signal_calls();
call_group process_calls();
call_group privilege_calls();

}  // namespace ipcmark
