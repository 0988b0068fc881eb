// The counters that the agent shares with its peers: one section, whose handle each peer is given.
#pragma once

#include "agent/peer.h"
#include "os/handle.h"

namespace ipcmark {

inline constexpr size_t most_counters = 1024;

// In the agent. The section's handle is inheritable, and passed on by a list.
bool make_counters(unique_handle& section);
// In a peer.
bool map_counters(HANDLE section);
call_counter& counter_at(size_t slot);

}  // namespace ipcmark
