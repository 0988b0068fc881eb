#include "workloads/handoff.h"

#include <atomic>
#include <chrono>
#include <thread>

#include "core/histogram.h"
#include "workloads/hands.h"
#include "workloads/meter.h"
#include "workloads/pace.h"
#include "workloads/plan.h"
#include "workloads/seat.h"
#include "workloads/side.h"

namespace ipcmark {

namespace {

constexpr size_t line = 64;

// Memory in common, all zeros at the beginning. No timed loop looks at it.
struct board {
  alignas(line) std::atomic<uint64_t> met;     // how often a side has come to where both meet
  alignas(line) std::atomic<uint64_t> rounds;  // of the next phase; none: it was the last
  std::atomic<bool> by_turns;                  // whether they count up
  std::atomic<uint64_t> turn;
};
static_assert(std::atomic<uint64_t>::is_always_lock_free);

class party {
 public:
  party(hands& both, board& common, bool tells_calls)
      : both_(both), common_(common), tells_calls_(tells_calls) {}

  bool lead(answer& a, const workload_options& o);
  bool follow(answer& a);

  void report_failure_to(answer& a) const {
    report_failure(a, both_.failure(), done_, {.messages = 2 * rounds_}, mismatch_);
  }

 private:
  void report_to(answer& a) const {
    phase_cost cost = meter_.cost();
    cost.calls_known = tells_calls_;
    report(a, done_, cost, 0);
  }

  void meet();
  bool begin() {
    if (!both_.prepare()) return false;
    return meet(), true;
  }
  bool announce(uint64_t rounds, bool by_turns) {
    common_.by_turns = by_turns;
    common_.turn = 0;
    common_.rounds = rounds_ = rounds;
    return both_.ring() && both_.wait();
  }
  bool await() {
    if (!both_.wait()) return false;
    rounds_ = common_.rounds;
    return both_.ring();
  }

  // Around what is measured.
  static constexpr uint64_t most_turns = 64;
  bool initiate_by_turns();
  bool respond_by_turns();
  bool find_turn(uint64_t expected);

  template <class Rounds>
  bool measured(Rounds rounds);
  bool end();

  hands& both_;
  board& common_;
  bool tells_calls_;
  meter meter_;
  carried done_;
  uint64_t rounds_ = 0;
  std::string mismatch_;
};

template <class Rounds>
bool party::measured(Rounds rounds) {
  const uint64_t calls = both_.system_calls();
  done_ = {};
  meter_.begin();
  if (!rounds()) return false;
  meter_.end(both_.system_calls() - calls);
  done_.messages = 2 * rounds_;
  return true;
}

bool party::find_turn(uint64_t expected) {
  const uint64_t found = common_.turn;
  if (found == expected) return true;
  mismatch_ = "hand-over " + std::to_string(expected) + " came after hand-over " + std::to_string(found) +
              " of " + std::to_string(2 * rounds_) + ": it was rung too often";
  return false;
}

bool party::initiate_by_turns() {
  if (!announce(most_turns, true)) return false;
  for (uint64_t turn = 0; turn < 2 * rounds_; turn += 2) {
    common_.turn = turn + 1;
    if (!both_.ring() || !both_.wait() || !find_turn(turn + 2)) return false;
  }
  return true;
}

bool party::respond_by_turns() {
  for (uint64_t turn = 0; turn < 2 * rounds_; turn += 2) {
    if (!both_.wait() || !find_turn(turn + 1)) return false;
    common_.turn = turn + 2;
    if (!both_.ring()) return false;
  }
  return true;
}

void party::meet() {
  const uint64_t both_here = common_.met.fetch_add(1) / 2 * 2 + 2;
  constexpr int patience = 1000;
  constexpr std::chrono::microseconds soon{50};
  for (int tries = 0; common_.met < both_here; tries++) {
    if (tries < patience) {
      std::this_thread::yield();
    } else {
      std::this_thread::sleep_for(soon);
    }
  }
}

// Nobody rings any more, and nobody does anything else before both have seen that.
bool party::end() {
  if (both_.rung_too_often()) return mismatch_ = "it was rung once more than was waited for", false;
  meet();
  return both_.finish();
}

bool party::lead(answer& a, const workload_options& o) {
  constexpr uint64_t fewest_round_trips = 32;
  histogram times;
  const auto phase = [&](uint64_t rounds) {
    times.clear();
    return announce(rounds, false) && measured([&] { return both_.initiate(rounds, times); });
  };
  if (!begin() || !initiate_by_turns()) return false;
  if (!run_phases(o, fewest_round_trips, meter_.cost(), phase)) return false;
  if (!initiate_by_turns() || !announce(0, false) || !end()) return false;
  report_to(a);
  a.out.add("latency", times.as_node());
  return true;
}

bool party::follow(answer& a) {
  if (!begin()) return false;
  for (;;) {
    if (!await()) return false;
    if (rounds_ == 0) break;
    if (!(common_.by_turns ? respond_by_turns() : measured([&] { return both_.respond(rounds_); })))
      return false;
  }
  if (!end()) return false;
  report_to(a);
  return true;
}

}  // namespace

// The handles are [RING… WAIT…], or [LOCK LOCK LOCK].
void handoff_call(answer& a, std::string& role, std::string& bell, std::vector<int64_t>& handles,
                  option_list& given) {
  const bool leads = role == "initiator";
  if (!leads && role != "responder") {
    return a.refuse("handoff has an initiator and a responder, no '" + role + "'");
  }
  workload_options o;
  std::string why;
  if (!read_options(given, leads, o, why)) return a.refuse(std::move(why));
  if (o.size != 0) return a.refuse("nothing travels, and there is no size");
  const bell_facts* facts = bell_called(bell, why);
  if (facts == nullptr) return a.refuse(std::move(why));
  if (o.board == 0) return a.refuse("the option 'board' is needed: the address of common memory, all zeros");
  const std::unique_ptr<hands> both = hands::make(*facts, handles, leads, o, why);
  if (both == nullptr) return a.refuse(std::move(why));
  seat here;
  if (!here.take(o, a)) return;
  if (why = both->wait_by(o.wait); !why.empty()) {
    a.ret = -1;
    a.out.add("unsupported", bell + ": " + why);
    return;
  }
  party me(*both, *reinterpret_cast<board*>(static_cast<intptr_t>(o.board)), facts->tells_calls);
  if (!(leads ? me.lead(a, o) : me.follow(a))) return me.report_failure_to(a);
  here.tell(a);
}

}  // namespace ipcmark
