// Every transport of Linux. Adding one is its file and its name here.
#pragma once

#include "os/read_write.h"

namespace ipcmark {

using transports = transport_list<fd_transport>;

}  // namespace ipcmark
