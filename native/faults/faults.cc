#include "faults/faults.h"

#include <algorithm>
#include <list>

namespace ipcmark {

namespace {

std::list<fault>& installed() {
  static std::list<fault> all;
  return all;
}

bool concerns(const fault& f, std::string_view call_name) {
  return std::any_of(f.calls.begin(), f.calls.end(),
                     [&](const std::string& name) { return name == "*" || name == call_name; });
}

void run_with_faults(answer& a, const call& c, arguments given) {
  // These only make other calls, and each of those comes by here.
  const std::string_view name = c.name;
  static constexpr std::string_view makers[] = {"repeat", "in-turn",    "guarded", "guarded-increment",
                                                "thread", "thread-join"};
  const bool only_makes_others = std::find(std::begin(makers), std::end(makers), name) != std::end(makers);
  for (fault& f : installed()) {
    if (!only_makes_others && concerns(f, c.name)) return f.kind->run(f, a, c, given);
  }
  c.invoke(a, c, given);
}

std::vector<std::string> split(std::string_view text, char at) {
  std::vector<std::string> parts;
  for (size_t begin = 0; begin <= text.size();) {
    const size_t end = std::min(text.find(at, begin), text.size());
    parts.emplace_back(text.substr(begin, end - begin));
    begin = end + 1;
  }
  return parts;
}

bool refuse(std::string& why, std::string sentence) {
  why = std::move(sentence);
  for (const fault_kind& k : fault_kinds()) {
    why += "\n  " + std::string(k.name) + ":CALL[,CALL…]" + written(k.detail) + "  " + k.says;
  }
  return false;
}

bool is_call(const std::string& name, std::string& why) {
  if (name == "*" || find_call(name) != nullptr) return true;
  std::vector<std::string_view> known;
  for (const call_group& group : call_groups()) {
    for (const call& c : group) known.emplace_back(c.name);
  }
  why = "no call is named '" + name + "'";
  if (const std::string likely = nearest(name, known); !likely.empty())
    why += "; did you mean '" + likely + "'?";
  return false;
}

// Only one fault can break a call: the second would never come to run.
bool meets_another(const fault& f, std::string& why) {
  for (const fault& other : installed()) {
    for (const std::string& name : f.calls) {
      if (name != "*" && !concerns(other, name)) continue;
      why = std::string(other.kind->name) + " and " + f.kind->name +
            " break the same call, and only the first of them would come to run";
      return true;
    }
  }
  return false;
}

}  // namespace

bool install_fault(std::string_view specification, std::string& why) {
  const std::vector<std::string> parts = split(specification, ':');
  if (parts.size() < 2 || parts.size() > 3)
    return refuse(why, "a fault is KIND:CALL[,CALL…][:DETAIL]; there are");
  const auto kinds = fault_kinds();
  const auto kind =
      std::find_if(kinds.begin(), kinds.end(), [&](const fault_kind& k) { return parts[0] == k.name; });
  if (kind == kinds.end()) return refuse(why, "no kind of fault is named '" + parts[0] + "'; there are");
  const bool needs_detail = kind->detail != detail_type::none;
  if (needs_detail != (parts.size() == 3))
    return refuse(why, parts[0] + (needs_detail ? " needs a detail" : " takes no detail") + "; there are");
  fault f;
  f.kind = &*kind;
  f.calls = split(parts[1], ',');
  for (const std::string& name : f.calls) {
    if (!is_call(name, why)) return false;
  }
  if (needs_detail && !resolve_detail(parts[2], f, why)) return why = parts[0] + ": " + why, false;
  if (meets_another(f, why)) return false;
  installed().push_back(std::move(f));
  decorate = run_with_faults;
  return true;
}

}  // namespace ipcmark
