// `lifecycle`: the story of a link, from nothing to nothing, lived again and again.
//
//     lifecycle ROLE [ADDRESS] STORY OPTIONS
//
// A story is the list of the calls that a mechanism's script has made, first byte and closing included, in
// the order in which they began. Both sides of a pair are given the whole of it, and each makes its own calls
// when their turn has come. A step is
//
//     [SIDE FINISHED BEGUN STAGE FAILS CARRIES [KEPT…] [CALL ARGUMENT…]]
//
// SIDE is 0 for the one that leads. The step waits until the other side has finished FINISHED of its steps of
// this life and begun BEGUN of them. FAILS is 1 where it failed in the script too. CARRIES is [] or [CRC],
// where the step is what sends the first byte or what receives it. KEPT are the answers that later steps
// need: [0 7] keeps the return value, [N 7] the Nth number of `out`, as number 7. Such a number is written as
// (7 + 1) * 2^40 where an argument is to be it, plus what is to be added.
#pragma once

#include <cstdint>
#include <string>
#include <vector>

#include "core/answer.h"
#include "workloads/options.h"

namespace ipcmark {

void lifecycle_call(answer& a, std::string& role, std::vector<int64_t>& board, value& story,
                    option_list& given);

}  // namespace ipcmark
