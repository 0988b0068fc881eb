// WM_COPYDATA: a message that carries bytes to a window of another process, whose thread has to be there to
// take it. The windows are message-only: nobody sees them. A window that serves sends what it is given back
// to the window that it came from, which takes it while its thread still waits in its own SendMessageTimeout.
#include <optional>

#include "calls/windows/named.h"
#include "calls/windows/table.h"

namespace ipcmark {

namespace {

constexpr const wchar_t* class_name = L"ipcmark";
// How long a server waits for a caller to take the answer: one that has given up takes it with its next call.
constexpr UINT answer_milliseconds = 10'000;

// A peer has one thread, and so its windows have.
struct conversation {
  bool serving = false;
  LRESULT served = 0;
  ULONG_PTR call = 0;  // the latest that was made, by which answers that come too late are told from its own
  std::optional<std::string> given_back;
};
conversation& own() {
  static conversation c;
  return c;
}

// One WM_COPYDATA. Zero means that it failed, and sometimes no more is known.
LRESULT send_bytes(HWND to, HWND from, COPYDATASTRUCT& data, UINT milliseconds) {
  DWORD_PTR result = 0;
  return SendMessageTimeoutW(to, WM_COPYDATA, reinterpret_cast<WPARAM>(from), reinterpret_cast<LPARAM>(&data),
                             SMTO_NORMAL, milliseconds, &result);
}

LRESULT take_bytes(HWND window, HWND from, COPYDATASTRUCT& data) {
  conversation& c = own();
  if (c.serving) {
    c.served++;
    send_bytes(from, window, data, answer_milliseconds);
  } else if (data.dwData == c.call) {
    c.given_back.emplace(static_cast<const char*>(data.lpData), data.cbData);
  }
  return TRUE;
}

// WM_APP asks how often was served, itself included.
LRESULT CALLBACK handle_message(HWND window, UINT message, WPARAM w, LPARAM l) {
  if (message == WM_COPYDATA)
    return take_bytes(window, reinterpret_cast<HWND>(w), *reinterpret_cast<COPYDATASTRUCT*>(l));
  if (message == WM_APP) return ++own().served;
  return DefWindowProcW(window, message, w, l);
}

ATOM window_class() {
  WNDCLASSEXW c{};
  c.cbSize = sizeof c;
  c.lpfnWndProc = handle_message;
  c.hInstance = GetModuleHandleW(nullptr);
  c.lpszClassName = class_name;
  static const ATOM made = RegisterClassExW(&c);
  return made;
}

void create_window(answer& a, std::wstring title) {
  window_class();
  a.timed([&] {
    return CreateWindowExW(0, class_name, title.c_str(), 0, 0, 0, 0, 0, HWND_MESSAGE, nullptr,
                           GetModuleHandleW(nullptr), nullptr);
  });
}

void find_window(answer& a, std::wstring title) {
  a.timed([&] { return FindWindowExW(HWND_MESSAGE, nullptr, class_name, title.c_str()); });
}

// GetMessage delivers what others send and goes on waiting; it comes back for WM_QUIT.
void serve_messages(answer& a) {
  own().serving = true;
  a.timed([] {
    MSG message{};
    int more = 0;
    while ((more = GetMessageW(&message, nullptr, 0, 0)) > 0) DispatchMessageW(&message);
    return int64_t{more};
  });
}

void judge(answer& a, LRESULT done) {
  if (done == 0) a.code = last_error() != 0 ? last_error() : ERROR_GEN_FAILURE;
}

void send_copydata(answer& a, HANDLE to, HANDLE from, buffer bytes, UINT milliseconds) {
  conversation& c = own();
  c.given_back.reset();
  COPYDATASTRUCT data{++c.call, static_cast<DWORD>(bytes.size()), bytes.data()};
  judge(a, a.timed([&] {
    return send_bytes(static_cast<HWND>(to), static_cast<HWND>(from), data, milliseconds);
  }));
  if (a.ok() && c.given_back) a.keep_bytes(c.given_back->data(), c.given_back->size());
}

void send_message(answer& a, HANDLE to, UINT message, UINT milliseconds) {
  DWORD_PTR result = 0;
  judge(a, a.timed([&] {
    return SendMessageTimeoutW(static_cast<HWND>(to), message, 0, 0, SMTO_NORMAL, milliseconds, &result);
  }));
  if (a.ok()) a.out.add("results", node::list({static_cast<int64_t>(result)}));
}

constexpr call calls[] = {
    shaped<create_window>("CreateWindowEx-HWND_MESSAGE", "title"),
    shaped<find_window>("FindWindowEx-HWND_MESSAGE", "title"),
    shaped<serve_messages>("serve-messages", ""),
    shaped<send_copydata>("SendMessageTimeout-WM_COPYDATA", "window from bytes milliseconds"),
    shaped<send_message>("SendMessageTimeout", "window message milliseconds"),
};

constexpr constant names[] = {NAMED(WM_APP)};

}  // namespace

call_group window_message_calls() { return calls; }
constant_group window_message_constants() { return names; }

}  // namespace ipcmark
