#include "agent/blocked.h"

#include "agent/verbs.h"
#include "core/clock.h"
#include "core/process_state.h"

namespace ipcmark {

namespace {

// A process sleeps for a moment in many calls. One that is found asleep in the same call twice, this far
// apart, and has not been on a processor in between, waits.
constexpr int64_t between_looks_ns = 250'000;
// Where the system does not say: a call that takes this long is waiting, or so slow that a claim on it errs
// toward passing.
constexpr int64_t grace_ns = 100'000'000;

void tell(const blocked_question& q, bool blocked, const char* by = nullptr) {
  answer a;
  a.out.add("blocked", blocked);
  if (by != nullptr) a.out.add("by", by);
  write_out(a.json(q.id));
}

std::optional<blocked_question::look> inside_a_call(const call_counter& counter, int64_t pid) {
  const uint32_t entered = counter.entered;
  if (entered == counter.left) return std::nullopt;
  const std::optional<process_state> seen = process_state_of(pid);
  if (!seen || !seen->waiting.value_or(true)) return std::nullopt;
  return blocked_question::look{entered, seen->waiting.has_value(), seen->voluntary_switches.value_or(0),
                                now_ns()};
}

}  // namespace

blocked_question ask(std::string_view id, std::string_view peer, int milliseconds) {
  return {std::string(id), std::string(peer), now_ns() + milliseconds * 1'000'000LL, std::nullopt};
}

bool settle(blocked_question& q, const std::optional<watched>& peer) {
  const bool returned = !peer || peer->under_way == 0;
  if (returned || now_ns() > q.until_ns) return tell(q, false), true;
  const auto now = inside_a_call(peer->counter, peer->pid);
  const bool same = now && q.since && now->entered == q.since->entered && now->switches == q.since->switches;
  if (!same) return q.since = now, false;
  if (now->at_ns - q.since->at_ns < (now->said_by_system ? between_looks_ns : grace_ns)) return false;
  return tell(q, true, now->said_by_system ? "system" : "grace"), true;
}

}  // namespace ipcmark
