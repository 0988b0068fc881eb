// The server's side of Microsoft RPC, and what its procedures do. `echo` answers with what it was given,
// `count` with how often it and echo were carried out, itself included; `hold` never answers. A session is
// what the server keeps for one client; `await_rundown` answers once the runtime has told the server that a
// client is gone which had not closed its session, and with how many there were.
#include "calls/windows/rpc/calls.h"
#include "program.h"

namespace ipcmark {

namespace {

volatile LONG executions = 0;
volatile LONG rundowns = 0;
char session = 0;
wchar_t local[] = L"ncalrpc";

}  // namespace

// An endpoint of this machine. The security descriptor says who may connect to it.
void use_endpoint(answer& a, std::wstring endpoint, const std::optional<security>& s) {
  void* descriptor = s ? s->descriptor.get() : nullptr;
  status_of(a, [&] {
    return RpcServerUseProtseqEpW(reinterpret_cast<RPC_WSTR>(local), RPC_C_PROTSEQ_MAX_REQS_DEFAULT,
                                  reinterpret_cast<RPC_WSTR>(endpoint.data()), descriptor);
  });
}

void register_interface(answer& a) {
  status_of(a, [] { return RpcServerRegisterIf(s_ipcmark_program_v1_0_s_ifspec, nullptr, nullptr); });
}

// Serves until the process ends, or goes on and lets other threads serve.
void listen_for_calls(answer& a, unsigned dont_wait) {
  status_of(a, [&] { return RpcServerListen(1, RPC_C_LISTEN_MAX_CALLS_DEFAULT, dont_wait); });
}

extern "C" {

void s_echo(handle_t, unsigned long length, const unsigned char* data, unsigned char* back) {
  InterlockedIncrement(&executions);
  CopyMemory(back, data, length);
}

unsigned long s_count(handle_t) { return static_cast<unsigned long>(InterlockedIncrement(&executions)); }

void s_hold(handle_t) { Sleep(INFINITE); }

void s_open_session(handle_t, ipcmark_session* opened) { *opened = &session; }

// Without its handle the runtime forgets it.
void s_close_session(ipcmark_session* closed) { *closed = nullptr; }

void __RPC_USER ipcmark_session_rundown(ipcmark_session) {
  InterlockedIncrement(&rundowns);
  WakeByAddressAll(const_cast<LONG*>(&rundowns));
}

unsigned long s_await_rundown(handle_t) {
  LONG none = 0;
  while (rundowns == none) WaitOnAddress(&rundowns, &none, sizeof none, INFINITE);
  return static_cast<unsigned long>(rundowns);
}

// Of the interface that is never registered.
void s_greet(handle_t) {}

void* __RPC_USER midl_user_allocate(size_t size) { return HeapAlloc(GetProcessHeap(), 0, size); }
void __RPC_USER midl_user_free(void* memory) { HeapFree(GetProcessHeap(), 0, memory); }

}  // extern "C"

}  // namespace ipcmark
