#include "calls/windows/rpc/try_call.h"

#include <windows.h>

#include <rpc.h>

unsigned long try_call(void (*call)(void*), void* context) {
  unsigned long raised = 0;
  RpcTryExcept { call(context); }
  RpcExcept(RpcExceptionFilter(RpcExceptionCode())) { raised = RpcExceptionCode(); }
  RpcEndExcept;
  return raised;
}
