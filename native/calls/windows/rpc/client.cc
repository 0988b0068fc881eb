// The client's side of Microsoft RPC. A binding stands for a server at an endpoint of this machine, and is
// made without asking for it: the first call does.
#include "calls/windows/rpc/calls.h"
#include "calls/windows/rpc/try_call.h"
#include "program.h"

namespace ipcmark {

namespace {

// A call by the client's stub, which raises the status of what went wrong.
template <class F>
bool call_stub(answer& a, F&& stub) {
  return status_of(
      a, [&] { return try_call([](void* f) { (*static_cast<std::remove_reference_t<F>*>(f))(); }, &stub); });
}

void make_binding(answer& a, std::wstring endpoint) {
  std::wstring text = L"ncalrpc:[" + endpoint + L"]";
  RPC_BINDING_HANDLE binding = nullptr;
  if (status_of(
          a, [&] { return RpcBindingFromStringBindingW(reinterpret_cast<RPC_WSTR>(text.data()), &binding); }))
    a.ret = as_integer(binding);
}

void free_binding(answer& a, void* binding) {
  status_of(a, [&] { return RpcBindingFree(&binding); });
}

void ping(answer& a, void* binding) {
  status_of(a, [&] { return RpcMgmtIsServerListening(binding); });
}

void call_echo(answer& a, void* binding, buffer bytes) {
  std::string back(bytes.size(), '\0');
  const auto length = static_cast<unsigned long>(bytes.size());
  auto* const given = reinterpret_cast<unsigned char*>(bytes.data());
  auto* const taken = reinterpret_cast<unsigned char*>(back.data());
  if (call_stub(a, [&] { c_echo(binding, length, given, taken); })) a.keep_bytes(back.data(), back.size());
}

// Procedures that answer with a number.
void give_number(answer& a, unsigned long (*procedure)(handle_t), void* binding) {
  unsigned long number = 0;
  if (call_stub(a, [&] { number = procedure(binding); }))
    a.out.add("results", node::list({static_cast<int64_t>(number)}));
}
void call_count(answer& a, void* binding) { give_number(a, c_count, binding); }
void call_await_rundown(answer& a, void* binding) { give_number(a, c_await_rundown, binding); }

void call_hold(answer& a, void* binding) {
  call_stub(a, [&] { c_hold(binding); });
}

void call_open_session(answer& a, void* binding) {
  ipcmark_session session = nullptr;
  if (call_stub(a, [&] { c_open_session(binding, &session); })) a.ret = as_integer(session);
}
void call_close_session(answer& a, void* session) {
  call_stub(a, [&] { c_close_session(&session); });
}

void call_greet(answer& a, void* binding) {
  call_stub(a, [&] { c_greet(binding); });
}

// Calls a procedure by its number, with arguments that are encoded already, well or not.
void call_raw(answer& a, void* binding, unsigned procedure, buffer bytes) {
  RPC_MESSAGE message{};
  message.Handle = binding;
  message.DataRepresentation = 0x10;  // little-endian, ASCII, IEEE
  message.ProcNum = procedure;
  message.RpcInterfaceInformation = c_ipcmark_program_v1_0_c_ifspec;
  message.BufferLength = static_cast<unsigned>(bytes.size());
  if (!status_of(a, [&] { return I_RpcGetBuffer(&message); })) return;
  CopyMemory(message.Buffer, bytes.data(), bytes.size());
  if (!status_of(a, [&] { return I_RpcSendReceive(&message); })) return;
  a.keep_bytes(message.Buffer, message.BufferLength);
  I_RpcFreeBuffer(&message);
}

constexpr call calls[] = {
    shaped<use_endpoint>("RpcServerUseProtseqEp", "endpoint [security]"),
    shaped<register_interface>("RpcServerRegisterIf", ""),
    shaped<listen_for_calls>("RpcServerListen", "dont-wait"),
    shaped<make_binding>("RpcBindingFromStringBinding", "endpoint"),
    shaped<free_binding>("RpcBindingFree", "binding"),
    shaped<ping>("RpcMgmtIsServerListening", "binding"),
    shaped<call_echo>("msrpc-echo", "binding bytes"),
    shaped<call_count>("msrpc-count", "binding"),
    shaped<call_hold>("msrpc-hold", "binding"),
    shaped<call_open_session>("msrpc-open-session", "binding"),
    shaped<call_close_session>("msrpc-close-session", "session"),
    shaped<call_await_rundown>("msrpc-await-rundown", "binding"),
    shaped<call_greet>("msrpc-greet", "binding"),
    shaped<call_raw>("I_RpcSendReceive", "binding procedure bytes"),
};

}  // namespace

call_group rpc_calls() { return calls; }

}  // namespace ipcmark
