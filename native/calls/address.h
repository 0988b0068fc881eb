// An address of a socket as text, the same in both directions and on both systems: what a call is given and
// what it gives back.
//
//     127.0.0.1:80  [::1]:80 [fe80::1%eth0]:80
//     /tmp/socket            Unix, a path; on Linux 108 bytes and more go without their NUL
//     C:\socket              the same on Windows, where all that has a slash or a backslash is a path
//     ''                     Unix, no name: on Linux bind chooses one, and a peer that has none shows this
//     unspec                 AF_UNSPEC, which dissolves a connection
//
// and on Linux:
//
//     @name                  Unix, an abstract name
//     netlink:PORTID[:GROUPS]
//     packet:IFNAME:PROTOCOL
//     vsock:CID:PORT
//     tipc:TYPE:INSTANCE     TIPC, a service; tipc:TYPE:LOWER-UPPER a range of them
//     tipc-socket:NODE:PORT  TIPC, one socket
//
// A number may be a constant by name: `packet:lo:ETH_P_IP`. Interfaces go by their names on Linux, and by
// their numbers on Windows.
#pragma once

#include <string>

#include "core/call.h"
#include "os/socket_headers.h"

namespace ipcmark {

struct address {
  sockaddr_storage raw{};
  socklen_t size = 0;

  const sockaddr* data() const { return reinterpret_cast<const sockaddr*>(&raw); }
};

// Where a call writes an address: `room` and `size` are what it is given.
struct address_room : address {
  address_room() { size = sizeof raw; }
  sockaddr* room() { return reinterpret_cast<sockaddr*>(&raw); }
};

bool parse_address(const std::string& text, address& to, std::string& why);

// calls/<os>/address.cc: one of the forms that the system knows, and how some of them are written.
bool parse_known_address(const std::string& text, address& to, std::string& why);
extern const char* const address_examples;

// What the system wrote; empty where it wrote nothing.
std::string address_text(const address& a);

template <>
struct from_value<address> {
  static bool convert(const value& v, address& to, std::string& why) {
    std::string text;
    return text_from(v, text, why) && parse_address(text, to, why);
  }
};

}  // namespace ipcmark
