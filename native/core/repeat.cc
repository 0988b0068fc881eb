#include "core/repeat.h"

#include <map>
#include <optional>
#include <tuple>

#include "core/words.h"

namespace ipcmark {

namespace {

// What a transfer moved: the bytes that came, or the count that a call gives beside a bare yes.
std::optional<int64_t> moved(const answer& a) {
  if (a.has_bytes) return static_cast<int64_t>(a.bytes.size());
  for (const auto& [name, member] : a.out.members) {
    if (name == "transferred") return member.number;
  }
  return {};
}

// Equal outcomes are counted, not listed: thousands of records are told apart by length and checksum.
struct tally {
  using key = std::tuple<int64_t, uint32_t, std::string>;  // return value or length, checksum, error
  std::map<key, int64_t> counts;
  std::string pending;  // bytes that do not fill a block yet

  void add(const answer& a, size_t block) {
    if (!a.ok()) {
      counts[{a.ret, 0, error_name(a.code)}]++;
    } else if (!a.has_bytes) {
      counts[{moved(a).value_or(a.ret), 0, ""}]++;
    } else if (block == 0) {
      count_bytes(a.bytes);
    } else {
      pending += a.bytes;
      size_t at = 0;
      for (; pending.size() - at >= block; at += block)
        count_bytes(std::string_view(pending).substr(at, block));
      pending.erase(0, at);
    }
  }
  void count_bytes(std::string_view bytes) {
    counts[{static_cast<int64_t>(bytes.size()), crc32(bytes.data(), bytes.size()), ""}]++;
  }

  node as_node() {
    if (!pending.empty()) count_bytes(pending);
    node rows = node::list();
    for (const auto& [k, count] : counts) {
      const auto& [ret, crc, error] = k;
      node row = node::object();
      row.add("ret", ret);
      if (crc != 0) row.add("crc", crc);
      if (!error.empty()) row.add("error", error);
      rows.items.push_back(std::move(row.add("count", count)));
    }
    return rows;
  }
};

void repeat(answer& a, const call& c, arguments given) {
  int64_t count = 0, block = 0;
  std::string why;
  if (!integer_from(given[0], 0, INT64_MAX, count, why)) return detail::wrong_argument(a, c, 0, why);
  if (!integer_from(given[1], 0, longest_buffer, block, why)) return detail::wrong_argument(a, c, 1, why);
  if (given[2].is != value::kind::text) return detail::wrong_argument(a, c, 2, "a call's name is needed");
  tally seen;
  int64_t times = 0, ns = 0;
  for (bool go_on = true; go_on && times < count; times++) {
    answer one;
    perform(one, given[2].text, given.subspan(3));
    if (!one.refused.empty()) return a.refuse(one.refused);
    seen.add(one, static_cast<size_t>(block));
    ns += one.ns;
    a.ret = one.ret;
    a.code = one.code;
    // A receive that brings nothing is the end, and so is a Windows write that takes nothing; any other call
    // goes on whatever it returns.
    go_on = one.ok() && moved(one) != 0;
  }
  a.ns = ns;
  a.out.add("times", times);
  a.out.add("tally", seen.as_node());
}

// Several calls one after another, so many times, until one fails. What a descriptor will be called is known
// beforehand: the lowest number that is free.
void in_turn(answer& a, const call& c, arguments given) {
  int64_t count = 0, times = 0, ns = 0;
  std::string why;
  if (!integer_from(given[0], 0, INT64_MAX, count, why)) return detail::wrong_argument(a, c, 0, why);
  std::vector<words> turn(given.size() - 1);
  for (size_t i = 0; i < turn.size(); i++) {
    if (!from_value<words>::convert(given[i + 1], turn[i], why))
      return detail::wrong_argument(a, c, i + 1, why);
  }
  tally seen;
  for (; a.ok() && times < count; times++) {
    for (size_t i = 0; a.ok() && i < turn.size(); i++) {
      a = made(turn[i]);
      if (!a.refused.empty()) return;
      seen.add(a, 0);
      ns += a.ns;
    }
  }
  a.ns = ns;
  a.has_bytes = false;
  a.out = node::object();
  a.out.add("times", times).add("tally", seen.as_node());
}

constexpr call calls[] = {
    raw("in-turn", "times [call…]…", 2, in_turn),
    raw("repeat", "count block call argument…", 3, repeat),
};

}  // namespace

call_group repeat_calls() { return calls; }

}  // namespace ipcmark
