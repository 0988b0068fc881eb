// What workloads/lifecycle.h calls a story: how it is read, and how one step of it is made.
#pragma once

#include <array>
#include <atomic>
#include <cstdint>
#include <span>
#include <string>
#include <vector>

#include "core/answer.h"
#include "core/call.h"

namespace ipcmark {

inline constexpr size_t most_kept = 256;
using kept_numbers = std::array<std::atomic<int64_t>, most_kept>;

class step {
 public:
  // False, and why, when it is none.
  bool read(const value& v, std::string& why);
  // Makes the call; answers what was wrong, if anything was.
  std::string make(kept_numbers& numbers);

  int64_t side = 0, finished = 0, begun = 0, stage = 0;
  bool carries = false;
  uint32_t crc = 0;
  uint32_t error = 0;  // of the call that was made last

 private:
  struct reference {
    std::vector<size_t> path;  // to the argument
    size_t number;
    int64_t added;
  };
  bool find_references(const value& v, std::vector<size_t>& path, std::string& why);
  void keep(const answer& a, kept_numbers& numbers) const;

  bool fails_ = false;
  std::vector<std::pair<int64_t, int64_t>> kept_;
  const call* call_ = nullptr;
  std::vector<value> arguments_;
  std::vector<reference> references_;
};

using story = std::vector<step>;
bool read_story(const value& v, story& to, std::string& why);

}  // namespace ipcmark
