// Netlink messages to and from the kernel: a header in the machine's own byte order, and what it announces.
#include <linux/netlink.h>
#include <linux/rtnetlink.h>
#include <sys/socket.h>

#include <algorithm>
#include <cstring>

#include "calls/address.h"
#include "calls/linux/named.h"
#include "calls/linux/table.h"

namespace ipcmark {

namespace {

// Puts the header before the bytes and sends both to the kernel.
void send_request(answer& a, int descriptor, uint16_t type, uint16_t flags, uint32_t sequence, buffer body) {
  nlmsghdr header{};
  header.nlmsg_len = static_cast<uint32_t>(NLMSG_LENGTH(body.size()));
  header.nlmsg_type = type;
  header.nlmsg_flags = flags;
  header.nlmsg_seq = sequence;
  std::string message(reinterpret_cast<const char*>(&header), sizeof header);
  message += body.bytes;
  sockaddr_nl kernel{};
  kernel.nl_family = AF_NETLINK;
  a.timed([&] {
    return ::sendto(descriptor, message.data(), message.size(), 0, reinterpret_cast<const sockaddr*>(&kernel),
                    sizeof kernel);
  });
}

// Every family numbers its own types from NLMSG_MIN_TYPE on: these are those of routing.
std::string type_name(uint16_t type) { return value_name(type < NLMSG_MIN_TYPE ? "NLMSG_" : "RTM_", type); }

// How much of a message's body is told: enough for its fixed part and its first attribute.
constexpr size_t told_bytes = 64;

node message_as_node(const nlmsghdr& header, std::string_view body) {
  return node::object()
      .add("length", header.nlmsg_len)
      .add("type", type_name(header.nlmsg_type))
      .add("flags", flag_names("NLM_F_", header.nlmsg_flags))
      .add("sequence", header.nlmsg_seq)
      .add("portid", header.nlmsg_pid)
      .add("hex", to_hex(body.substr(0, told_bytes)));
}

// One datagram, and the messages in it. What does not begin with a whole header is told as bytes alone.
void receive_messages(answer& a, int descriptor, length n, int flags) {
  std::string into(n, '\0');
  address_room from;
  const auto got = a.timed(
      [&] { return ::recvfrom(descriptor, into.data(), into.size(), flags, from.room(), &from.size); });
  if (got < 0) return;
  std::string_view rest = std::string_view(into).substr(0, static_cast<size_t>(got));
  a.keep_bytes(rest.data(), rest.size());
  node messages = node::list();
  nlmsghdr header;
  while (rest.size() >= sizeof header) {
    std::memcpy(&header, rest.data(), sizeof header);
    if (header.nlmsg_len < sizeof header || header.nlmsg_len > rest.size()) break;
    messages.items.push_back(
        message_as_node(header, rest.substr(sizeof header, header.nlmsg_len - sizeof header)));
    rest.remove_prefix(std::min<size_t>(NLMSG_ALIGN(header.nlmsg_len), rest.size()));
  }
  a.out.add("from", address_text(from)).add("messages", std::move(messages));
}

constexpr call calls[] = {
    shaped<send_request>("send-netlink", "descriptor type flags sequence bytes"),
    shaped<receive_messages>("recv-netlink", "descriptor length flags"),
};

constexpr constant known[] = {
    NAMED(NETLINK_ROUTE), NAMED(NETLINK_USERSOCK), NAMED(NLMSG_NOOP),      NAMED(NLMSG_ERROR),
    NAMED(NLMSG_DONE),    NAMED(NLMSG_OVERRUN),    NAMED(NLM_F_REQUEST),   NAMED(NLM_F_MULTI),
    NAMED(NLM_F_ACK),     NAMED(NLM_F_ECHO),       NAMED(NLM_F_DUMP_INTR), NAMED(NLM_F_ROOT),
    NAMED(NLM_F_MATCH),   NAMED(RTM_NEWLINK),      NAMED(RTM_GETLINK),
};

}  // namespace

call_group netlink_calls() { return calls; }
constant_group netlink_constants() { return known; }

}  // namespace ipcmark
