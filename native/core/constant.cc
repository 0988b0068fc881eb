#include "core/constant.h"

#include <algorithm>
#include <charconv>
#include <unordered_map>
#include <vector>

#include "core/value.h"

namespace ipcmark {

namespace {

const std::unordered_map<std::string_view, int64_t>& by_name() {
  static const auto map = [] {
    std::unordered_map<std::string_view, int64_t> m;
    for (const constant& c : constants()) m.emplace(c.name, c.number);
    return m;
  }();
  return map;
}

bool one_name(std::string_view word, int64_t& number, std::string& why) {
  if (const auto found = by_name().find(word); found != by_name().end()) return number = found->second, true;
  std::vector<value> values;
  if (parse_values(word, values, why) && values.size() == 1 && values[0].is == value::kind::integer) {
    return number = values[0].number, true;
  }
  std::vector<std::string_view> known;
  for (const constant& c : constants()) known.push_back(c.name);
  why = "no constant is named '" + std::string(word) + "'";
  if (const std::string likely = nearest(word, known); !likely.empty())
    why += "; did you mean '" + likely + "'?";
  return false;
}

}  // namespace

bool constant_value(std::string_view expression, int64_t& number, std::string& why) {
  number = 0;
  for (size_t at = 0; at <= expression.size();) {
    const size_t end = std::min(expression.find('|', at), expression.size());
    int64_t part = 0;
    if (!one_name(expression.substr(at, end - at), part, why)) return false;
    number |= part;
    at = end + 1;
  }
  return true;
}

std::string flag_names(std::string_view prefix, uint64_t bits) {
  std::string names;
  const auto add = [&](std::string_view name) { names += (names.empty() ? "" : "|") + std::string(name); };
  for (const constant& c : constants()) {
    const auto flag = static_cast<uint64_t>(c.number);
    if (flag == 0 || !std::string_view(c.name).starts_with(prefix) || (bits & flag) != flag) continue;
    add(c.name);
    bits &= ~flag;
  }
  if (bits != 0) {
    char rest[20];
    const auto end = std::to_chars(rest, rest + sizeof rest, bits, 16).ptr;
    add("0x" + std::string(rest, end));
  }
  return names.empty() ? "0" : names;
}

std::string value_name(std::string_view prefix, int64_t number) {
  for (const constant& c : constants()) {
    if (c.number == number && std::string_view(c.name).starts_with(prefix)) return c.name;
  }
  return std::string(prefix) + "?" + std::to_string(number);
}

std::string nearest(std::string_view word, std::span<const std::string_view> known) {
  size_t best = word.size() / 3 + 1;
  std::string_view found;
  std::vector<size_t> row(word.size() + 1);
  for (const std::string_view candidate : known) {
    if (candidate.size() > word.size() + best || word.size() > candidate.size() + best) continue;
    for (size_t i = 0; i <= word.size(); i++) row[i] = i;
    for (size_t j = 1; j <= candidate.size(); j++) {  // Levenshtein, one row at a time
      size_t diagonal = row[0];
      row[0] = j;
      for (size_t i = 1; i <= word.size(); i++) {
        const size_t substituted = diagonal + (word[i - 1] != candidate[j - 1]);
        diagonal = row[i];
        row[i] = std::min({row[i] + 1, row[i - 1] + 1, substituted});
      }
    }
    if (row.back() < best || (row.back() == best && found.empty())) best = row.back(), found = candidate;
  }
  return std::string(found);
}

}  // namespace ipcmark
