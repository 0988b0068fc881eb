#include "core/call.h"

#include <unordered_map>

namespace ipcmark {

decorator decorate = nullptr;

bool integer_from(const value& v, int64_t lowest, uint64_t highest, int64_t& number, std::string& why) {
  if (v.is == value::kind::integer) {
    number = v.number;
  } else if (v.is == value::kind::text) {
    if (!constant_value(v.text, number, why)) return false;
  } else {
    return why = "a number or a constant's name is needed", false;
  }
  const bool negative = number < 0 && !v.is_unsigned;
  const bool fits = negative ? number >= lowest : static_cast<uint64_t>(number) <= highest;
  if (!fits) return why = "the number does not fit the parameter", false;
  return true;
}

bool bytes_from(const value& v, std::string& bytes, std::string& why) {
  switch (v.is) {
    case value::kind::text:
    case value::kind::bytes:
      bytes = v.text;
      return true;
    case value::kind::pattern:
      bytes = pattern_bytes(static_cast<size_t>(v.number), v.seed);
      return true;
    default:
      return why = "bytes are needed: 'text', hex:… or pattern:LENGTH:SEED", false;
  }
}

bool text_from(const value& v, std::string& text, std::string& why) {
  if (v.is != value::kind::text) return why = "a text is needed", false;
  if (v.text.find('\0') != std::string::npos) return why = "a text may not hold a NUL here", false;
  text = v.text;
  return true;
}

void detail::wrong_argument(answer& a, const call& c, size_t index, const std::string& why) {
  a.refuse(std::string(c.name) + ": argument " + std::to_string(index + 1) + ": " + why);
}

const call* find_call(std::string_view name) {
  static const auto map = [] {
    std::unordered_map<std::string_view, const call*> m;
    for (const call_group& group : call_groups()) {
      for (const call& c : group) m.emplace(c.name, &c);
    }
    return m;
  }();
  const auto found = map.find(name);
  return found == map.end() ? nullptr : found->second;
}

namespace {

std::string unknown_call(std::string_view name) {
  std::vector<std::string_view> known;
  for (const call_group& group : call_groups()) {
    for (const call& c : group) known.emplace_back(c.name);
  }
  std::string why = "no call is named '" + std::string(name) + "'";
  if (const std::string likely = nearest(name, known); !likely.empty())
    why += "; did you mean '" + likely + "'?";
  return why;
}

}  // namespace

void perform(answer& a, std::string_view name, arguments given) {
  const call* c = find_call(name);
  if (c == nullptr) return a.refuse(unknown_call(name));
  if (given.size() < c->fewest || given.size() > c->most) {
    return a.refuse(std::string(c->name) + " takes (" + c->parameters + "), but " +
                    std::to_string(given.size()) +
                    (given.size() == 1 ? " argument was given" : " arguments were given"));
  }
  if (decorate != nullptr) {
    decorate(a, *c, given);
  } else {
    c->invoke(a, *c, given);
  }
}

}  // namespace ipcmark
