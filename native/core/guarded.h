// `guarded` and `guarded-increment`: what a lock is for. Both take the call that acquires and the call that
// releases in words, so that one verb serves every mechanism that locks:
//
//     guarded [pthread_mutex_lock 0x7f00] [pthread_cond_wait 0x7f80 0x7f00] [pthread_mutex_unlock 0x7f00]
//     guarded-increment 100000 0x7fc0 [flock 3 LOCK_EX] [flock 3 LOCK_UN]
#pragma once

#include "core/call.h"

namespace ipcmark {

call_group guarded_calls();

}  // namespace ipcmark
