// `blocked`: whether a peer waits inside a call, as the operating system says.
#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <string_view>

#include "agent/linux/crew.h"

namespace ipcmark {

struct blocked_question {
  std::string id, peer;
  int64_t until_ns;
  // The last look, when it found the peer asleep inside a call.
  struct look {
    uint32_t entered;
    uint64_t switches;
    int64_t at_ns;
  };
  std::optional<look> last;
};

blocked_question ask(std::string_view id, std::string_view peer, int milliseconds);

// True when the question has been answered.
bool settle(blocked_question& q, crew& peers);

}  // namespace ipcmark
