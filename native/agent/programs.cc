// `ipcmark-agent program NAME …`: the small tools that pipelines are made of. Each does to its standard
// handles what its name says, and its exit code tells how that went.
#include <cstdio>
#include <cstdlib>

#include "agent/agent.h"
#include "os/standard_io.h"

namespace ipcmark {

namespace {

constexpr size_t piece_size = 65536;

// Writes its first word to standard output.
int write_program(const std::vector<std::string>& words) {
  return !words.empty() && write_standard_output(words[0]) ? 0 : 1;
}

// Writes one line after another until nobody reads any more.
int flood_program(const std::vector<std::string>&) {
  while (write_standard_output("one more line\n")) {
  }
  return 1;
}

// Copies standard input to standard output until its end.
int cat_program(const std::vector<std::string>&) {
  for (std::string piece; read_standard_input(piece, piece_size);) {
    if (piece.empty()) return 0;
    if (!write_standard_output(piece)) return 1;
  }
  return 2;
}

// Copies as many bytes as its first word says, and leaves.
int head_program(const std::vector<std::string>& words) {
  size_t left = words.empty() ? 1 : static_cast<size_t>(std::strtoul(words[0].c_str(), nullptr, 10));
  for (std::string piece; left > 0 && read_standard_input(piece, left) && !piece.empty();
       left -= piece.size()) {
    if (!write_standard_output(piece)) return 1;
  }
  return left == 0 ? 0 : 1;
}

// Holds whatever it has inherited until its standard input ends.
int hold_program(const std::vector<std::string>&) {
  std::string piece;
  while (read_standard_input(piece, piece_size) && !piece.empty()) {
  }
  return 0;
}

// 0 when the descriptor or handle of that number is open here, 1 when it is not.
int check_handle_program(const std::vector<std::string>& words) {
  return !words.empty() && handle_is_open(std::strtoll(words[0].c_str(), nullptr, 10)) ? 0 : 1;
}

// Leaves at once with that code.
int exit_program(const std::vector<std::string>& words) {
  return words.empty() ? 0 : static_cast<int>(std::strtol(words[0].c_str(), nullptr, 10));
}

struct program {
  const char* name;
  int (*run)(const std::vector<std::string>&);
};
constexpr program programs[] = {
    {"write", write_program}, {"flood", flood_program}, {"cat", cat_program},
    {"head", head_program},   {"hold", hold_program},   {"check-handle", check_handle_program},
    {"exit", exit_program},
};

}  // namespace

int run_program(std::string_view name, const std::vector<std::string>& words) {
  for (const program& p : programs) {
    if (name == p.name) return p.run(words);
  }
  std::fprintf(stderr, "ipcmark-agent: no program is named '%s'; there are:", std::string(name).c_str());
  for (const program& p : programs) std::fprintf(stderr, " %s", p.name);
  std::fprintf(stderr, "\n");
  return exit_usage;
}

}  // namespace ipcmark
