#include "workloads/baseline.h"

#include <string_view>

#include "workloads/baseline_across.h"
#include "workloads/baseline_alone.h"
#include "workloads/baseline_pair.h"
#include "workloads/seat.h"

namespace ipcmark {

namespace {

using baseline::place;

struct pair_of_roles {
  const char* name;
  // 0: nothing travels; else bytes come in multiples of this.
  size_t unit;
  const char* leader;
  const char* follower;
  void (*lead)(answer& a, const place& p, const workload_options& o);
  void (*follow)(answer& a, const place& p, const workload_options& o);
};

template <class Way>
constexpr pair_of_roles round_trips(const char* name, size_t unit) {
  return {name,
          unit,
          "initiator",
          "responder",
          baseline::lead_round_trips<Way>,
          baseline::follow_round_trips<Way>};
}

constexpr pair_of_roles pairs[] = {
    round_trips<baseline::switching>("yield-switch", 0),
    round_trips<baseline::lines>("cache-line", sizeof(baseline::lines::word)),
    round_trips<baseline::sleeping>("wake-up", 0),
    {"memcpy-across", 1, "producer", "consumer", baseline::lead_across, baseline::follow_across},
};

std::string known() {
  std::string names;
  for (const baseline::alone& one : baseline::all_alone)
    names += std::string(names.empty() ? "" : ", ") + one.name;
  for (const pair_of_roles& pair : pairs) names += std::string(", ") + pair.name;
  return names;
}

std::string wrong_size(size_t unit, size_t size) {
  if (unit == 0) return size == 0 ? "" : "nothing travels, and there is no size";
  if (size > 0 && size % unit == 0) return "";
  return unit == 1 ? "the option 'size' is needed"
                   : "the option 'size' is needed, a multiple of " + std::to_string(unit);
}

void run(answer& a, const workload_options& o, auto what) {
  seat here;
  if (!here.take(o, a)) return;
  what();
  here.tell(a);
}

void run_pair(answer& a, const pair_of_roles& pair, const std::string& role,
              const std::vector<int64_t>& handles, const option_list& given) {
  const bool leads = role == pair.leader;
  if (!leads && role != pair.follower) {
    return a.refuse(std::string(pair.name) + " has " + pair.leader + " and " + pair.follower + ", no '" +
                    role + "'");
  }
  workload_options o;
  std::string why;
  if (!read_options(given, leads, o, why) || !(why = wrong_size(pair.unit, o.size)).empty()) {
    return a.refuse(std::move(why));
  }
  if (handles.empty()) return a.refuse("the address of common memory is needed, such as [4096]");
  place p{.common = reinterpret_cast<baseline::board*>(handles[0]), .leads = leads, .size = o.size};
  if (handles.size() == 3) p.there = handles[1], p.back = handles[2];
  run(a, o, [&] { (leads ? pair.lead : pair.follow)(a, p, o); });
}

void run_alone(answer& a, const baseline::alone& what, const std::string& role, const option_list& given) {
  if (role != "alone") return a.refuse(std::string(what.name) + " is of one process: its role is 'alone'");
  workload_options o;
  std::string why;
  if (!read_options(given, true, o, why) || !(why = wrong_size(what.sized ? 1 : 0, o.size)).empty()) {
    return a.refuse(std::move(why));
  }
  run(a, o, [&] { baseline::run_alone(a, what, o); });
}

}  // namespace

void baseline_call(answer& a, std::string& name, std::string& role, std::vector<int64_t>& handles,
                   option_list& given) {
  for (const baseline::alone& one : baseline::all_alone) {
    if (one.name == name) return run_alone(a, one, role, given);
  }
  for (const pair_of_roles& pair : pairs) {
    if (pair.name == name) return run_pair(a, pair, role, handles, given);
  }
  a.refuse("no baseline is called '" + name + "'; there is " + known());
}

}  // namespace ipcmark
