// The bells of Windows, each family made in a file of its own. Adding one is its maker here, and its line in
// bells.cc.
#pragma once

#include "os/windows.h"
#include "transports/bell.h"
#include "workloads/rounds.h"

namespace ipcmark {

inline HANDLE handle_of(int64_t number) { return reinterpret_cast<HANDLE>(static_cast<intptr_t>(number)); }

// Waits for an object for so long: `rung` when it is signalled, `silent` when the time is over.
attempt wait_for(bell& by, HANDLE object, DWORD milliseconds);

bell_facts event_bell();
bell_facts semaphore_bell();
bell_facts mutex_baton();
bell_facts file_baton();

}  // namespace ipcmark
