// Sockets of every family. How their addresses are written stands in calls/address.h.
#include <netinet/in.h>
#include <sys/socket.h>

#include <algorithm>

#include "calls/address.h"
#include "calls/linux/deadline.h"
#include "calls/linux/named.h"
#include "calls/linux/open_socket.h"
#include "calls/linux/table.h"

namespace ipcmark {

namespace {

void socket_pair(answer& a, int domain, int type, int protocol) {
  int ends[2];
  a.timed([&] { return ::socketpair(domain, type, protocol, ends); });
  if (a.ok()) a.out.add("fds", node::list({ends[0], ends[1]}));
}
void bind_address(answer& a, int descriptor, address to) {
  a.timed([&] { return ::bind(descriptor, to.data(), to.size); });
}
void connect_address(answer& a, int descriptor, address to) {
  a.timed([&] { return ::connect(descriptor, to.data(), to.size); });
}
void accept_connection(answer& a, int descriptor, std::optional<int> flags) {
  address_room peer;
  a.timed([&] { return ::accept4(descriptor, peer.room(), &peer.size, flags.value_or(0)); });
  if (a.ok()) a.out.add("peer", address_text(peer));
}

// Whether an address can be reached from here, as a probe asks: a socket is made for it, connected and
// closed. What connect says is the answer; it waits no longer than it is given.
void reach(answer& a, int domain, int type, address to, int milliseconds) {
  const timeval patience = short_duration(milliseconds);
  a.timed([&] {
    const open_socket probe(domain, type);
    if (probe == -1) return -1;
    ::setsockopt(probe, SOL_SOCKET, SO_SNDTIMEO, &patience, sizeof patience);
    return ::connect(probe, to.data(), to.size);
  });
}

template <auto F>
void get_name(answer& a, int descriptor) {
  address_room name;
  a.timed([&] { return F(descriptor, name.room(), &name.size); });
  if (a.ok()) a.out.add("address", address_text(name));
}

void send_bytes(answer& a, int descriptor, buffer from, int flags) {
  a.timed([&] { return ::send(descriptor, from.data(), from.size(), flags); });
}
void send_bytes_to(answer& a, int descriptor, buffer from, int flags, address to) {
  a.timed([&] { return ::sendto(descriptor, from.data(), from.size(), flags, to.data(), to.size); });
}

// MSG_TRUNC answers how much there was, which may be more than the buffer took.
void keep_received(answer& a, const std::string& into, ssize_t got) {
  if (got >= 0) a.keep_bytes(into.data(), std::min(static_cast<size_t>(got), into.size()));
}
void receive_bytes(answer& a, int descriptor, length n, int flags) {
  std::string into(n, '\0');
  keep_received(a, into, a.timed([&] { return ::recv(descriptor, into.data(), into.size(), flags); }));
}
void receive_bytes_from(answer& a, int descriptor, length n, int flags) {
  std::string into(n, '\0');
  address_room from;
  keep_received(a, into, a.timed([&] {
    return ::recvfrom(descriptor, into.data(), into.size(), flags, from.room(), &from.size);
  }));
  if (a.ok()) a.out.add("from", address_text(from));
}

constexpr call calls[] = {
    plain<::socket>("socket", "domain type protocol"),
    shaped<socket_pair>("socketpair", "domain type protocol"),
    shaped<bind_address>("bind", "descriptor address"),
    plain<::listen>("listen", "descriptor backlog"),
    shaped<accept_connection>("accept", "descriptor [flags]"),
    shaped<connect_address>("connect", "descriptor address"),
    shaped<reach>("reach", "domain type address milliseconds"),
    shaped<get_name<::getsockname>>("getsockname", "descriptor"),
    shaped<get_name<::getpeername>>("getpeername", "descriptor"),
    shaped<send_bytes>("send", "descriptor bytes flags"),
    shaped<send_bytes_to>("sendto", "descriptor bytes flags address"),
    shaped<receive_bytes>("recv", "descriptor length flags"),
    shaped<receive_bytes_from>("recvfrom", "descriptor length flags"),
    plain<::shutdown>("shutdown", "descriptor how"),
};

constexpr constant known[] = {
    NAMED(AF_UNSPEC),       NAMED(AF_NETLINK),    NAMED(AF_PACKET),        NAMED(AF_VSOCK),
    NAMED(AF_TIPC),         NAMED(SOCK_RAW),      NAMED(SOCK_RDM),         NAMED(IPPROTO_IP),
    NAMED(IPPROTO_IPV6),    NAMED(IPPROTO_ICMP),  NAMED(IPPROTO_TCP),      NAMED(IPPROTO_UDP),
    NAMED(IPPROTO_RAW),     NAMED(MSG_DONTROUTE), NAMED(MSG_EOR),          NAMED(MSG_MORE),
    NAMED(MSG_CTRUNC),      NAMED(MSG_ERRQUEUE),  NAMED(MSG_CMSG_CLOEXEC), NAMED(EDESTADDRREQ),
    NAMED(ENOTSOCK),        NAMED(EPROTOTYPE),    NAMED(ENOPROTOOPT),      NAMED(EPROTONOSUPPORT),
    NAMED(ESOCKTNOSUPPORT), NAMED(EOPNOTSUPP),    NAMED(EAFNOSUPPORT),     NAMED(EADDRNOTAVAIL),
    NAMED(ENETUNREACH),     NAMED(EHOSTUNREACH),  NAMED(ETOOMANYREFS),
};

}  // namespace

call_group socket_calls() { return calls; }
constant_group socket_constants() { return known; }

}  // namespace ipcmark
