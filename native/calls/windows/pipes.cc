// Anonymous and named pipes.
#include "calls/windows/overlapped.h"
#include "calls/windows/privileges.h"

namespace ipcmark {

namespace {

void create_pipe(answer& a, DWORD size, const std::optional<security>& s) {
  SECURITY_ATTRIBUTES attributes = attributes_of(s);
  HANDLE read = nullptr, write = nullptr;
  a.timed([&] { return CreatePipe(&read, &write, &attributes, size); });
  if (a.ok()) a.out.add("handles", node::list({as_integer(read), as_integer(write)}));
}

void create_named_pipe(answer& a, std::wstring name, DWORD open_mode, DWORD pipe_mode, DWORD most_instances,
                       DWORD out_size, DWORD in_size, DWORD timeout, const std::optional<security>& s) {
  SECURITY_ATTRIBUTES attributes = attributes_of(s);
  a.timed([&] {
    return CreateNamedPipeW(name.c_str(), open_mode, pipe_mode, most_instances, out_size, in_size, timeout,
                            &attributes);
  });
}

void connect_named_pipe(answer& a, HANDLE pipe, maybe_overlapped overlapped) {
  carry_out(a, {pipe}, overlapped,
            [](operation& o, OVERLAPPED* how) { return ConnectNamedPipe(o.file, how); });
}

BOOL disconnect_named_pipe(HANDLE pipe) { return DisconnectNamedPipe(pipe); }

void wait_named_pipe(answer& a, std::wstring name, DWORD milliseconds) {
  a.timed([&] { return WaitNamedPipeW(name.c_str(), milliseconds); });
}

void peek_named_pipe(answer& a, HANDLE pipe, length n) {
  std::string into(n, '\0');
  DWORD got = 0, available = 0, left = 0;
  a.timed([&] { return PeekNamedPipe(pipe, into.data(), static_cast<DWORD>(n), &got, &available, &left); });
  if (!a.ok() && a.code != ERROR_MORE_DATA) return;
  a.keep_bytes(into.data(), got);
  a.out.add("available", available).add("leftInMessage", left);
}

void set_state(answer& a, HANDLE pipe, DWORD mode, std::optional<DWORD> most_collected,
               std::optional<DWORD> timeout) {
  const auto pointer = [](std::optional<DWORD>& d) { return d ? &*d : nullptr; };
  a.timed([&] { return SetNamedPipeHandleState(pipe, &mode, pointer(most_collected), pointer(timeout)); });
}

void get_state(answer& a, HANDLE pipe) {
  DWORD state = 0, instances = 0;
  a.timed([&] { return GetNamedPipeHandleStateW(pipe, &state, &instances, nullptr, nullptr, nullptr, 0); });
  if (!a.ok()) return;
  a.out.add("readMode", state & PIPE_READMODE_MESSAGE ? "PIPE_READMODE_MESSAGE" : "PIPE_READMODE_BYTE");
  a.out.add("waitMode", state & PIPE_NOWAIT ? "PIPE_NOWAIT" : "PIPE_WAIT");
  a.out.add("instances", instances);
}

void get_info(answer& a, HANDLE pipe) {
  DWORD flags = 0, out_size = 0, in_size = 0, most_instances = 0;
  a.timed([&] { return GetNamedPipeInfo(pipe, &flags, &out_size, &in_size, &most_instances); });
  if (!a.ok()) return;
  a.out.add("end", flags & PIPE_SERVER_END ? "PIPE_SERVER_END" : "PIPE_CLIENT_END");
  a.out.add("type", flags & PIPE_TYPE_MESSAGE ? "PIPE_TYPE_MESSAGE" : "PIPE_TYPE_BYTE");
  a.out.add("outBuffer", out_size).add("inBuffer", in_size).add("maxInstances", most_instances);
}

void transact(answer& a, HANDLE pipe, buffer& request, length n, maybe_overlapped overlapped) {
  operation o{pipe, operation::gives::bytes, std::string(n, '\0'), std::move(request.bytes)};
  carry_out(a, std::move(o), overlapped, [](operation& t, OVERLAPPED* how) {
    return TransactNamedPipe(t.file, t.request.data(), static_cast<DWORD>(t.request.size()), t.buffer.data(),
                             static_cast<DWORD>(t.buffer.size()), &t.transferred, how);
  });
}

void call_named_pipe(answer& a, std::wstring name, buffer& request, length n, DWORD milliseconds) {
  std::string into(n, '\0');
  DWORD got = 0;
  a.timed([&] {
    return CallNamedPipeW(name.c_str(), request.data(), static_cast<DWORD>(request.size()), into.data(),
                          static_cast<DWORD>(n), &got, milliseconds);
  });
  if (a.ok() || a.code == ERROR_MORE_DATA) a.keep_bytes(into.data(), got);
}

void client_process(answer& a, HANDLE pipe) {
  ULONG number = 0;
  a.timed([&] { return GetNamedPipeClientProcessId(pipe, &number); });
  if (a.ok()) a.out.add("pid", number);
}
void server_process(answer& a, HANDLE pipe) {
  ULONG number = 0;
  a.timed([&] { return GetNamedPipeServerProcessId(pipe, &number); });
  if (a.ok()) a.out.add("pid", number);
}
void client_session(answer& a, HANDLE pipe) {
  ULONG number = 0;
  a.timed([&] { return GetNamedPipeClientSessionId(pipe, &number); });
  if (a.ok()) a.out.add("session", number);
}
void server_session(answer& a, HANDLE pipe) {
  ULONG number = 0;
  a.timed([&] { return GetNamedPipeServerSessionId(pipe, &number); });
  if (a.ok()) a.out.add("session", number);
}

constexpr call calls[] = {
    shaped<create_pipe>("CreatePipe", "size [security]"),
    shaped<create_named_pipe>("CreateNamedPipe",
                              "name open-mode pipe-mode max-instances out-size in-size timeout [security]"),
    shaped<connect_named_pipe>("ConnectNamedPipe", "handle [overlapped]"),
    plain<disconnect_named_pipe>("DisconnectNamedPipe", "handle"),
    shaped<wait_named_pipe>("WaitNamedPipe", "name milliseconds"),
    shaped<peek_named_pipe>("PeekNamedPipe", "handle length"),
    shaped<set_state>("SetNamedPipeHandleState", "handle mode [max-collected] [timeout]"),
    shaped<get_state>("GetNamedPipeHandleState", "handle"),
    shaped<get_info>("GetNamedPipeInfo", "handle"),
    shaped<transact>("TransactNamedPipe", "handle bytes length [overlapped]"),
    shaped<call_named_pipe>("CallNamedPipe", "name bytes length timeout"),
    shaped<client_process>("GetNamedPipeClientProcessId", "handle"),
    shaped<server_process>("GetNamedPipeServerProcessId", "handle"),
    shaped<client_session>("GetNamedPipeClientSessionId", "handle"),
    shaped<server_session>("GetNamedPipeServerSessionId", "handle"),
};

}  // namespace

call_group pipe_calls() { return calls; }

}  // namespace ipcmark
