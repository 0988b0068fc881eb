// Waiting for what handles stand for.
#include "calls/windows/table.h"

namespace ipcmark {

namespace {

// A wait answers a number that says which it was; only WAIT_FAILED leaves an error behind.
void give_wait(answer& a, DWORD result) {
  if (result == WAIT_FAILED) {
    a.code = last_error();
  } else {
    a.out.add("result", value_name("WAIT_", result));
  }
  // That the time is over is a result and no error: it leaves none behind.
  if (result == WAIT_TIMEOUT) a.out.add("lastError", last_error());
}
void wait_for_one(answer& a, HANDLE handle, DWORD milliseconds) {
  give_wait(a, a.timed([&] { return WaitForSingleObject(handle, milliseconds); }));
}
void wait_for_several(answer& a, std::vector<HANDLE> handles, BOOL all, DWORD milliseconds) {
  const auto count = static_cast<DWORD>(handles.size());
  give_wait(a, a.timed([&] { return WaitForMultipleObjects(count, handles.data(), all, milliseconds); }));
}

void signal_and_wait(answer& a, HANDLE signalled, HANDLE awaited, DWORD milliseconds) {
  give_wait(a, a.timed([&] { return SignalObjectAndWait(signalled, awaited, milliseconds, FALSE); }));
}

constexpr call calls[] = {
    shaped<wait_for_one>("WaitForSingleObject", "handle milliseconds"),
    shaped<wait_for_several>("WaitForMultipleObjects", "[handle…] all milliseconds"),
    shaped<signal_and_wait>("SignalObjectAndWait", "signalled awaited milliseconds"),
};

}  // namespace

call_group readiness_calls() { return calls; }

}  // namespace ipcmark
