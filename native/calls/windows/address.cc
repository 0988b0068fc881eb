#include "calls/address.h"

// Winsock 2 stands before it.
#include <afunix.h>

#include <cstddef>
#include <cstring>

#include "calls/internet.h"

namespace ipcmark {

namespace {

template <class Raw>
Raw& as(address& a) {
  static_assert(sizeof(Raw) <= sizeof a.raw);
  a.size = sizeof(Raw);
  return reinterpret_cast<Raw&>(a.raw);
}
template <class Raw>
const Raw& as(const address& a) {
  return reinterpret_cast<const Raw&>(a.raw);
}

constexpr size_t path_begins = offsetof(sockaddr_un, sun_path);

// The whole structure is given, as the system expects it: what is left of it is NUL.
bool parse_unix(const std::string& path, address& to, std::string& why) {
  if (path.size() >= UNIX_PATH_MAX) return why = "a socket's path has at most 107 bytes", false;
  auto& un = as<sockaddr_un>(to);
  un.sun_family = AF_UNIX;
  std::memcpy(un.sun_path, path.data(), path.size());
  return true;
}

std::string unix_text(const address& a) {
  if (static_cast<size_t>(a.size) <= path_begins) return "";
  const auto& un = as<sockaddr_un>(a);
  return std::string(un.sun_path, strnlen(un.sun_path, static_cast<size_t>(a.size) - path_begins));
}

}  // namespace

const char* const address_examples = "'C:\\path', '127.0.0.1:80' or '[::1]:80'";

bool parse_known_address(const std::string& text, address& to, std::string& why) {
  if (text == "unspec") return as<sockaddr_in>(to).sin_family = AF_UNSPEC, true;
  if (text.starts_with('[')) return parse_inet6(text, as<sockaddr_in6>(to), why);
  if (text.empty() || text.find_first_of("/\\") != text.npos) return parse_unix(text, to, why);
  return parse_inet(text, as<sockaddr_in>(to), why);
}

std::string address_text(const address& a) {
  if (static_cast<size_t>(a.size) < sizeof a.raw.ss_family) return "";
  switch (a.raw.ss_family) {
    case AF_UNIX:
      return unix_text(a);
    case AF_INET:
      return inet_text(as<sockaddr_in>(a));
    case AF_INET6:
      return inet6_text(as<sockaddr_in6>(a));
    case AF_UNSPEC:
      return "";
    default:
      return value_name("AF_", a.raw.ss_family);
  }
}

}  // namespace ipcmark
