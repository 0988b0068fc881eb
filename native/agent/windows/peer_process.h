// How a peer's process is started, by the agent and by another peer.
#pragma once

#include <string>
#include <vector>

#include "os/error.h"
#include "os/start_process.h"
#include "os/text.h"

namespace ipcmark {

// Peers talk to the agent and to each other: none of them needs a console, and no window may open.
inline constexpr DWORD peer_flags = DETACHED_PROCESS;

std::vector<std::wstring> peer_words(const std::string& name, size_t slot, HANDLE pipe, HANDLE section);

inline process_plan peer_plan(const std::string& name, size_t slot, HANDLE pipe, HANDLE section) {
  process_plan plan;
  plan.program = own_program();
  plan.command_line = command_line_of(peer_words(name, slot, pipe, section));
  plan.inherit = true;
  plan.flags = peer_flags;
  return plan;
}

}  // namespace ipcmark
