// What Windows has in place of signals: the control events of a console, which reach every process that
// shares it, and the signals of the C runtime, which no other process can send. A handler can only note that
// it ran, and set an event for whoever waits for that.
#include <signal.h>

#include <atomic>
#include <cerrno>

#include "calls/windows/named.h"
#include "calls/windows/table.h"

namespace ipcmark {

namespace {

constexpr uint32_t most_noted = 64;
std::atomic<uint32_t> noted_count = 0;
std::atomic<DWORD> notes[most_noted];
std::atomic<HANDLE> told = nullptr;

// Control events come in threads of their own.
BOOL WINAPI note(DWORD event) {
  const uint32_t at = noted_count.load();
  if (at < most_noted) notes[at] = event;
  noted_count = at + 1;
  if (const HANDLE event_to_set = told.load(); event_to_set != nullptr) SetEvent(event_to_set);
  return TRUE;
}

// The handler is `note`, which sets the event that may go with it, or `NULL`, which stands for ignoring
// CTRL_C_EVENT.
void set_control_handler(answer& a, std::string handler, BOOL add, std::optional<HANDLE> event) {
  if (handler != "note" && handler != "NULL")
    return a.refuse("SetConsoleCtrlHandler: a handler is note or NULL");
  if (event) told = *event;
  a.timed([&] { return SetConsoleCtrlHandler(handler == "note" ? note : nullptr, add); });
}

void noted_control_events(answer& a) {
  node list = node::list();
  const uint32_t count = noted_count.exchange(0);
  for (uint32_t i = 0; i < count && i < most_noted; i++)
    list.items.push_back(value_name("CTRL_", static_cast<int64_t>(notes[i].load())));
  a.ret = count;
  a.out.add("events", std::move(list));
}

BOOL generate_control_event(DWORD event, DWORD group) { return GenerateConsoleCtrlEvent(event, group); }
BOOL attach_console(DWORD pid) { return AttachConsole(pid); }
BOOL free_console() { return FreeConsole(); }

// ----------------------------------------------------------------------------------------- of the C runtime

void __cdecl note_signal(int) {
  if (const HANDLE event = told.load(); event != nullptr) SetEvent(event);
}

// Answers the handler that was there before, or -1, which is SIG_ERR; the runtime's errno is none of the
// system's errors, and stands by itself.
void set_signal(answer& a, int number, std::string handler, std::optional<HANDLE> event) {
  const bool notes_it = handler == "note";
  if (!notes_it && handler != "SIG_DFL" && handler != "SIG_IGN")
    return a.refuse("signal: a handler is SIG_DFL, SIG_IGN or note");
  if (event) told = *event;
  errno = 0;
  const auto before = a.timed([&] {
    return reinterpret_cast<intptr_t>(signal(number, notes_it               ? note_signal
                                                     : handler == "SIG_IGN" ? SIG_IGN
                                                                            : SIG_DFL));
  });
  if (before == -1) a.out.add("errno", errno == EINVAL ? std::string("EINVAL") : std::to_string(errno));
}

// The runtime answers 0 when it has done it.
void raise_signal(answer& a, int number) {
  a.timed([&] { return int64_t{raise(number)}; });
}

constexpr call calls[] = {
    shaped<set_control_handler>("SetConsoleCtrlHandler", "handler add [event]"),
    shaped<noted_control_events>("noted-control-events", ""),
    plain<generate_control_event>("GenerateConsoleCtrlEvent", "event group"),
    plain<attach_console>("AttachConsole", "pid"),
    plain<free_console>("FreeConsole", ""),
    shaped<set_signal>("signal", "signal handler [event]"),
    shaped<raise_signal>("raise", "signal"),
};

constexpr constant names[] = {
    NAMED(CTRL_C_EVENT), NAMED(CTRL_BREAK_EVENT), NAMED(SIGINT),   NAMED(SIGILL),  NAMED(SIGFPE),
    NAMED(SIGSEGV),      NAMED(SIGTERM),          NAMED(SIGBREAK), NAMED(SIGABRT),
};

}  // namespace

call_group signal_calls() { return calls; }
constant_group signal_constants() { return names; }

}  // namespace ipcmark
