// Every transport of Windows. Adding one is its file and its name here.
#pragma once

#include "os/read_write.h"

namespace ipcmark {

using transports = transport_list<handle_transport>;

}  // namespace ipcmark
