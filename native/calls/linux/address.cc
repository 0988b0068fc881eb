#include "calls/address.h"

#include <linux/if_packet.h>
#include <linux/netlink.h>
#include <linux/tipc.h>
#include <linux/vm_sockets.h>
#include <sys/un.h>

#include <algorithm>
#include <cstddef>
#include <cstring>
#include <vector>

#include "calls/internet.h"

namespace ipcmark {

namespace {

using fields = std::vector<std::string>;

template <class Number>
bool number(const std::string& text, Number& to, std::string& why) {
  int64_t wide = 0;
  if (!constant_value(text, wide, why)) return false;
  to = static_cast<Number>(wide);
  return true;
}

// The address of one family inside the room for any.
template <class Raw>
Raw& as(address& a, sa_family_t family) {
  static_assert(sizeof(Raw) <= sizeof a.raw);
  a.raw.ss_family = family;
  a.size = sizeof(Raw);
  return reinterpret_cast<Raw&>(a.raw);
}
template <class Raw>
const Raw& as(const address& a) {
  return reinterpret_cast<const Raw&>(a.raw);
}

// ------------------------------------------------------------------------------------------------------ Unix

constexpr size_t path_begins = offsetof(sockaddr_un, sun_path);
constexpr size_t longest_path = sizeof(sockaddr_un) - path_begins;

// Longer than Unix sockets take, so that a script can see them refused.
bool unix_address(const std::string& path, address& to, std::string& why) {
  if (path.size() > sizeof to.raw - path_begins) return why = "a socket's path is too long by far", false;
  to.raw.ss_family = AF_UNIX;
  char* name = reinterpret_cast<char*>(&to.raw) + path_begins;
  std::memcpy(name, path.data(), path.size());
  const bool abstract = path.starts_with('@');
  if (abstract) *name = '\0';
  const bool ended = !abstract && !path.empty() && path.size() < longest_path;
  to.size = static_cast<socklen_t>(path_begins + path.size() + (ended ? 1 : 0));
  return true;
}

std::string unix_text(const address& a) {
  if (a.size <= path_begins) return "";
  const char* name = reinterpret_cast<const char*>(&a.raw) + path_begins;
  const size_t length = std::min<size_t>(a.size, sizeof a.raw) - path_begins;
  if (*name == '\0') return "@" + std::string(name + 1, length - 1);
  return std::string(name, strnlen(name, length));
}

// ---------------------------------------------------------------------------------- netlink, packet, vsock

bool netlink_address(const fields& f, address& to, std::string& why) {
  auto& nl = as<sockaddr_nl>(to, AF_NETLINK);
  return (f.size() == 2 || f.size() == 3) && number(f[1], nl.nl_pid, why) &&
         (f.size() == 2 || number(f[2], nl.nl_groups, why));
}

bool packet_address(const fields& f, address& to, std::string& why) {
  auto& ll = as<sockaddr_ll>(to, AF_PACKET);
  uint16_t protocol = 0;
  if (f.size() != 3 || !number(f[2], protocol, why)) return false;
  ll.sll_protocol = htons(protocol);
  ll.sll_ifindex = static_cast<int>(interface_number(f[1]));
  return ll.sll_ifindex != 0 || (why = "no interface is named '" + f[1] + "'", false);
}

bool vsock_address(const fields& f, address& to, std::string& why) {
  auto& vm = as<sockaddr_vm>(to, AF_VSOCK);
  return f.size() == 3 && number(f[1], vm.svm_cid, why) && number(f[2], vm.svm_port, why);
}

std::string netlink_text(const address& a) {
  const auto& nl = as<sockaddr_nl>(a);
  const std::string groups = nl.nl_groups != 0 ? ":" + std::to_string(nl.nl_groups) : "";
  return "netlink:" + std::to_string(nl.nl_pid) + groups;
}

std::string packet_text(const address& a) {
  const auto& ll = as<sockaddr_ll>(a);
  return "packet:" + interface_name(static_cast<unsigned>(ll.sll_ifindex)) + ":" +
         std::to_string(ntohs(ll.sll_protocol));
}

std::string vsock_text(const address& a) {
  const auto& vm = as<sockaddr_vm>(a);
  return "vsock:" + std::to_string(vm.svm_cid) + ":" + std::to_string(vm.svm_port);
}

// ------------------------------------------------------------------------------------------------------ TIPC

bool tipc_service(const fields& f, address& to, std::string& why) {
  auto& tipc = as<sockaddr_tipc>(to, AF_TIPC);
  tipc.scope = TIPC_NODE_SCOPE;
  if (f.size() != 3) return false;
  const fields range = cut(f[2], '-');
  if (range.size() == 2) {
    tipc.addrtype = TIPC_SERVICE_RANGE;
    return number(f[1], tipc.addr.nameseq.type, why) && number(range[0], tipc.addr.nameseq.lower, why) &&
           number(range[1], tipc.addr.nameseq.upper, why);
  }
  tipc.addrtype = TIPC_SERVICE_ADDR;
  return number(f[1], tipc.addr.name.name.type, why) && number(f[2], tipc.addr.name.name.instance, why);
}

bool tipc_socket(const fields& f, address& to, std::string& why) {
  auto& tipc = as<sockaddr_tipc>(to, AF_TIPC);
  tipc.addrtype = TIPC_SOCKET_ADDR;
  return f.size() == 3 && number(f[1], tipc.addr.id.node, why) && number(f[2], tipc.addr.id.ref, why);
}

std::string tipc_text(const address& a) {
  const auto& tipc = as<sockaddr_tipc>(a);
  const auto joined = [](const char* kind, uint32_t first, uint32_t second) {
    return kind + std::to_string(first) + ":" + std::to_string(second);
  };
  if (tipc.addrtype == TIPC_SOCKET_ADDR) return joined("tipc-socket:", tipc.addr.id.node, tipc.addr.id.ref);
  if (tipc.addrtype == TIPC_SERVICE_ADDR)
    return joined("tipc:", tipc.addr.name.name.type, tipc.addr.name.name.instance);
  const auto& range = tipc.addr.nameseq;
  return joined("tipc:", range.type, range.lower) + "-" + std::to_string(range.upper);
}

}  // namespace

const char* const address_examples = "'/path', '@abstract', '127.0.0.1:80' or '[::1]:80'";

bool parse_known_address(const std::string& text, address& to, std::string& why) {
  if (text.empty() || text.starts_with('/') || text.starts_with('@')) return unix_address(text, to, why);
  if (text == "unspec") return as<sockaddr_in>(to, AF_UNSPEC), true;
  if (text.starts_with('[')) return parse_inet6(text, as<sockaddr_in6>(to, AF_INET6), why);
  const fields f = cut(text, ':');
  if (f[0] == "netlink") return netlink_address(f, to, why);
  if (f[0] == "packet") return packet_address(f, to, why);
  if (f[0] == "vsock") return vsock_address(f, to, why);
  if (f[0] == "tipc") return tipc_service(f, to, why);
  if (f[0] == "tipc-socket") return tipc_socket(f, to, why);
  return f.size() == 2 && parse_inet(text, as<sockaddr_in>(to, AF_INET), why);
}

std::string address_text(const address& a) {
  if (a.size < sizeof a.raw.ss_family) return "";
  switch (a.raw.ss_family) {
    case AF_UNIX:
      return unix_text(a);
    case AF_INET:
      return inet_text(as<sockaddr_in>(a));
    case AF_INET6:
      return inet6_text(as<sockaddr_in6>(a));
    case AF_NETLINK:
      return netlink_text(a);
    case AF_PACKET:
      return packet_text(a);
    case AF_VSOCK:
      return vsock_text(a);
    case AF_TIPC:
      return tipc_text(a);
    default:
      return value_name("AF_", a.raw.ss_family);
  }
}

}  // namespace ipcmark
