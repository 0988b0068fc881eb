#include "agent/linux/blocked.h"

#include "agent/verbs.h"
#include "core/clock.h"
#include "core/process_state.h"

namespace ipcmark {

namespace {

// A process sleeps for a moment in many calls (a page to be filled in, a lock inside the kernel). One that is
// found asleep in the same call twice, this far apart, and has not been on a processor in between, waits.
constexpr int64_t between_looks_ns = 250'000;

void tell(const blocked_question& q, bool blocked) {
  answer a;
  a.out.add("blocked", blocked);
  if (blocked) a.out.add("by", "system");
  write_out(a.json(q.id));
}

std::optional<blocked_question::look> asleep_inside_a_call(const call_counter& counter, pid_t pid) {
  const uint32_t entered = counter.entered;
  if (entered == counter.left) return std::nullopt;
  const std::optional<process_state> seen = process_state_of(pid);
  if (!seen || !seen->waiting.value_or(false)) return std::nullopt;
  return blocked_question::look{entered, seen->voluntary_switches.value_or(0), now_ns()};
}

}  // namespace

blocked_question ask(std::string_view id, std::string_view peer, int milliseconds) {
  return {std::string(id), std::string(peer), now_ns() + milliseconds * 1'000'000LL, std::nullopt};
}

bool settle(blocked_question& q, crew& peers) {
  const member* m = peers.find(q.peer);
  const bool returned = m == nullptr || m->under_way == 0;
  if (returned || now_ns() > q.until_ns) return tell(q, false), true;
  const auto now = asleep_inside_a_call(peers.counter(*m), m->pid);
  if (now && q.last && now->entered == q.last->entered && now->switches == q.last->switches) {
    if (now->at_ns - q.last->at_ns < between_looks_ns) return false;
    return tell(q, true), true;
  }
  q.last = now;
  return false;
}

}  // namespace ipcmark
