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
  // `repeat` only makes other calls, and each of those comes by here.
  const bool only_repeats = std::string_view(c.name) == "repeat";
  for (fault& f : installed()) {
    if (!only_repeats && concerns(f, c.name)) return f.kind->run(f, a, c, given);
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
    why += "\n  " + std::string(k.name) + ":CALL[,CALL…]" +
           (k.detail != nullptr ? ":" + std::string(k.detail) : "") + "  " + k.says;
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
  if ((kind->detail != nullptr) != (parts.size() == 3)) {
    return refuse(
        why, parts[0] + (kind->detail != nullptr ? " needs a detail" : " takes no detail") + "; there are");
  }
  fault f{&*kind, split(parts[1], ','), parts.size() == 3 ? parts[2] : ""};
  for (const std::string& name : f.calls) {
    if (name != "*" && find_call(name) == nullptr)
      return refuse(why, "no call is named '" + name + "'; there are");
  }
  installed().push_back(std::move(f));
  decorate = run_with_faults;
  return true;
}

}  // namespace ipcmark
