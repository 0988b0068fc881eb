// Handles: what they may do, who inherits them, and waiting for what they stand for.
#include "calls/windows/security.h"

namespace ipcmark {

namespace {

void get_information(answer& a, HANDLE handle) {
  DWORD flags = 0;
  a.timed([&] { return GetHandleInformation(handle, &flags); });
  if (a.ok()) a.out.add("flags", flag_names("HANDLE_FLAG_", flags));
}

void duplicate(answer& a, HANDLE from, HANDLE handle, HANDLE to, DWORD access, BOOL inherit, DWORD options) {
  HANDLE made = nullptr;
  a.timed([&] { return DuplicateHandle(from, handle, to, &made, access, inherit, options); });
  if (a.ok()) a.out.add("handle", as_integer(made));
}

// A wait answers a number that says which it was; only WAIT_FAILED leaves an error behind.
void give_wait(answer& a, DWORD result) {
  if (result == WAIT_FAILED) {
    a.code = last_error();
  } else {
    a.out.add("result", value_name("WAIT_", result));
  }
}
void wait_for_one(answer& a, HANDLE handle, DWORD milliseconds) {
  give_wait(a, a.timed([&] { return WaitForSingleObject(handle, milliseconds); }));
}
void wait_for_several(answer& a, std::vector<HANDLE> handles, BOOL all, DWORD milliseconds) {
  const auto count = static_cast<DWORD>(handles.size());
  give_wait(a, a.timed([&] { return WaitForMultipleObjects(count, handles.data(), all, milliseconds); }));
}

void create_event(answer& a, BOOL manual_reset, BOOL set, std::optional<std::wstring> name,
                  const std::optional<security>& s) {
  SECURITY_ATTRIBUTES attributes = attributes_of(s);
  const wchar_t* called = name && !name->empty() ? name->c_str() : nullptr;
  a.timed([&] { return CreateEventW(&attributes, manual_reset, set, called); });
}

void get_standard_handle(answer& a, DWORD which) {
  a.timed([&] { return GetStdHandle(which); });
}

BOOL close_handle(HANDLE handle) { return CloseHandle(handle); }
BOOL set_information(HANDLE handle, DWORD mask, DWORD flags) {
  return SetHandleInformation(handle, mask, flags);
}
BOOL set_event(HANDLE event) { return SetEvent(event); }
BOOL reset_event(HANDLE event) { return ResetEvent(event); }
BOOL set_standard_handle(DWORD which, HANDLE handle) { return SetStdHandle(which, handle); }

constexpr call calls[] = {
    plain<close_handle>("CloseHandle", "handle"),
    plain<set_information>("SetHandleInformation", "handle mask flags"),
    shaped<get_information>("GetHandleInformation", "handle"),
    shaped<duplicate>("DuplicateHandle", "from-process handle to-process access inherit options"),
    shaped<wait_for_one>("WaitForSingleObject", "handle milliseconds"),
    shaped<wait_for_several>("WaitForMultipleObjects", "[handle…] all milliseconds"),
    shaped<create_event>("CreateEvent", "manual-reset set [name] [security]"),
    plain<set_event>("SetEvent", "event"),
    plain<reset_event>("ResetEvent", "event"),
    shaped<get_standard_handle>("GetStdHandle", "which"),
    plain<set_standard_handle>("SetStdHandle", "which handle"),
};

}  // namespace

call_group handle_calls() { return calls; }

}  // namespace ipcmark
