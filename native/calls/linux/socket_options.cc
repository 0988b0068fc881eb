// What is asked of a socket and set about it: numbers for the most part, and a structure here and there.
#include <arpa/inet.h>
#include <fcntl.h>
#include <linux/sockios.h>
#include <net/if.h>
#include <netinet/in.h>
#include <netinet/tcp.h>
#include <sys/ioctl.h>
#include <sys/socket.h>

#include "calls/linux/deadline.h"
#include "calls/linux/named.h"
#include "calls/linux/table.h"

namespace ipcmark {

namespace {

void get_option(answer& a, int descriptor, int level, int option) {
  int number = 0;
  socklen_t size = sizeof number;
  a.timed([&] { return ::getsockopt(descriptor, level, option, &number, &size); });
  if (!a.ok()) return;
  a.out.add("value", number);
  const bool error = level == SOL_SOCKET && option == SO_ERROR && number != 0;
  if (error) a.out.add("error", error_name(static_cast<uint32_t>(number)));
}
void set_option(answer& a, int descriptor, int level, int option, int number) {
  a.timed([&] { return ::setsockopt(descriptor, level, option, &number, sizeof number); });
}
// SO_RCVTIMEO and SO_SNDTIMEO take a time.
void set_timeout(answer& a, int descriptor, int level, int option, int milliseconds) {
  const timeval time = short_duration(milliseconds);
  a.timed([&] { return ::setsockopt(descriptor, level, option, &time, sizeof time); });
}
void set_linger(answer& a, int descriptor, bool on, int seconds) {
  const linger l{on, seconds};
  a.timed([&] { return ::setsockopt(descriptor, SOL_SOCKET, SO_LINGER, &l, sizeof l); });
}

// A group and an interface by its name, for IP_ADD_MEMBERSHIP, IP_MULTICAST_IF, IPV6_ADD_MEMBERSHIP, …
void set_membership(answer& a, int descriptor, int level, int option, std::string group,
                    std::string interface) {
  const unsigned index = if_nametoindex(interface.c_str());
  ip_mreqn four{};
  ipv6_mreq six{};
  if (inet_pton(AF_INET, group.c_str(), &four.imr_multiaddr) == 1) {
    four.imr_ifindex = static_cast<int>(index);
    a.timed([&] { return ::setsockopt(descriptor, level, option, &four, sizeof four); });
  } else if (inet_pton(AF_INET6, group.c_str(), &six.ipv6mr_multiaddr) == 1) {
    six.ipv6mr_interface = index;
    a.timed([&] { return ::setsockopt(descriptor, level, option, &six, sizeof six); });
  } else {
    a.refuse("'" + group + "' is no group's address, such as 239.0.0.1 or ff02::1");
  }
}

template <unsigned long Request>
void ask_number(answer& a, int descriptor) {
  int number = 0;
  a.timed([&] { return ::ioctl(descriptor, Request, &number); });
  if (a.ok()) a.out.add("value", number);
}

constexpr call calls[] = {
    shaped<get_option>("getsockopt", "descriptor level option"),
    shaped<set_option>("setsockopt", "descriptor level option value"),
    shaped<set_timeout>("setsockopt-timeout", "descriptor level option milliseconds"),
    shaped<set_linger>("setsockopt-linger", "descriptor on seconds"),
    shaped<set_membership>("setsockopt-membership", "descriptor level option group interface"),
    shaped<ask_number<SIOCATMARK>>("ioctl-SIOCATMARK", "descriptor"),
    shaped<ask_number<SIOCOUTQ>>("ioctl-SIOCOUTQ", "descriptor"),
};

constexpr constant known[] = {
    NAMED(SO_REUSEADDR),
    NAMED(SO_REUSEPORT),
    NAMED(SO_KEEPALIVE),
    NAMED(SO_BROADCAST),
    NAMED(SO_OOBINLINE),
    NAMED(SO_ACCEPTCONN),
    NAMED(SO_DOMAIN),
    NAMED(SO_PROTOCOL),
    NAMED(SO_SNDBUFFORCE),
    NAMED(SO_RCVBUFFORCE),
    NAMED(SO_SNDLOWAT),
    NAMED(SO_RCVLOWAT),
    NAMED(SO_INCOMING_CPU),
    NAMED(SO_BUSY_POLL),
    NAMED(TCP_NODELAY),
    NAMED(TCP_CORK),
    NAMED(TCP_MAXSEG),
    NAMED(TCP_DEFER_ACCEPT),
    NAMED(TCP_USER_TIMEOUT),
    NAMED(IP_ADD_MEMBERSHIP),
    NAMED(IP_DROP_MEMBERSHIP),
    NAMED(IP_MULTICAST_IF),
    NAMED(IP_MULTICAST_LOOP),
    NAMED(IP_MULTICAST_TTL),
    NAMED(IP_MULTICAST_ALL),
    NAMED(IPV6_ADD_MEMBERSHIP),
    NAMED(IPV6_DROP_MEMBERSHIP),
    NAMED(IPV6_MULTICAST_IF),
    NAMED(IPV6_MULTICAST_LOOP),
    NAMED(IPV6_V6ONLY),
    NAMED(F_SETOWN),
    NAMED(F_GETOWN),
    NAMED(F_SETSIG),
};

}  // namespace

call_group socket_option_calls() { return calls; }
constant_group socket_option_constants() { return known; }

}  // namespace ipcmark
