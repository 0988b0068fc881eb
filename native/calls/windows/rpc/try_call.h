// A stub of the client tells of what went wrong by raising an exception, its code the status. Catching one
// takes __try, which is no C++ and not every compiler has it: try_call.c is for those that do, try_call.S for
// mingw.
#pragma once

#ifdef __cplusplus
extern "C" {
#endif

// Calls `call(context)`. Zero, or the status that was raised; what is no status, such as an access violation,
// is not caught.
unsigned long try_call(void (*call)(void*), void* context);

#ifdef __cplusplus
}
#endif
