// What the calls of ONC RPC share: how they fail. A status of the library is no errno, so that its name,
// `RPC_TIMEDOUT`, stands where an error's does, and its number is moved beyond every errno.
#pragma once

#include <string>

#include "calls/linux/rpc/library.h"
#include "core/answer.h"
#include "os/error.h"

namespace ipcmark {

inline void fails(answer& a, clnt_stat status) {
  a.ret = -1;
  a.code = first_rpc_error + static_cast<uint32_t>(status);
}

// As a kernel says it of a system call that it does not have.
inline void lacks_rpc_library(answer& a, const std::string& why) {
  a.ret = -1;
  a.code = ENOSYS;
  a.out.add("why", why);
}

// rpc/server.cc
void serve_rpc(answer& a, int descriptor, rpcprog_t program, rpcvers_t version);

}  // namespace ipcmark
