// The order of bytes in which numbers travel, by the functions that both systems have for it.
#pragma once

#include "core/call.h"

namespace ipcmark {

call_group byte_order_calls();

}  // namespace ipcmark
