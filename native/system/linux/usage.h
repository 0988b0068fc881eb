// What a process or a thread has consumed, by getrusage(2); an agent gets the same of a dead peer from
// wait4(2).
#pragma once

#include <sys/resource.h>

#include "core/usage.h"

namespace ipcmark {

usage usage_of(const rusage& r);
usage process_usage();
// Of the thread that asks: a timed loop's own cost, whatever else the process does.
usage thread_usage();

}  // namespace ipcmark
