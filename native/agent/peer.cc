#include "agent/peer.h"

#include "agent/request.h"

namespace ipcmark {

std::string ready_event(std::string_view name, int64_t pid) {
  std::string line = "{\"event\":\"ready\",\"peer\":";
  write_json_text(line, name);
  return line += ",\"pid\":" + std::to_string(pid) + "}";
}

void serve(channel& c, call_counter& first_counter, std::string name) {
  call_counter* counter = &first_counter;
  std::string line, why;
  while (c.read_line(line)) {
    std::string_view rest = line;
    const std::string id(take_word(rest));
    const std::string_view verb = take_word(rest);
    std::vector<value> given;
    answer a;
    if (!parse_values(rest, given, why)) {
      a.refuse(why);
    } else if (verb == "fork") {
      fork_peer(a, c, counter, name, given);
    } else {
      counter->entered++;
      perform(a, verb, given);
      counter->left++;
    }
    if (!a.silent) c.write_line(a.json(id));
  }
}

}  // namespace ipcmark
