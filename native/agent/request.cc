#include "agent/request.h"

#include <algorithm>
#include <cctype>

#include "core/answer.h"

namespace ipcmark {

std::string_view take_word(std::string_view& line) {
  constexpr std::string_view blanks = " \t\r";
  line.remove_prefix(std::min(line.find_first_not_of(blanks), line.size()));
  const size_t end = std::min(line.find_first_of(blanks), line.size());
  const std::string_view word = line.substr(0, end);
  line.remove_prefix(end);
  return word;
}

bool is_id(std::string_view word) {
  const bool digits = std::all_of(word.begin(), word.end(), [](char c) { return c >= '0' && c <= '9'; });
  return !word.empty() && word.size() <= 15 && digits && (word.size() == 1 || word[0] != '0');
}

bool is_peer_name(std::string_view word) {
  const auto plain = [](char c) {
    return (c >= '0' && c <= '9') || (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || c == '.' ||
           c == '_' || c == '-';
  };
  const size_t slash = word.find('/');
  if (slash == std::string_view::npos || slash == 0 || slash + 1 == word.size() || word.size() > 200)
    return false;
  return std::all_of(word.begin(), word.begin() + static_cast<ptrdiff_t>(slash), plain) &&
         std::all_of(word.begin() + static_cast<ptrdiff_t>(slash) + 1, word.end(), plain);
}

std::string scope_of(std::string_view peer) { return std::string(peer.substr(0, peer.find('/'))); }

std::string refusal(std::string_view id, std::string_view why) {
  std::string line = "{\"id\":";
  line += id.empty() ? std::string_view("null") : id;
  line += ",\"refused\":";
  write_json_text(line, why);
  return line += '}';
}

}  // namespace ipcmark
