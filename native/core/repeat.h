// `repeat` and `in-turn`: one call, or several in turn, made many times back to back, for claims that only
// contention can break.
#pragma once

#include "core/call.h"

namespace ipcmark {

call_group repeat_calls();

}  // namespace ipcmark
