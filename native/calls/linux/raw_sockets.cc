// Sockets below the transport: packets with their headers, and filters on what reaches a socket.
#include <arpa/inet.h>
#include <linux/filter.h>
#include <linux/if_ether.h>
#include <linux/if_packet.h>
#include <netinet/in.h>
#include <netinet/ip.h>
#include <sys/socket.h>

#include <algorithm>
#include <cstring>

#include "calls/linux/named.h"
#include "calls/linux/table.h"

namespace ipcmark {

namespace {

std::string dotted(uint32_t host) {
  char text[INET_ADDRSTRLEN];
  const in_addr raw{host};
  return inet_ntop(AF_INET, &raw, text, sizeof text);
}

node header_as_node(const iphdr& ip) {
  return node::object()
      .add("version", unsigned{ip.version})
      .add("headerLength", ip.ihl * 4u)
      .add("length", ntohs(ip.tot_len))
      .add("id", ntohs(ip.id))
      .add("ttl", unsigned{ip.ttl})
      .add("protocol", unsigned{ip.protocol})
      .add("checksum", ntohs(ip.check))
      .add("source", dotted(ip.saddr))
      .add("destination", dotted(ip.daddr));
}

// A raw socket of IPv4 gives every packet with its header. The bytes are what stands behind the header, the
// header is told beside them, and the length is that of the room for the bytes.
void receive_packet(answer& a, int descriptor, length n, int flags) {
  std::string into(n + sizeof(iphdr), '\0');
  const auto got = a.timed([&] { return ::recv(descriptor, into.data(), into.size(), flags); });
  if (got < 0) return;
  const size_t came = std::min(static_cast<size_t>(got), into.size());
  iphdr ip{};
  std::memcpy(&ip, into.data(), std::min(came, sizeof ip));
  const size_t begins = std::min<size_t>(ip.ihl * 4u, came);
  a.keep_bytes(into.data() + begins, came - begins);
  a.out.add("header", header_as_node(ip));
}

}  // namespace

// One instruction of the classic packet filter: [code jump-if-true jump-if-false operand].
template <>
struct from_value<sock_filter> {
  static bool convert(const value& v, sock_filter& to, std::string& why) {
    if (v.is != value::kind::list || v.items.size() != 4)
      return why = "an instruction is needed, [code jump-if-true jump-if-false operand]", false;
    return from_value<uint16_t>::convert(v.items[0], to.code, why) &&
           from_value<uint8_t>::convert(v.items[1], to.jt, why) &&
           from_value<uint8_t>::convert(v.items[2], to.jf, why) &&
           from_value<uint32_t>::convert(v.items[3], to.k, why);
  }
};

namespace {

void attach_filter(answer& a, int descriptor, std::vector<sock_filter> instructions) {
  const sock_fprog program{static_cast<unsigned short>(instructions.size()), instructions.data()};
  a.timed([&] { return ::setsockopt(descriptor, SOL_SOCKET, SO_ATTACH_FILTER, &program, sizeof program); });
}

constexpr call calls[] = {
    shaped<receive_packet>("recv-ip", "descriptor length flags"),
    shaped<attach_filter>("setsockopt-filter", "descriptor [[code jump-if-true jump-if-false operand]…]"),
};

constexpr constant known[] = {
    NAMED(ETH_P_IP), NAMED(IP_HDRINCL), NAMED(BPF_LD), NAMED(BPF_W),   NAMED(BPF_ABS),
    NAMED(BPF_JMP),  NAMED(BPF_JEQ),    NAMED(BPF_K),  NAMED(BPF_RET),
};

}  // namespace

call_group raw_socket_calls() { return calls; }
constant_group raw_socket_constants() { return known; }

}  // namespace ipcmark
