// `blocked`: whether a peer waits inside a call, as the operating system says; where it does not say, whether
// the call is still under way after a grace time.
#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <string_view>

#include "agent/peer.h"

namespace ipcmark {

struct blocked_question {
  std::string id, peer;
  int64_t until_ns;
  // The first of the looks that have found the peer in one and the same wait.
  struct look {
    uint32_t entered;
    bool said_by_system;
    uint64_t switches;
    int64_t at_ns;
  };
  std::optional<look> since;
};

blocked_question ask(std::string_view id, std::string_view peer, int milliseconds);

// What the agent knows of a peer that is asked about.
struct watched {
  const call_counter& counter;
  int64_t pid;
  int64_t under_way;  // requests without an answer
};

// True when the question has been answered. Nothing is watched when the peer has gone.
bool settle(blocked_question& q, const std::optional<watched>& peer);

}  // namespace ipcmark
