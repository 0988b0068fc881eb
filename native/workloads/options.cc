#include "workloads/options.h"

#include <algorithm>
#include <array>
#include <set>
#include <span>
#include <string_view>

#include "core/call.h"
#include "core/constant.h"

namespace ipcmark {

namespace {

struct option {
  std::string_view name;
  bool leader_only;
  int64_t lowest;
  int64_t highest;
  void (*set)(workload_options& to, int64_t number);
};

constexpr int64_t one_hour_ms = 3'600'000;
constexpr int64_t last_cpu = 8191;

constexpr std::array numbers = {
    option{"size", false, 1, largest_message,
           [](workload_options& to, int64_t n) { to.size = static_cast<size_t>(n); }},
    option{"warmup-ms", true, 0, one_hour_ms,
           [](workload_options& to, int64_t n) { to.warmup_ns = n * 1'000'000; }},
    option{"measure-ms", true, 1, one_hour_ms,
           [](workload_options& to, int64_t n) { to.measure_ns = n * 1'000'000; }},
    option{"messages", true, 1, int64_t{1} << 40,
           [](workload_options& to, int64_t n) { to.messages = static_cast<uint64_t>(n); }},
    option{"batches", true, 1, 10'000,
           [](workload_options& to, int64_t n) { to.batches = static_cast<uint64_t>(n); }},
    option{"room", false, 1, int64_t{1} << 40,
           [](workload_options& to, int64_t n) { to.room = static_cast<uint64_t>(n); }},
    option{"rate", true, 1, 1'000'000'000,
           [](workload_options& to, int64_t n) { to.rate = static_cast<uint64_t>(n); }},
    option{"measure-at", false, 0, INT64_MAX, [](workload_options& to, int64_t n) { to.measure_at = n; }},
    option{"stop-at", false, 0, INT64_MAX, [](workload_options& to, int64_t n) { to.stop_at = n; }},
    option{"sender", false, 0, most_peers - 1,
           [](workload_options& to, int64_t n) { to.sender = static_cast<uint64_t>(n); }},
    option{"ends", false, 1, most_peers,
           [](workload_options& to, int64_t n) { to.ends = static_cast<uint64_t>(n); }},
    option{"shared", false, 0, 1, [](workload_options& to, int64_t n) { to.shared = n != 0; }},
    option{"board", false, 1, INT64_MAX, [](workload_options& to, int64_t n) { to.board = n; }},
    option{"inject-ns", true, 0, 1'000'000'000, [](workload_options& to, int64_t n) { to.inject_ns = n; }},
    option{"cpu", false, 0, last_cpu, [](workload_options& to, int64_t n) { to.cpu = static_cast<int>(n); }},
};

// One whose value is a word.
struct word_option {
  std::string_view name;
  std::span<const std::string_view> words;
  void (*set)(workload_options& to, size_t index);
};

// In the order of `waiting`.
constexpr std::string_view wait_words[] = {"block", "epoll", "spin", "yield", "adaptive"};
constexpr std::string_view page_words[] = {"untouched"};
constexpr std::string_view method_words[] = {"batch", "io-uring", "zerocopy"};

constexpr std::array words = {
    word_option{"wait", wait_words,
                [](workload_options& to, size_t index) { to.wait = static_cast<waiting>(index); }},
    word_option{"pages", page_words, [](workload_options& to, size_t) { to.untouched = true; }},
    word_option{"method", method_words,
                [](workload_options& to, size_t index) { to.method = method_words[index]; }},
};
constexpr std::string_view awake = "awake";

// One whose value is a bell.
struct named_bell {
  std::string_view name;
  bell_option workload_options::*member;
};
constexpr std::array bells = {
    named_bell{"rung-by", &workload_options::rung_by},
    named_bell{"rings", &workload_options::rings},
};
constexpr std::string_view destination = "to";

std::string unknown(const std::string& name) {
  std::vector<std::string_view> known = {awake, destination};
  for (const option& o : numbers) known.push_back(o.name);
  for (const word_option& o : words) known.push_back(o.name);
  for (const named_bell& o : bells) known.push_back(o.name);
  std::string why = "no option is called '" + name + "'";
  if (const std::string near = nearest(name, known); !near.empty()) why += "; did you mean '" + near + "'?";
  return why;
}

bool read_awake(const value& v, workload_options& to, std::string& why) {
  if (!from_value<std::vector<int>>::convert(v, to.awake, why)) return false;
  const bool good = std::ranges::all_of(to.awake, [](int cpu) { return cpu >= 0 && cpu <= last_cpu; });
  return good || (why = "a processor's number is from 0 to " + std::to_string(last_cpu), false);
}

bool read_number(const option& o, const value& v, bool leads, workload_options& to, std::string& why) {
  int64_t number = 0;
  if (o.leader_only && !leads) return why = "only the side that leads is told this", false;
  if (!from_value<int64_t>::convert(v, number, why)) return false;
  if (number < o.lowest || number > o.highest) {
    return why = "it is from " + std::to_string(o.lowest) + " to " + std::to_string(o.highest), false;
  }
  o.set(to, number);
  return true;
}

bool read_word(const word_option& o, const value& v, workload_options& to, std::string& why) {
  std::string word;
  if (!from_value<std::string>::convert(v, word, why)) return false;
  const auto found = std::ranges::find(o.words, word);
  if (found != o.words.end()) return o.set(to, static_cast<size_t>(found - o.words.begin())), true;
  why = "'" + word + "' is none of";
  for (const std::string_view known : o.words) why += " " + std::string(known);
  return false;
}

bool read_bell(const value& v, bell_option& to, std::string& why) {
  if (v.is != value::kind::list || v.items.empty()) return why = "a bell is [NAME HANDLE…]", false;
  to.handles.resize(v.items.size() - 1);
  if (!from_value<std::string>::convert(v.items.front(), to.name, why)) return false;
  for (size_t i = 0; i < to.handles.size(); i++) {
    if (!from_value<int64_t>::convert(v.items[i + 1], to.handles[i], why)) return false;
  }
  return true;
}

bool read_option(const std::string& name, const value& v, bool leads, workload_options& to,
                 std::string& why) {
  if (name == awake) return read_awake(v, to, why);
  if (name == destination) return from_value<std::string>::convert(v, to.to, why);
  if (const auto o = std::ranges::find(numbers, name, &option::name); o != numbers.end()) {
    return read_number(*o, v, leads, to, why);
  }
  if (const auto o = std::ranges::find(bells, name, &named_bell::name); o != bells.end()) {
    return read_bell(v, to.*o->member, why);
  }
  const auto o = std::ranges::find(words, name, &word_option::name);
  return o == words.end() ? (why = unknown(name), false) : read_word(*o, v, to, why);
}

}  // namespace

bool read_options(const option_list& given, bool leads, workload_options& to, std::string& why) {
  std::set<std::string_view> seen;
  for (const auto& [name, v] : given) {
    if (!seen.insert(name).second) return why = "the option '" + name + "' is given twice", false;
    if (!read_option(name, v, leads, to, why)) return why = "option '" + name + "': " + why, false;
  }
  return true;
}

}  // namespace ipcmark
