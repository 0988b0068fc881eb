// One argument as it was written on the wire or handed over from JavaScript, before a parameter's type gives
// it meaning.
#pragma once

#include <cstdint>
#include <string>
#include <string_view>
#include <vector>

namespace ipcmark {

inline constexpr int deepest_list = 8;
inline constexpr uint64_t longest_pattern = 64u << 20;

struct value {
  enum class kind { integer, text, bytes, pattern, list };

  kind is = kind::integer;
  int64_t number = 0;        // integer; for a pattern its length
  bool is_unsigned = false;  // integer above the largest signed one: `number` holds its bits
  uint32_t seed = 0;         // pattern
  std::string text;          // text (a word, a quoted text), or bytes given in hexadecimal
  std::vector<value> items;  // list

  static value of(int64_t n);
  static value of(std::string_view text);
};

// Splits one request line into values. Answers false, and says why in a sentence, when the line is malformed.
bool parse_values(std::string_view line, std::vector<value>& out, std::string& why);

}  // namespace ipcmark
