#include "agent/windows/exit_event.h"

#include "core/answer.h"
#include "core/usage.h"
#include "os/usage.h"

namespace ipcmark {

std::string exit_event(std::string_view peer, HANDLE process) {
  node event = node::object();
  event.add("event", "exit").add("peer", peer);
  DWORD code = 0;
  if (process != nullptr && GetExitCodeProcess(process, &code) != 0) {
    event.add("code", code).add("usage", as_node(usage_of(process)));
  }
  std::string line;
  event.write_json(line);
  return line;
}

}  // namespace ipcmark
