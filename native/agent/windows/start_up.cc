// A peer is this program started anew: `peer NAME SLOT CHANNEL COUNTERS OPTION…`, where channel and counters
// are inherited handles and the options are the agent's own.
#include "agent/start_up.h"

#include "agent/windows/channel.h"
#include "agent/windows/counters.h"
#include "agent/windows/peer_process.h"
#include "core/call.h"

namespace ipcmark {

namespace {

// What the agent was started with holds for its peers too: the faults of the test build.
std::vector<std::string>& own_options() {
  static std::vector<std::string> options;
  return options;
}

bool number_of(const std::string& word, int64_t highest, int64_t& number) {
  std::string why;
  return integer_from(value::of(word), 0, static_cast<uint64_t>(highest), number, why);
}

// Its own handles are no business of what it starts itself: one is closed, the other not inherited again.
bool take_own_handles(HANDLE pipe, HANDLE section) {
  const unique_handle closed_behind(section);
  return map_counters(section) && SetHandleInformation(pipe, HANDLE_FLAG_INHERIT, 0) != 0;
}

int run_peer(const std::string& name, size_t slot, HANDLE pipe, HANDLE section) {
  if (!take_own_handles(pipe, section)) return 1;
  channel::system_part line{unique_handle(pipe), {}};
  channel c;
  c.system = &line;
  call_counter& counter = counter_at(slot);
  counter.pid = GetCurrentProcessId();
  c.write_line(ready_event(name, GetCurrentProcessId()));
  serve(c, counter, name);
  return 0;
}

}  // namespace

std::vector<std::wstring> peer_words(const std::string& name, size_t slot, HANDLE pipe, HANDLE section) {
  std::vector<std::wstring> words{L"ipcmark-agent",
                                  L"peer",
                                  wide(name),
                                  std::to_wstring(slot),
                                  std::to_wstring(as_integer(pipe)),
                                  std::to_wstring(as_integer(section))};
  for (const std::string& option : own_options()) words.push_back(wide(option));
  return words;
}

std::optional<int> start_up(const std::vector<std::string>& words, std::string& why) {
  if (words.empty() || words[0] != "peer") return own_options() = words, std::nullopt;
  int64_t slot = 0, pipe = 0, section = 0;
  const bool understood = words.size() >= 5 && number_of(words[2], most_counters - 1, slot) &&
                          number_of(words[3], UINT32_MAX, pipe) && number_of(words[4], UINT32_MAX, section);
  if (!understood) return why = "peer is a mode that only the agent itself starts", std::nullopt;
  own_options().assign(words.begin() + 5, words.end());
  if (!take_options(own_options(), why)) return std::nullopt;
  return run_peer(words[1], static_cast<size_t>(slot), reinterpret_cast<HANDLE>(pipe),
                  reinterpret_cast<HANDLE>(section));
}

}  // namespace ipcmark
