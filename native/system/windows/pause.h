// What a loop does between two looks at memory that another processor will write: it leaves the pipeline to
// others for some cycles.
#pragma once

#include "os/windows.h"

namespace ipcmark {

inline void spin_pause() { YieldProcessor(); }

}  // namespace ipcmark
