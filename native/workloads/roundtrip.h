// Loops over the very calls of the suite, whose other side runs no loop.
//
// `roundtrip`: a procedure of another process, called again and again, that gives back what it was given.
//
//     roundtrip [CALL ARGUMENT…] OPTIONS
//
// One argument is a pattern, which stands for the bytes that are sent: each call is given a message of its
// own, and every byte of what comes back is compared with it. What is timed is the inside of the very call,
// by its own two readings of the clock.
#pragma once

#include "core/answer.h"
#include "core/words.h"
#include "workloads/options.h"

namespace ipcmark {

void roundtrip_call(answer& a, words& made_of, option_list& given);
void copies_call(answer& a, words& made_of, buffer& expected, option_list& given);

// Has this process run on these processors from now on, whatever it does: for one that is about to be inside
// a call for the rest of its life.
void stay_on_call(answer& a, std::vector<int>& cpus);

}  // namespace ipcmark
