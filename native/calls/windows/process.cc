// Processes: programs that inherit chosen handles, and how they ended.
#include <winternl.h>

#include "calls/windows/named.h"
#include "calls/windows/table.h"
#include "os/start_process.h"

// Stop every thread of a process, and set them going again; no header has them.
extern "C" LONG NTAPI NtSuspendProcess(HANDLE process);
extern "C" LONG NTAPI NtResumeProcess(HANDLE process);

namespace ipcmark {

namespace {

void leave(answer& a, UINT code) {
  a.silent = true;
  ExitProcess(code);
}

DWORD start(answer& a, process_plan plan) {
  prepared_process prepared(std::move(plan));
  PROCESS_INFORMATION started{};
  a.timed([&] { return prepared.start(started); });
  if (!a.ok()) return 0;
  CloseHandle(started.hThread);
  a.out.add("process", as_integer(started.hProcess)).add("pid", started.dwProcessId);
  return started.dwProcessId;
}

// CreateProcess as it is: with `inherit`, everything inheritable is inherited, unless a list says what.
void create_process(answer& a, std::wstring command_line, bool inherit, DWORD flags,
                    std::optional<std::vector<HANDLE>> standard,
                    std::optional<std::vector<HANDLE>> inherited) {
  if (standard && standard->empty()) standard.reset();
  if (standard && standard->size() != 3) return a.refuse("CreateProcess: three standard handles, or []");
  start(a, {{}, std::move(command_line), inherit, flags, std::move(standard), std::move(inherited)});
}

using redirections = std::vector<std::pair<HANDLE, int>>;

// As a shell starts a program: it has the chosen handles and no others. Those onto 0, 1 and 2 become its
// standard handles; any other keeps its number, as handles do.
void spawn(answer& a, std::string program, std::vector<std::wstring> words, std::optional<redirections> to,
           std::optional<DWORD> flags) {
  process_plan plan;
  const bool self = program == "self";
  if (self) plan.program = own_program();
  // No window may open: our own tools need no console, and others have one that nobody sees.
  plan.flags = flags.value_or(self ? DETACHED_PROCESS : CREATE_NO_WINDOW);
  words.insert(words.begin(), self ? plan.program : wide(program));
  plan.command_line = command_line_of(words);
  std::vector<HANDLE> standard{GetStdHandle(STD_INPUT_HANDLE), GetStdHandle(STD_OUTPUT_HANDLE),
                               GetStdHandle(STD_ERROR_HANDLE)};
  plan.inherited.emplace();
  for (const auto& [from, onto] : to.value_or(redirections{})) {
    const bool is_standard = onto >= 0 && onto <= 2;
    if (!is_standard && onto != as_integer(from)) {
      return a.refuse("spawn: a handle goes onto 0, 1 or 2, or keeps its own number");
    }
    if (is_standard) {
      standard[static_cast<size_t>(onto)] = from;
    } else {
      plan.inherited->push_back(from);
    }
  }
  plan.standard = std::move(standard);
  if (const DWORD pid = start(a, std::move(plan)); pid != 0) a.ret = pid;
}

void open_process(answer& a, DWORD access, BOOL inherit, DWORD pid) {
  a.timed([&] { return OpenProcess(access, inherit, pid); });
}

void get_exit_code(answer& a, HANDLE process) {
  DWORD code = 0;
  a.timed([&] { return GetExitCodeProcess(process, &code); });
  if (a.ok()) a.out.add("code", code);
}

// A number that means the calling process wherever a handle is asked for; it cannot fail.
void get_current_process(answer& a) { a.ret = as_integer(GetCurrentProcess()); }

// A status is an error when it is negative.
void by_status(answer& a, LONG(NTAPI* function)(HANDLE), HANDLE process) {
  const auto status = static_cast<LONG>(a.timed([&] { return int64_t{function(process)}; }));
  if (status < 0) a.code = RtlNtStatusToDosError(status);
}
void suspend_process(answer& a, HANDLE process) { by_status(a, NtSuspendProcess, process); }
void resume_process(answer& a, HANDLE process) { by_status(a, NtResumeProcess, process); }

BOOL terminate_process(HANDLE process, UINT code) { return TerminateProcess(process, code); }
DWORD get_current_process_id() { return GetCurrentProcessId(); }
DWORD get_current_thread_id() { return GetCurrentThreadId(); }
DWORD get_process_id(HANDLE process) { return GetProcessId(process); }

constexpr call calls[] = {
    shaped<leave>("exit", "code"),
    shaped<spawn>("spawn", "program [argument…] [[[from to]…]] [flags]"),
    shaped<create_process>("CreateProcess", "command-line inherit flags [[input output error]] [[handle…]]"),
    shaped<open_process>("OpenProcess", "access inherit pid"),
    plain<terminate_process>("TerminateProcess", "process code"),
    shaped<get_exit_code>("GetExitCodeProcess", "process"),
    shaped<get_current_process>("GetCurrentProcess", ""),
    plain<get_current_process_id>("GetCurrentProcessId", ""),
    plain<get_current_thread_id>("GetCurrentThreadId", ""),
    plain<get_process_id>("GetProcessId", "process"),
    shaped<suspend_process>("NtSuspendProcess", "process"),
    shaped<resume_process>("NtResumeProcess", "process"),
};

constexpr constant names[] = {NAMED(PROCESS_SUSPEND_RESUME)};

}  // namespace

call_group process_calls() { return calls; }
constant_group process_constants() { return names; }

}  // namespace ipcmark
