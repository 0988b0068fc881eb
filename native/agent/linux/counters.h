// The counters that the agent shares with its peers, made before the first of them so that every fork has
// them.
#pragma once

#include "agent/peer.h"

namespace ipcmark {

inline constexpr size_t most_counters = 1024;

bool make_counters();
call_counter& counter_at(size_t slot);

}  // namespace ipcmark
