// How a function of Winsock says that it failed: with -1, SOCKET_ERROR and INVALID_SOCKET alike, and why to
// WSAGetLastError. Zero is success, where the rest of Windows means failure by it.
#pragma once

#include "calls/windows/table.h"

namespace ipcmark {

// A socket is a number that scripts pass on, like any handle.
using socket_number = int64_t;
inline SOCKET as_socket(socket_number s) { return static_cast<SOCKET>(s); }

template <class F>
int64_t ask_winsock(answer& a, F&& function) {
  const int64_t said = a.timed([&] { return static_cast<int64_t>(function()); });
  if (said == SOCKET_ERROR) a.code = static_cast<uint32_t>(WSAGetLastError());
  return said;
}

}  // namespace ipcmark
