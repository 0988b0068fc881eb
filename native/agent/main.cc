// ipcmark-agent: started once per target, it makes peers and carries lines between them and the harness.
// PROTOCOL.md has the lines; a person can type them.
#include <cstdio>
#include <cstring>
#include <string>
#include <vector>

#include "agent/agent.h"
#include "agent/start_up.h"

namespace {

constexpr const char* usage =
    "usage: ipcmark-agent [--version] [--help]\n"
    "       ipcmark-agent program NAME [WORD…]\n"
    "\n"
    "Reads requests from standard input and writes answers to standard output. Try:\n"
    "  1 agent hello 1\n"
    "  2 agent start a/producer\n"
    "  3 a/producer getpid\n"
    "  4 agent calls\n"
    "  5 agent bye\n";

}  // namespace

int main(int count, char** words) {
  using namespace ipcmark;
  const std::vector<std::string> given(words + 1, words + count);
  std::string why;
  if (!given.empty() && given[0] == "program") {
    if (given.size() > 1) return run_program(given[1], {given.begin() + 2, given.end()});
    why = "program needs a name";
  } else if (const std::optional<int> done = start_up(given, why)) {
    return *done;
  } else if (given.size() == 1 && given[0] == "--version") {
    std::printf("ipcmark-agent %s\n", IPCMARK_VERSION);
    return 0;
  } else if (given.size() == 1 && (given[0] == "--help" || given[0] == "-h")) {
    std::fputs(usage, stdout);
    return 0;
  } else if (why.empty() && take_options(given, why)) {
    return run_agent();
  }
  std::fprintf(stderr, "ipcmark-agent: %s\n%s", why.c_str(), usage);
  return exit_usage;
}
