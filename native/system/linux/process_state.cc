// Processes as proc(5) shows them.
#include "core/process_state.h"

#include <unistd.h>

#include <charconv>
#include <string_view>

#include "os/proc.h"

namespace ipcmark {

namespace {

template <class T>
std::optional<T> number_in(std::string_view text) {
  T number{};
  const auto [stopped, error] = std::from_chars(text.data(), text.data() + text.size(), number);
  if (error != std::errc{}) return {};
  return number;
}

// The words of /proc/PID/stat from the state on. The command's name before them may itself hold blanks and
// brackets.
std::vector<std::string_view> stat_fields(std::string_view stat) {
  std::vector<std::string_view> fields;
  const size_t bracket = stat.rfind(')');
  size_t at = bracket == std::string_view::npos ? stat.size() : bracket + 1;
  while ((at = stat.find_first_not_of(" \n", at)) != std::string_view::npos) {
    const size_t end = std::min(stat.find_first_of(" \n", at), stat.size());
    fields.push_back(stat.substr(at, end - at));
    at = end;
  }
  return fields;
}

// Where proc(5) counts a field from 1, with the number and the name of the process before the state.
constexpr size_t field(size_t as_the_manual_counts) { return as_the_manual_counts - 3; }

const char* word_for(char letter) {
  switch (letter) {
    case 'R':
      return "running";
    case 'S':
      return "sleeping";
    case 'D':
      return "uninterruptible";
    case 'T':
      return "stopped";
    case 't':
      return "traced";
    case 'Z':
      return "zombie";
    case 'X':
    case 'x':
      return "dead";
    case 'I':
      return "idle";
    default:
      return "unknown";
  }
}

// An uninterruptible wait is a page or a disk on its way, and over in a moment: it is no answer to `does it
// wait?`.
bool waits(std::string_view state) { return state == "S"; }

bool all_threads_wait(int64_t pid) {
  const std::string folder = "/proc/" + std::to_string(pid) + "/task";
  const std::vector<int64_t> threads = numbers_in(folder.c_str());
  for (const int64_t thread : threads) {
    const std::string stat = read_proc(folder + '/' + std::to_string(thread) + "/stat");
    const auto fields = stat_fields(stat);
    if (!fields.empty() && !waits(fields[field(3)])) return false;
  }
  return !threads.empty();
}

std::optional<uint64_t> switches_in(std::string_view status) {
  static constexpr std::string_view label = "\nvoluntary_ctxt_switches:";
  const size_t line = status.find(label);
  if (line == std::string_view::npos) return {};
  const size_t digits = status.find_first_not_of(" \t", line + label.size());
  if (digits == std::string_view::npos) return {};
  return number_in<uint64_t>(status.substr(digits));
}

}  // namespace

std::optional<process_state> process_state_of(int64_t pid) {
  if (pid <= 0) return {};
  const std::string folder = "/proc/" + std::to_string(pid);
  const std::string stat = read_proc(folder + "/stat");
  const auto fields = stat_fields(stat);
  if (fields.size() <= field(22)) return {};

  process_state state;
  state.pid = pid;
  state.state = word_for(fields[field(3)][0]);
  state.parent = number_in<int64_t>(fields[field(4)]).value_or(0);
  state.start_time = number_in<uint64_t>(fields[field(22)]).value_or(0);
  const bool one_thread = fields[field(20)] == "1";
  state.waiting = waits(fields[field(3)]) && (one_thread || all_threads_wait(pid));
  state.voluntary_switches = switches_in(read_proc(folder + "/status"));
  return state;
}

process_state own_process_state() {
  if (auto state = process_state_of(::getpid())) return *state;
  process_state state;  // /proc is not mounted
  state.pid = ::getpid();
  state.parent = ::getppid();
  state.state = "running";
  return state;
}

std::vector<int64_t> children_of(int64_t pid) {
  // Not /proc/PID/task/TID/children: it is a build option of the kernel, and may leave out entries while
  // processes end.
  std::vector<int64_t> children;
  for (const int64_t other : numbers_in("/proc")) {
    const std::string stat = read_proc("/proc/" + std::to_string(other) + "/stat");
    const auto fields = stat_fields(stat);
    if (fields.size() > field(4) && number_in<int64_t>(fields[field(4)]) == pid) children.push_back(other);
  }
  return children;
}

}  // namespace ipcmark
