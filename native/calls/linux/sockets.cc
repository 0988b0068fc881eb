// Sockets. Addresses of the Unix domain are written as their path; one that begins with @ is abstract.
#include <sys/socket.h>
#include <sys/time.h>
#include <sys/un.h>

#include <algorithm>
#include <cstddef>
#include <cstring>

#include "calls/linux/table.h"

namespace ipcmark {

namespace {

struct unix_address {
  sockaddr_un raw{};
  socklen_t size = 0;
  const sockaddr* address() const { return reinterpret_cast<const sockaddr*>(&raw); }
};

}  // namespace

template <>
struct from_value<unix_address> {
  static bool convert(const value& v, unix_address& to, std::string& why) {
    std::string path;
    if (!text_from(v, path, why)) return false;
    if (path.size() >= sizeof to.raw.sun_path) return why = "a socket's path has at most 107 bytes", false;
    to.raw.sun_family = AF_UNIX;
    std::memcpy(to.raw.sun_path, path.data(), path.size());
    const bool abstract = path.starts_with('@');
    if (abstract) to.raw.sun_path[0] = '\0';
    to.size = static_cast<socklen_t>(offsetof(sockaddr_un, sun_path) + path.size() + (abstract ? 0 : 1));
    return true;
  }
};

namespace {

void socket_pair(answer& a, int domain, int type, int protocol) {
  int ends[2];
  a.timed([&] { return ::socketpair(domain, type, protocol, ends); });
  if (a.ok()) a.out.add("fds", node::list({ends[0], ends[1]}));
}
void bind_address(answer& a, int descriptor, unix_address to) {
  a.timed([&] { return ::bind(descriptor, to.address(), to.size); });
}
void connect_address(answer& a, int descriptor, unix_address to) {
  a.timed([&] { return ::connect(descriptor, to.address(), to.size); });
}
void accept_connection(answer& a, int descriptor, std::optional<int> flags) {
  a.timed([&] { return ::accept4(descriptor, nullptr, nullptr, flags.value_or(0)); });
}
void send_bytes(answer& a, int descriptor, buffer from, int flags) {
  a.timed([&] { return ::send(descriptor, from.data(), from.size(), flags); });
}
void receive_bytes(answer& a, int descriptor, length n, int flags) {
  std::string into(n, '\0');
  const auto got = a.timed([&] { return ::recv(descriptor, into.data(), into.size(), flags); });
  if (got >= 0) a.keep_bytes(into.data(), std::min(static_cast<size_t>(got), into.size()));
}
void get_option(answer& a, int descriptor, int level, int option) {
  int number = 0;
  socklen_t size = sizeof number;
  a.timed([&] { return ::getsockopt(descriptor, level, option, &number, &size); });
  if (a.ok()) a.out.add("value", number);
}
void set_option(answer& a, int descriptor, int level, int option, int number) {
  a.timed([&] { return ::setsockopt(descriptor, level, option, &number, sizeof number); });
}
// SO_RCVTIMEO and SO_SNDTIMEO take a time.
void set_timeout(answer& a, int descriptor, int level, int option, int milliseconds) {
  const timeval time{milliseconds / 1000, milliseconds % 1000 * 1000};
  a.timed([&] { return ::setsockopt(descriptor, level, option, &time, sizeof time); });
}

constexpr call calls[] = {
    plain<::socket>("socket", "domain type protocol"),
    shaped<socket_pair>("socketpair", "domain type protocol"),
    shaped<bind_address>("bind", "descriptor address"),
    plain<::listen>("listen", "descriptor backlog"),
    shaped<accept_connection>("accept", "descriptor [flags]"),
    shaped<connect_address>("connect", "descriptor address"),
    shaped<send_bytes>("send", "descriptor bytes flags"),
    shaped<receive_bytes>("recv", "descriptor length flags"),
    plain<::shutdown>("shutdown", "descriptor how"),
    shaped<get_option>("getsockopt", "descriptor level option"),
    shaped<set_option>("setsockopt", "descriptor level option value"),
    shaped<set_timeout>("setsockopt-timeout", "descriptor level option milliseconds"),
};

}  // namespace

call_group socket_calls() { return calls; }

}  // namespace ipcmark
