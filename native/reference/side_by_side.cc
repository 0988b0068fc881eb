// Plays a timed loop of ipcmark and the loop that somebody wrote by hand in C in turns: in the same two
// processes, over the same link, on the same processors. Two pairs of processes differ by more than two loops
// do, by where their memory lies and how they came to wake each other; one pair does not differ from itself.
//
// The agent with this in it is a program of its own, for scripts/reference-ratios.mjs. Its workloads take
// three further options, the same on both sides: [by-hand MECHANISM], [blocks N] and [messages N] of each
// turn. A block is four turns: ours, by hand, by hand, ours; every other block begins by hand. Both sides
// answer in `ours` and `byHand` what each turn measured, in nanoseconds, or 0 on the side that measures
// nothing.
#include <algorithm>
#include <iterator>
#include <string>
#include <string_view>
#include <vector>

#include "core/call.h"
#include "reference/by_hand/by_hand.h"
#include "workloads/options.h"
#include "workloads/seat.h"

namespace ipcmark {

namespace {

// The options that are about the turns, and those that are left for ours.
struct turns {
  std::string by_hand;
  int64_t blocks = 0;
  int64_t messages = 0;
  std::vector<value> rest;
};

bool read_turns(const value& options, turns& t, std::string& why) {
  for (const value& pair : options.items) {
    const bool named = pair.is == value::kind::list && pair.items.size() == 2;
    const std::string name = named ? pair.items[0].text : "";
    const auto number = [&](int64_t& to) { return integer_from(pair.items[1], 1, INT64_MAX, to, why); };
    if (name == "by-hand") {
      t.by_hand = pair.items[1].text;
    } else if (name == "blocks" || name == "messages") {
      if (!number(name == "blocks" ? t.blocks : t.messages)) return false;
    } else {
      t.rest.push_back(pair);
    }
  }
  return true;
}

value list_of(std::vector<value> items) {
  value v;
  v.is = value::kind::list;
  v.items = std::move(items);
  return v;
}

// ------------------------------------------------------------------------------------------------- one turn

const node* member(const node& of, std::string_view name) {
  const auto found = std::ranges::find(of.members, name, &std::pair<std::string, node>::first);
  return found == of.members.end() ? nullptr : &found->second;
}

// The median of a histogram's counts: the middle of the bucket it lies in.
double median_of_counts(const node& counts) {
  int64_t all = 0, below = 0;
  for (const node& pair : counts.items) all += pair.items[1].number;
  for (const node& pair : counts.items) {
    below += pair.items[1].number;
    if (2 * below < all) continue;
    const int64_t index = pair.items[0].number, bucket = std::max<int64_t>(0, (index >> 10) - 1);
    return (static_cast<double>(index - bucket * 1024) + 0.5) * static_cast<double>(int64_t{1} << bucket);
  }
  return 0;
}

double median_of_batches(const node& throughput) {
  std::vector<int64_t> times;
  for (const node& batch : member(throughput, "batchNs")->items) times.push_back(batch.number);
  std::ranges::sort(times);
  const double middle = static_cast<double>(times[(times.size() - 1) / 2] + times[times.size() / 2]) / 2;
  return middle / static_cast<double>(member(throughput, "messagesPerBatch")->number);
}

double measured_by(const answer& a) {
  if (const node* latency = member(a.out, "latency")) return median_of_counts(*member(*latency, "counts"));
  if (const node* throughput = member(a.out, "throughput")) return median_of_batches(*throughput);
  return 0;
}

double play_by_hand(const by_hand_loops& loops, std::string_view role, const by_hand_side& side) {
  if (role == "initiator") return loops.initiate(&side);
  if (role == "consumer") return loops.consume(&side);
  if (role == "producer") return loops.produce(&side), 0;
  return loops.respond(&side), 0;
}

// ------------------------------------------------------------------------------------------------- all turns

bool leads(std::string_view role) { return role == "initiator" || role == "producer"; }

// The options of one of our turns: the seat has been taken, and how many messages there are is said.
value options_of_a_turn(const turns& t, std::string_view role) {
  static constexpr std::string_view settled[] = {"cpu", "awake", "warmup-ms", "measure-ms"};
  std::vector<value> options;
  std::ranges::copy_if(t.rest, std::back_inserter(options), [](const value& pair) {
    return std::ranges::find(settled, pair.items[0].text) == std::end(settled);
  });
  if (leads(role)) options.push_back(list_of({value::of("messages"), value::of(t.messages)}));
  return list_of(std::move(options));
}

// Takes the seat for all turns; the arguments of a workload are ROLE TRANSPORT HANDLES OPTIONS.
void play_in_turns(answer& a, const call& c, arguments given, const turns& t) {
  const std::string& role = given[0].text;
  const std::vector<value>& handles = given[2].items;
  const by_hand_loops* loops = by_hand_loops_of(t.by_hand.c_str());
  if (loops == nullptr) return a.refuse("nobody has written loops by hand for '" + t.by_hand + "'");
  if (loops->produce == nullptr && c.name == std::string_view("stream"))
    return a.refuse(t.by_hand + " carries no stream");
  option_list options;
  workload_options o;
  if (!from_value<option_list>::convert(list_of(t.rest), options, a.refused)) return;
  if (!read_options(options, leads(role), o, a.refused)) return;
  seat here;
  if (!here.take(o, a)) return;

  std::vector<value> mine(given.begin(), given.end());
  mine[3] = options_of_a_turn(t, role);
  const by_hand_side side = {static_cast<long>(handles.front().number),
                             static_cast<long>(handles.back().number), o.size, static_cast<long>(t.messages)};
  node ours = node::list(), by_hand = node::list();
  for (int64_t turn = 0; turn < 4 * t.blocks; turn++) {
    // Ours at both ends of every other block, in the middle of the rest.
    const bool at_an_end = turn % 4 == 0 || turn % 4 == 3;
    if (at_an_end != (turn / 4 % 2 == 0)) {
      by_hand.items.emplace_back(play_by_hand(*loops, role, side));
      continue;
    }
    a = {};
    c.invoke(a, c, mine);
    if (!a.ok() || member(a.out, "failure") != nullptr) return;
    ours.items.emplace_back(measured_by(a));
  }
  a.out.add("ours", std::move(ours));
  a.out.add("byHand", std::move(by_hand));
  here.tell(a);
}

void play(answer& a, const call& c, arguments given) {
  static constexpr std::string_view workloads[] = {"pingpong", "stream", "handoff"};
  turns t;
  if (std::ranges::find(workloads, std::string_view(c.name)) == std::end(workloads) ||
      given[3].is != value::kind::list)
    return c.invoke(a, c, given);
  if (!read_turns(given[3], t, a.refused)) return;
  return t.by_hand.empty() ? c.invoke(a, c, given) : play_in_turns(a, c, given, t);
}

const bool installed = (decorate = &play, true);

}  // namespace

}  // namespace ipcmark
