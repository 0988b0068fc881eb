// The verb `fork` on Windows, which has none: a new peer that inherits every inheritable handle of this one,
// or only those listed, as CreateProcess does it. The agent has put a channel and the counters into this
// process, and says where.
#include "agent/windows/channel.h"
#include "agent/windows/counters.h"
#include "agent/windows/peer_process.h"

namespace ipcmark {

namespace {

struct fork_request {
  std::string name;
  int64_t slot = 0;
  unique_handle pipe, section;
  std::optional<std::vector<HANDLE>> handles;
};

// `NAME SLOT CHANNEL COUNTERS [HANDLES]`
bool take(arguments given, fork_request& to, std::string& why) {
  HANDLE pipe = nullptr, section = nullptr;
  const bool prepared = given.size() >= 4 && given.size() <= 5 && text_from(given[0], to.name, why) &&
                        integer_from(given[1], 0, most_counters - 1, to.slot, why) &&
                        from_value<HANDLE>::convert(given[2], pipe, why) &&
                        from_value<HANDLE>::convert(given[3], section, why);
  if (!prepared) return why = "fork takes (peer [[handle…]]), and goes through the agent", false;
  to.pipe = unique_handle(pipe);
  to.section = unique_handle(section);
  if (given.size() == 5 && !from_value<std::vector<HANDLE>>::convert(given[4], to.handles.emplace(), why)) {
    return why = "fork: argument 2: " + why, false;
  }
  return true;
}

}  // namespace

void fork_peer(answer& a, channel&, call_counter*&, std::string&, arguments given) {
  fork_request request;
  std::string why;
  if (!take(given, request, why)) return a.refuse(why);
  process_plan plan =
      peer_plan(request.name, static_cast<size_t>(request.slot), request.pipe.get(), request.section.get());
  plan.standard = {GetStdHandle(STD_INPUT_HANDLE), GetStdHandle(STD_OUTPUT_HANDLE),
                   GetStdHandle(STD_ERROR_HANDLE)};
  if (request.handles) {
    plan.inherited = std::move(request.handles);
    plan.inherited->push_back(request.pipe.get());
    plan.inherited->push_back(request.section.get());
  }
  prepared_process prepared(std::move(plan));
  PROCESS_INFORMATION started{};
  a.timed([&] { return prepared.start(started); });
  if (!a.ok()) return;
  CloseHandle(started.hThread);
  a.ret = started.dwProcessId;
  a.out.add("process", as_integer(started.hProcess));
}

}  // namespace ipcmark
