// The envelope of a request: `ID TO VERB ARGUMENT…` at the agent, `ID VERB ARGUMENT…` at a peer.
#pragma once

#include <string>
#include <string_view>
#include <vector>

#include "core/value.h"

namespace ipcmark {

inline constexpr int protocol_version = 1;
inline constexpr size_t longest_line = 8u << 20;

// Takes the next word off the front of a line.
std::string_view take_word(std::string_view& line);

// Digits only, so that it can be put back into JSON as it came.
bool is_id(std::string_view word);

// `SCOPE/ROLE`, each of letters, digits, `.`, `_`, `-`.
bool is_peer_name(std::string_view word);
std::string scope_of(std::string_view peer);

// `{"id":7,"refused":"…"}`; without an id where the line had none.
std::string refusal(std::string_view id, std::string_view why);

}  // namespace ipcmark
