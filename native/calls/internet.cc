#include "calls/internet.h"

#include "core/constant.h"

namespace ipcmark {

namespace {

// In the order of bytes that addresses have.
bool parse_port(const std::string& text, uint16_t& port, std::string& why) {
  int64_t number = 0;
  if (!constant_value(text, number, why)) return false;
  port = htons(static_cast<uint16_t>(number));
  return true;
}

}  // namespace

std::vector<std::string> cut(const std::string& text, char at) {
  std::vector<std::string> pieces(1);
  for (const char c : text) {
    if (c == at) {
      pieces.emplace_back();
    } else {
      pieces.back() += c;
    }
  }
  return pieces;
}

bool parse_inet(const std::string& text, sockaddr_in& to, std::string& why) {
  const size_t colon = text.rfind(':');
  if (colon == text.npos || !parse_port(text.substr(colon + 1), to.sin_port, why)) return false;
  to.sin_family = AF_INET;
  return inet_pton(AF_INET, text.substr(0, colon).c_str(), &to.sin_addr) == 1;
}

bool parse_inet6(const std::string& text, sockaddr_in6& to, std::string& why) {
  const size_t end = text.find("]:");
  if (!text.starts_with('[') || end == text.npos) return false;
  const std::vector<std::string> host = cut(text.substr(1, end - 1), '%');
  if (!parse_port(text.substr(end + 2), to.sin6_port, why)) return false;
  if (host.size() == 2 && (to.sin6_scope_id = interface_number(host[1])) == 0) return false;
  to.sin6_family = AF_INET6;
  return inet_pton(AF_INET6, host[0].c_str(), &to.sin6_addr) == 1;
}

std::string inet_text(const sockaddr_in& in) {
  char host[INET_ADDRSTRLEN];
  if (inet_ntop(AF_INET, &in.sin_addr, host, sizeof host) == nullptr) return "";
  return std::string(host) + ":" + std::to_string(ntohs(in.sin_port));
}

std::string inet6_text(const sockaddr_in6& in) {
  char host[INET6_ADDRSTRLEN];
  if (inet_ntop(AF_INET6, &in.sin6_addr, host, sizeof host) == nullptr) return "";
  const std::string scope = in.sin6_scope_id != 0 ? "%" + interface_name(in.sin6_scope_id) : "";
  return "[" + std::string(host) + scope + "]:" + std::to_string(ntohs(in.sin6_port));
}

}  // namespace ipcmark
