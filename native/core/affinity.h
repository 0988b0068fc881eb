// Which processors the calling thread may run on, to be kept; os/cpu.h pins it for a while.
#pragma once

#include <span>

namespace ipcmark {

// False, with the reason in the system's last error, when there is none of them or one is not allowed. Linux:
// the calling thread and those that it makes later. Windows: the process.
bool allow_cpus(std::span<const int> cpus);

// The same for every thread that the process has.
bool allow_process_cpus(std::span<const int> cpus);

}  // namespace ipcmark
