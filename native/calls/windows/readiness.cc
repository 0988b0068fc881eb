// Waiting for what handles stand for, and events, which are there to be waited for.
#include "calls/windows/privileges.h"

namespace ipcmark {

namespace {

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

BOOL set_event(HANDLE event) { return SetEvent(event); }
BOOL reset_event(HANDLE event) { return ResetEvent(event); }

constexpr call calls[] = {
    shaped<wait_for_one>("WaitForSingleObject", "handle milliseconds"),
    shaped<wait_for_several>("WaitForMultipleObjects", "[handle…] all milliseconds"),
    shaped<create_event>("CreateEvent", "manual-reset set [name] [security]"),
    plain<set_event>("SetEvent", "event"),
    plain<reset_event>("ResetEvent", "event"),
};

}  // namespace

call_group readiness_calls() { return calls; }

}  // namespace ipcmark
