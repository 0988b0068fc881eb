// The headers that addresses of the Internet need, and what this system calls an interface: by name.
#pragma once

#include <arpa/inet.h>
#include <net/if.h>
#include <netinet/in.h>
#include <sys/socket.h>

#include <string>

namespace ipcmark {

// 0 when there is none of that name.
inline unsigned interface_number(const std::string& name) { return if_nametoindex(name.c_str()); }

inline std::string interface_name(unsigned number) {
  char name[IF_NAMESIZE];
  return if_indextoname(number, name) != nullptr ? name : std::to_string(number);
}

}  // namespace ipcmark
