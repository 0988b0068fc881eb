// A peer: reads one request at a time, carries it out, answers. One thread, and nothing between it and the
// system.
#pragma once

#include <atomic>
#include <cstdint>
#include <string>
#include <string_view>

#include "core/call.h"

namespace ipcmark {

// Memory that the agent shares with one peer, so that it can tell a peer that waits inside a call from one
// that waits for its next request: the two look the same to the system.
struct call_counter {
  std::atomic<uint32_t> entered{0};
  std::atomic<uint32_t> left{0};
  std::atomic<int64_t> pid{0};
};

// The line to the agent; agent/<os>/channel.cc.
class channel {
 public:
  bool read_line(std::string& line);  // false at the end: the agent has gone, and so goes the peer
  void write_line(std::string line);

  // What else travels beside the lines of this system: descriptors, or handles.
  struct system_part;
  system_part* system = nullptr;
};

// Serves until the channel ends.
void serve(channel& c, call_counter& counter, std::string name);

// The verb that needs the channel: a new peer out of this one. In the new peer it returns with the channel,
// the counter and the name exchanged and the answer silent. agent/<os>/fork.cc.
void fork_peer(answer& a, channel& c, call_counter*& counter, std::string& name, arguments given);

// `{"event":"ready","peer":"a/producer","pid":4711}`
std::string ready_event(std::string_view name, int64_t pid);

}  // namespace ipcmark
