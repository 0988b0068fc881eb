// What the calls of Microsoft RPC share: a status is an error of the system, and its number is what they
// return.
#pragma once

#include "calls/windows/privileges.h"
#include "core/answer.h"
// After <windows.h>.
#include <rpc.h>

namespace ipcmark {

// Runs one function of the library that returns a status.
template <class F>
bool status_of(answer& a, F&& function) {
  a.code = static_cast<uint32_t>(a.timed_number([&] { return static_cast<int>(function()); }));
  return a.ok();
}

// rpc/server.cc
void use_endpoint(answer& a, std::wstring endpoint, const std::optional<security>& s);
void register_interface(answer& a);
void listen_for_calls(answer& a, unsigned dont_wait);

}  // namespace ipcmark
