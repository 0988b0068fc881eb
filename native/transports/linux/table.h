// Every transport of Linux. Adding one is its file, its name here, and its line in table.cc.
#pragma once

#include "workloads/loops.h"

namespace ipcmark {

transport_loops fd_loops();

}  // namespace ipcmark
