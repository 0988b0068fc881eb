// Every transport of Windows. Adding one is its file, its name here, and its line in table.cc.
#pragma once

#include "workloads/loops.h"

namespace ipcmark {

transport_loops handle_loops();
transport_loops socket_loops();
transport_loops socket_batch_loops();

}  // namespace ipcmark
