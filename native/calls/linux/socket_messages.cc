// Socket messages with what goes along beside their bytes: descriptors, who sent them, what became of them.
//
// What is sent along is a list of `[rights DESCRIPTOR…]`, `[credentials PID UID GID]` and, for anything else,
// `[LEVEL TYPE BYTES]`. What came along is `rights`, `credentials`, `error` (an error from the queue of
// IP_RECVERR), `dropped` (the counter of SO_RXQ_OVFL) and, for anything else, `control`.
// errqueue.h needs a timespec, and does not say so.
#include <time.h>

#include <linux/errqueue.h>
#include <netinet/in.h>
#include <sys/socket.h>

#include <algorithm>
#include <cstring>

#include "calls/address.h"
#include "calls/linux/named.h"
#include "calls/linux/table.h"

namespace ipcmark {

namespace {

// Control messages as the kernel lays them out, aligned for their headers.
class control_buffer {
 public:
  explicit control_buffer(size_t bytes) : size(bytes), words(bytes / sizeof(size_t) + 1) {}

  void attach_to(msghdr& m) {
    m.msg_control = size > 0 ? words.data() : nullptr;
    m.msg_controllen = size;
  }

 private:
  size_t size;
  std::vector<size_t> words;
};

// One control message to send.
struct item {
  int level = 0;
  int type = 0;
  std::string bytes;

  template <class T>
  void append(const T& t) {
    bytes.append(reinterpret_cast<const char*>(&t), sizeof t);
  }
};

}  // namespace

template <>
struct from_value<item> {
  static bool convert(const value& v, item& to, std::string& why) {
    const bool is_list = v.is == value::kind::list && !v.items.empty();
    const std::string kind = is_list && v.items[0].is == value::kind::text ? v.items[0].text : "";
    const arguments given = is_list ? arguments(v.items).subspan(1) : arguments();
    if (kind == "rights") return rights(given, to, why);
    if (kind == "credentials" && given.size() == 3) return credentials(given, to, why);
    if (is_list && given.size() == 2) {
      return from_value<int>::convert(v.items[0], to.level, why) &&
             from_value<int>::convert(given[0], to.type, why) && bytes_from(given[1], to.bytes, why);
    }
    return why = "[rights DESCRIPTOR…], [credentials PID UID GID] or [LEVEL TYPE BYTES] is needed", false;
  }

 private:
  static bool rights(arguments given, item& to, std::string& why) {
    to.level = SOL_SOCKET;
    to.type = SCM_RIGHTS;
    for (const value& v : given) {
      int descriptor = 0;
      if (!from_value<int>::convert(v, descriptor, why)) return false;
      to.append(descriptor);
    }
    return true;
  }

  static bool credentials(arguments given, item& to, std::string& why) {
    ucred who{};
    if (!from_value<pid_t>::convert(given[0], who.pid, why) ||
        !from_value<uid_t>::convert(given[1], who.uid, why) ||
        !from_value<gid_t>::convert(given[2], who.gid, why)) {
      return false;
    }
    to.level = SOL_SOCKET;
    to.type = SCM_CREDENTIALS;
    to.append(who);
    return true;
  }
};

namespace {

using items = std::vector<item>;

control_buffer laid_out(const items& all, msghdr& m) {
  size_t size = 0;
  for (const item& i : all) size += CMSG_SPACE(i.bytes.size());
  control_buffer room(size);
  room.attach_to(m);
  cmsghdr* next = CMSG_FIRSTHDR(&m);
  for (const item& i : all) {
    *next = {CMSG_LEN(i.bytes.size()), i.level, i.type};
    std::memcpy(CMSG_DATA(next), i.bytes.data(), i.bytes.size());
    next = CMSG_NXTHDR(&m, next);
  }
  return room;
}

void send_message(answer& a, int descriptor, buffer from, int flags, std::optional<items> control,
                  std::optional<address> to) {
  iovec part{from.data(), from.size()};
  msghdr m{};
  m.msg_iov = &part;
  m.msg_iovlen = 1;
  if (to) m.msg_name = &to->raw, m.msg_namelen = to->size;
  const control_buffer room = laid_out(control.value_or(items{}), m);
  a.timed([&] { return ::sendmsg(descriptor, &m, flags); });
}

// ----------------------------------------------------------------------------------------- what came along

template <class T>
T taken(std::string_view bytes, size_t at = 0) {
  T t{};
  if (at < bytes.size()) std::memcpy(&t, bytes.data() + at, std::min(sizeof t, bytes.size() - at));
  return t;
}

// Names of this table and no other: System V queues have flags that begin with MSG_ too.
std::string message_flags(int bits) {
  static constexpr constant flags[] = {
      NAMED(MSG_EOR), NAMED(MSG_TRUNC), NAMED(MSG_CTRUNC), NAMED(MSG_OOB), NAMED(MSG_ERRQUEUE),
  };
  // The kernel gives back that descriptors were asked for as close-on-exec: no news.
  auto rest = static_cast<unsigned>(bits & ~MSG_CMSG_CLOEXEC);
  std::string names;
  for (const constant& flag : flags) {
    if ((rest & static_cast<unsigned>(flag.number)) == 0) continue;
    names += (names.empty() ? "" : "|") + std::string(flag.name);
    rest &= ~static_cast<unsigned>(flag.number);
  }
  if (rest != 0) names += (names.empty() ? "" : "|") + std::to_string(rest);
  return names.empty() ? "0" : names;
}

node who_sent(std::string_view bytes) {
  const auto who = taken<ucred>(bytes);
  return node::object().add("pid", who.pid).add("uid", who.uid).add("gid", who.gid);
}

// The address of who reported the error follows it.
node reported_error(std::string_view bytes) {
  const auto e = taken<sock_extended_err>(bytes);
  address offender;
  offender.raw = taken<sockaddr_storage>(bytes, sizeof e);
  offender.size = static_cast<socklen_t>(bytes.size() - std::min(bytes.size(), sizeof e));
  return node::object()
      .add("error", error_name(e.ee_errno))
      .add("origin", e.ee_origin)
      .add("type", e.ee_type)
      .add("code", e.ee_code)
      .add("info", e.ee_info)
      .add("offender", address_text(offender));
}

node as_it_came(const cmsghdr& header, std::string_view bytes) {
  return node::object()
      .add("level", header.cmsg_level)
      .add("type", header.cmsg_type)
      .add("hex", to_hex(bytes));
}

bool is(const cmsghdr& header, int level, int type) {
  return header.cmsg_level == level && header.cmsg_type == type;
}

void give_control(answer& a, msghdr& m) {
  node rights = node::list(), others = node::list();
  for (cmsghdr* c = CMSG_FIRSTHDR(&m); c != nullptr; c = CMSG_NXTHDR(&m, c)) {
    const std::string_view bytes(reinterpret_cast<const char*>(CMSG_DATA(c)), c->cmsg_len - CMSG_LEN(0));
    if (is(*c, SOL_SOCKET, SCM_RIGHTS)) {
      for (size_t at = 0; at + sizeof(int) <= bytes.size(); at += sizeof(int))
        rights.items.emplace_back(taken<int>(bytes, at));
    } else if (is(*c, SOL_SOCKET, SCM_CREDENTIALS)) {
      a.out.add("credentials", who_sent(bytes));
    } else if (is(*c, SOL_SOCKET, SO_RXQ_OVFL)) {
      a.out.add("dropped", taken<uint32_t>(bytes));
    } else if (is(*c, IPPROTO_IP, IP_RECVERR) || is(*c, IPPROTO_IPV6, IPV6_RECVERR)) {
      a.out.add("error", reported_error(bytes));
    } else {
      others.items.push_back(as_it_came(*c, bytes));
    }
  }
  a.out.add("rights", std::move(rights));
  if (!others.items.empty()) a.out.add("control", std::move(others));
}

void receive_message(answer& a, int descriptor, length n, length control, int flags) {
  std::string into(n, '\0');
  iovec part{into.data(), into.size()};
  address_room from;
  control_buffer room(control);
  msghdr m{};
  m.msg_name = from.room();
  m.msg_namelen = from.size;
  m.msg_iov = &part;
  m.msg_iovlen = 1;
  room.attach_to(m);
  const auto got = a.timed([&] { return ::recvmsg(descriptor, &m, flags); });
  if (got < 0) return;
  a.keep_bytes(into.data(), std::min(static_cast<size_t>(got), into.size()));
  from.size = m.msg_namelen;
  a.out.add("flags", message_flags(m.msg_flags)).add("from", address_text(from));
  give_control(a, m);
}

// Who connected, or listened: SO_PEERCRED.
void get_peer_credentials(answer& a, int descriptor) {
  ucred who{};
  socklen_t size = sizeof who;
  a.timed([&] { return ::getsockopt(descriptor, SOL_SOCKET, SO_PEERCRED, &who, &size); });
  if (a.ok()) a.out = who_sent({reinterpret_cast<const char*>(&who), size});
}

constexpr call calls[] = {
    shaped<send_message>("sendmsg", "descriptor bytes flags [[control]…] [address]"),
    shaped<receive_message>("recvmsg", "descriptor length control-length flags"),
    shaped<get_peer_credentials>("getsockopt-peercred", "descriptor"),
};

// Newer than the headers of many a system that runs a kernel which has it.
#ifndef SO_PEERPIDFD
constexpr int SO_PEERPIDFD = 77;
#endif

constexpr constant known[] = {
    NAMED(SO_PASSCRED), NAMED(SO_PEERPIDFD), NAMED(SO_RXQ_OVFL), NAMED(IP_RECVERR), NAMED(IPV6_RECVERR),
};

}  // namespace

call_group socket_message_calls() { return calls; }
constant_group socket_message_constants() { return known; }

}  // namespace ipcmark
