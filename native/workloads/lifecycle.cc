#include "workloads/lifecycle.h"

#include <algorithm>
#include <string_view>

#include "core/histogram.h"
#include "workloads/board.h"
#include "workloads/meter.h"
#include "workloads/pace.h"
#include "workloads/seat.h"
#include "workloads/story.h"

namespace ipcmark {

namespace {

constexpr std::string_view stage_names[] = {"create", "connect", "first-byte", "close"};
constexpr size_t stages = std::size(stage_names);

// How far one side has come, over all lives. `at` is when it finished its last step of each stage of this
// one.
struct progress {
  alignas(apart) std::atomic<uint64_t> begun;
  std::atomic<uint64_t> finished;
  std::atomic<int64_t> at[stages];
};

// In memory that both sides have; all zeros at the beginning.
struct life_board {
  phase_board phases;
  alignas(apart) std::atomic<uint64_t> life;  // the one that is being lived
  std::atomic<bool> failed;
  progress sides[2];
  alignas(apart) kept_numbers numbers;
};

class actor {
 public:
  actor(life_board& board, story& all, int64_t side, bool alone, bool yields)
      : board_(board), me_(board.sides[side]), other_(board.sides[1 - side]), yields_(yields) {
    for (step& s : all) {
      (alone || s.side == side ? mine_ : theirs_).push_back(&s);
    }
    for (const step* s : mine_) lasts_[static_cast<size_t>(s->stage)] = true;
    for (const step* s : theirs_) lasts_[static_cast<size_t>(s->stage)] = true;
  }

  // One whole life; false when it could not be lived to its end, and `wrong` says why.
  bool live() {
    const uint64_t before = lives_++ * theirs_.size();
    for (step* s : mine_) {
      const uint64_t finished = before + static_cast<uint64_t>(s->finished);
      const uint64_t begun = before + static_cast<uint64_t>(s->begun);
      if (!await(
              [&] { return other_.finished.load(order) >= finished && other_.begun.load(order) >= begun; }))
        return false;
      me_.begun.fetch_add(1, order);
      if (std::string said = s->make(board_.numbers); !said.empty()) {
        failure = {.call = "", .code = s->error};
        wrong = said + " in life " + std::to_string(lives_);
        board_.failed.store(true, order);
        return false;
      }
      if (s->carries) done.add(s->crc);
      me_.at[s->stage].store(now_ns(), order);
      me_.finished.fetch_add(1, order);
    }
    return true;
  }
  bool await_other() {
    return await([&] { return other_.finished.load(order) >= lives_ * theirs_.size(); });
  }
  bool await_life(uint64_t life) {
    return await([&] { return board_.life.load(order) >= life; });
  }
  void next_life() { board_.life.fetch_add(1, order); }

  bool has_stage(size_t stage) const { return lasts_[stage]; }
  int64_t ended(size_t stage) const {
    return std::max(me_.at[stage].load(order), other_.at[stage].load(order));
  }
  uint64_t lives() const { return lives_; }
  uint64_t steps() const { return mine_.size(); }

  carried done;
  transfer_failure failure;
  std::string wrong;

 private:
  static constexpr std::memory_order order = std::memory_order_seq_cst;

  template <class Come>
  bool await(Come come) {
    const auto over = [&] { return come() || board_.failed.load(order); };
    if (yields_) {
      while (!over()) give_way();
    } else {
      spin_until(over);
    }
    if (come()) return true;
    wrong = "the other side could not go on";
    return false;
  }

  life_board& board_;
  progress& me_;
  progress& other_;
  bool yields_;
  std::vector<step*> mine_, theirs_;
  bool lasts_[stages] = {};
  uint64_t lives_ = 0;
};

void report_wrong(answer& a, const actor& me) {
  report_failure(a, me.failure, me.done, {}, me.wrong);
  // What another call says about it is no mismatch of bytes.
  if (me.failure.code != 0) a.code = me.failure.code;
}

// Of whole lives and of their stages.
struct durations {
  histogram whole;
  std::vector<int64_t> each[stages];

  void clear(uint64_t lives) {
    whole.clear();
    for (auto& list : each) {
      list.clear();
      list.reserve(lives);
    }
  }
  void add(const actor& me, int64_t began, int64_t ended) {
    whole.record(ended - began);
    for (size_t i = 0; i < stages; i++) {
      if (!me.has_stage(i)) continue;
      const int64_t at = me.ended(i);
      each[i].push_back(std::max<int64_t>(0, at - began));
      began = std::max(began, at);
    }
  }
  void tell(answer& a) {
    a.out.add("latency", whole.as_node());
    node medians = node::object();
    for (size_t i = 0; i < stages; i++) {
      auto& list = each[i];
      if (list.empty()) continue;
      const auto middle = list.begin() + static_cast<std::ptrdiff_t>(list.size() / 2);
      std::nth_element(list.begin(), middle, list.end());
      medians.add(std::string(stage_names[i]), *middle);
    }
    a.out.add("stages", std::move(medians));
  }
};

void lead(answer& a, life_board& board, actor& me, const workload_options& o) {
  durations times;
  meter m;
  constexpr uint64_t fewest = 32;
  const bool whole = run_phases(o, fewest, m.cost(), [&](uint64_t lives) {
    times.clear(lives);
    me.done = {};
    board.phases.announce({.messages = lives, .per_batch = lives});
    m.begin();
    for (uint64_t i = 0; i < lives; i++) {
      const int64_t began = now_ns();
      me.next_life();
      if (!me.live() || !me.await_other()) return false;
      times.add(me, began, now_ns());
    }
    m.end(lives * me.steps());
    return true;
  });
  if (!whole) return report_wrong(a, me);
  board.phases.announce({});
  report(a, me.done, m.cost(), 1);
  times.tell(a);
}

void follow(answer& a, life_board& board, actor& me) {
  meter m;
  for (uint64_t phase = 1;; phase++) {
    const plan now = board.phases.await(phase);
    if (now.messages == 0) break;
    me.done = {};
    m.begin();
    for (uint64_t i = 0; i < now.messages; i++) {
      if (!me.await_life(me.lives() + 1) || !me.live()) return report_wrong(a, me);
    }
    m.end(now.messages * me.steps());
  }
  report(a, me.done, m.cost(), 1);
}

}  // namespace

void lifecycle_call(answer& a, std::string& role, std::vector<int64_t>& at, value& told, option_list& given) {
  const bool alone = role == "alone", leads = alone || role == "leader";
  if (!leads && role != "follower") {
    return a.refuse("lifecycle has a leader and a follower, or one that is alone; no '" + role + "'");
  }
  workload_options o;
  std::string why;
  story all;
  if (!read_options(given, leads, o, why) || !read_story(told, all, why)) return a.refuse(std::move(why));
  const auto stray = [](const step& s) {
    return s.side < 0 || s.side > 1 || s.stage < 0 || s.stage >= static_cast<int64_t>(stages);
  };
  if (std::ranges::any_of(all, stray)) return a.refuse("a step is of side 0 or 1, and of stage 0 to 3");
  if (at.size() != 1) return a.refuse("the address of common memory is needed, such as [4096]");
  seat here;
  if (!here.take(o, a)) return;
  auto& board = *reinterpret_cast<life_board*>(at[0]);
  actor me(board, all, leads ? 0 : 1, alone, o.wait == waiting::yield);
  leads ? lead(a, board, me, o) : follow(a, board, me);
  here.tell(a);
}

}  // namespace ipcmark
