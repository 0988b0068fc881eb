// The Windows side of a channel: the client end of a named pipe that only the agent knows, handed down by
// inheritance.
#pragma once

#include <string>

#include "agent/peer.h"
#include "os/handle.h"

namespace ipcmark {

struct channel::system_part {
  unique_handle pipe;
  std::string unread;
};

// Both ends of a new channel. The agent's is overlapped; the peer's is not, and is inheritable if asked.
struct channel_ends {
  unique_handle agent, peer;
};
bool make_channel(channel_ends& ends, bool inheritable);

}  // namespace ipcmark
