// What a process or a thread has consumed, by GetProcessTimes and GetThreadTimes (which advance with the
// clock's tick, some 15 ms), GetProcessMemoryInfo, and the switch counts of NtQuerySystemInformation. Windows
// counts neither the two kinds of context switch nor the two kinds of page fault apart: all switches stand as
// voluntary, all faults as minor.
#pragma once

#include "core/usage.h"
#include "os/windows.h"

namespace ipcmark {

usage usage_of(HANDLE process);
usage process_usage();
// Of the thread that asks; memory and faults are the process's, which Windows does not tell apart.
usage thread_usage();

}  // namespace ipcmark
