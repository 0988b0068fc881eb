// `memory-load`, `memory-store` and their like: plain loads and stores, and additions, at an address.
#pragma once

#include "core/call.h"

namespace ipcmark {

call_group memory_access_calls();

}  // namespace ipcmark
