// The calls `pingpong`, `stream` and `topology`; README.md has their arguments.
#pragma once

#include "core/call.h"

namespace ipcmark {

call_group workload_calls();

}  // namespace ipcmark
