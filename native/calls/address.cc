#include "calls/address.h"

namespace ipcmark {

bool parse_address(const std::string& text, address& to, std::string& why) {
  to = address{};
  why.clear();
  if (parse_known_address(text, to, why)) return true;
  why =
      "'" + text + "' is no address" + (why.empty() ? "" : ": " + why) + "; write it as " + address_examples;
  return false;
}

}  // namespace ipcmark
