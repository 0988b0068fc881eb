// Processes as NtQuerySystemInformation shows them. Wine lists them too, but says nothing of what their
// threads do.
#include "core/process_state.h"

#include <algorithm>

#include "os/proc.h"
#include "os/windows.h"

namespace ipcmark {

namespace {

// KTHREAD_STATE. A thread that runs or has run is never in the first: where all are, nobody has filled the
// field in.
enum thread_state : uint32_t { initialized = 0, waiting = 5 };

// KWAIT_REASON, with and without `Wr`: waits for memory, over in a moment, are no answer to `does it wait?`.
bool is_memory(uint32_t reason) { return (reason >= 1 && reason <= 3) || (reason >= 8 && reason <= 10); }
bool is_suspended(uint32_t reason) { return reason == 5 || reason == 12; }

bool is_shown(const seen_process& p) {
  return std::any_of(p.threads.begin(), p.threads.end(),
                     [](const seen_thread& t) { return t.state != initialized; });
}

template <class F>
bool all_wait_so(const seen_process& p, F&& for_that) {
  return std::all_of(p.threads.begin(), p.threads.end(),
                     [&](const seen_thread& t) { return t.state == waiting && for_that(t.wait_reason); });
}

process_state state_of(const seen_process& p) {
  process_state state;
  state.pid = p.pid;
  state.parent = p.parent;
  state.start_time = p.start_time;
  state.state = "unknown";
  if (!is_shown(p)) return state;
  const bool waits = all_wait_so(p, [](uint32_t) { return true; });
  const bool stopped = all_wait_so(p, is_suspended);
  const bool on_memory = std::any_of(p.threads.begin(), p.threads.end(),
                                     [](const seen_thread& t) { return is_memory(t.wait_reason); });
  state.state = stopped ? "stopped" : !waits ? "running" : on_memory ? "uninterruptible" : "sleeping";
  state.waiting = state.state == "sleeping";
  // Windows does not tell the two kinds of switch apart.
  state.voluntary_switches = p.threads.front().switches;
  return state;
}

}  // namespace

std::optional<process_state> process_state_of(int64_t pid) {
  if (pid <= 0) return {};
  for (const seen_process& p : all_processes()) {
    if (p.pid == pid) return state_of(p);
  }
  return {};
}

process_state own_process_state() {
  const auto own = static_cast<int64_t>(GetCurrentProcessId());
  if (auto state = process_state_of(own)) return *state;
  process_state state;
  state.pid = own;
  state.state = "running";
  return state;
}

std::vector<int64_t> children_of(int64_t pid) {
  const std::vector<seen_process> all = all_processes();
  const auto parent =
      std::find_if(all.begin(), all.end(), [&](const seen_process& p) { return p.pid == pid; });
  std::vector<int64_t> children;
  for (const seen_process& p : all) {
    // A parent's number outlives it here: a child is younger than whoever has the number now.
    if (p.parent == pid && parent != all.end() && p.start_time >= parent->start_time)
      children.push_back(p.pid);
  }
  std::sort(children.begin(), children.end());
  return children;
}

}  // namespace ipcmark
