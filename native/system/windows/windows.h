// <windows.h> without the names that it takes from everybody else, and with Winsock 2 before it, as it must
// be.
#pragma once

#ifndef WIN32_LEAN_AND_MEAN
#define WIN32_LEAN_AND_MEAN
#endif
#ifndef NOMINMAX
#define NOMINMAX
#endif
#include <winsock2.h>
#include <windows.h>

// Words of sixteen-bit pointers: empty ever since, but macros.
#undef near
#undef far
#undef NEAR
#undef FAR
#define NEAR
#define FAR
