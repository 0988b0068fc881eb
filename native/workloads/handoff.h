// `handoff`: synchronisation alone, to and fro. The initiator rings and waits until it is rung, the responder
// waits and rings; what is timed is the round trip. Nothing travels, so that there is nothing to compare:
//
// - Before what is measured, and after it, a turn is counted up in common memory before each ring, and
// whoever
//   is woken finds it there: who was rung too early, too late or twice does not. While it is measured there
//   is no such word, which would cost as much as some of the bells.
// - In between no ring can be missing, or both would wait for ever; of one too many it is told by what comes
//   after: the turns, and a last look at a bell that nobody rings any more.
#pragma once

#include <cstdint>
#include <string>
#include <vector>

#include "core/answer.h"
#include "workloads/options.h"

namespace ipcmark {

void handoff_call(answer& a, std::string& role, std::string& bell, std::vector<int64_t>& handles,
                  option_list& given);

}  // namespace ipcmark
