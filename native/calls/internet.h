// Addresses of the Internet as text, the same on both systems and in both directions:
//
//     127.0.0.1:80  [::1]:80  [fe80::1%eth0]:80
//
// A port may be a constant by name.
#pragma once

#include <string>
#include <vector>

#include "os/socket_headers.h"

namespace ipcmark {

// Each answers false when the text is none, and says why where there is more to say.
bool parse_inet(const std::string& text, sockaddr_in& to, std::string& why);
bool parse_inet6(const std::string& text, sockaddr_in6& to, std::string& why);

std::string inet_text(const sockaddr_in& in);
std::string inet6_text(const sockaddr_in6& in);

// `a:b:c` cut at its colons.
std::vector<std::string> cut(const std::string& text, char at);

}  // namespace ipcmark
