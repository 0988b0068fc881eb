#include "core/process_state.h"

namespace ipcmark {

node to_node(const process_state& state) {
  node shown = node::object();
  // The start time as text: Windows counts more ticks than a double holds.
  shown.add("pid", state.pid).add("parent", state.parent).add("startTime", std::to_string(state.start_time));
  shown.add("state", state.state);
  shown.add("waiting", state.waiting ? node(*state.waiting) : node());
  shown.add("voluntarySwitches", state.voluntary_switches ? node(*state.voluntary_switches) : node());
  return shown;
}

}  // namespace ipcmark
