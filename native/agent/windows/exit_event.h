// `{"event":"exit","peer":…}`, from whatever the system still knows of the process.
#pragma once

#include <string>
#include <string_view>

#include "os/windows.h"

namespace ipcmark {

// Of a process that has ended. With NULL nobody knows how: its end was seen, but no handle had been opened
// before.
std::string exit_event(std::string_view peer, HANDLE process);

}  // namespace ipcmark
