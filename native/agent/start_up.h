// What happens before the agent serves.
#pragma once

#include <optional>
#include <string>
#include <vector>

namespace ipcmark {

// Modes that only the agent itself starts (on Windows a peer is a process started anew): answers the exit
// code when this was one. agent/<os>/start_up.cc.
std::optional<int> start_up(const std::vector<std::string>& words, std::string& why);

// The options of the agent. The test build takes `--fault SPEC`; the other takes none.
bool take_options(const std::vector<std::string>& words, std::string& why);

}  // namespace ipcmark
