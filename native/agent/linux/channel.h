// The Linux side of a channel: a socket that lines and, for fork, descriptors travel over.
#pragma once

#include <string>
#include <vector>

#include "agent/peer.h"

namespace ipcmark {

struct channel::system_part {
  int socket = -1;
  int lifeline = -1;  // its other end is the agent's alone; when that closes, the kernel kills this process
  std::string unread;
  std::vector<int> descriptors;  // that came with a request
};

// Moves both to high numbers, so that calls find the low ones free as in any fresh process, and ties the
// process's life to the agent's. False where the limit of descriptors leaves no room.
bool adopt(channel::system_part& to, int socket, int lifeline);

bool send_with_descriptors(int socket, std::string_view line, const std::vector<int>& descriptors);

}  // namespace ipcmark
