// Sockets of Winsock. Nothing starts it but WSAStartup: until a peer has made that call, the others fail.
#include <algorithm>
#include <cstring>

#include "calls/address.h"
#include "calls/windows/named.h"
#include "calls/windows/winsock.h"

namespace ipcmark {

namespace {

std::string version_text(WORD version) {
  return std::to_string(LOBYTE(version)) + "." + std::to_string(HIBYTE(version));
}

void start_winsock(answer& a, WORD version) {
  WSADATA data{};
  a.timed_number([&] { return WSAStartup(version, &data); });
  if (a.ok())
    a.out.add("version", version_text(data.wVersion)).add("highest", version_text(data.wHighVersion));
}
void stop_winsock(answer& a) {
  ask_winsock(a, [] { return WSACleanup(); });
}

// ---------------------------------------------------------------------------------------------------- ends

void make_socket(answer& a, int domain, int type, int protocol) {
  ask_winsock(a, [&] { return ::socket(domain, type, protocol); });
}
void close_socket(answer& a, socket_number s) {
  ask_winsock(a, [&] { return ::closesocket(as_socket(s)); });
}
void bind_address(answer& a, socket_number s, address to) {
  ask_winsock(a, [&] { return ::bind(as_socket(s), to.data(), to.size); });
}
void listen_for(answer& a, socket_number s, int backlog) {
  ask_winsock(a, [&] { return ::listen(as_socket(s), backlog); });
}
void connect_address(answer& a, socket_number s, address to) {
  ask_winsock(a, [&] { return ::connect(as_socket(s), to.data(), to.size); });
}
void accept_connection(answer& a, socket_number s) {
  address_room peer;
  ask_winsock(a, [&] { return ::accept(as_socket(s), peer.room(), &peer.size); });
  if (a.ok()) a.out.add("peer", address_text(peer));
}
// A failure shows among the exceptions, and its error in SO_ERROR.
int end_of_connect(SOCKET s, int milliseconds) {
  fd_set connected, failed;
  FD_ZERO(&connected);
  FD_ZERO(&failed);
  FD_SET(s, &connected);
  FD_SET(s, &failed);
  timeval patience{milliseconds / 1000, milliseconds % 1000 * 1000};
  const int ready = ::select(0, nullptr, &connected, &failed, &patience);
  if (ready > 0 && FD_ISSET(s, &connected)) return 0;
  int error = WSAETIMEDOUT, size = sizeof error;
  if (ready > 0) ::getsockopt(s, SOL_SOCKET, SO_ERROR, reinterpret_cast<char*>(&error), &size);
  if (ready >= 0) WSASetLastError(error);
  return SOCKET_ERROR;
}

void shut_down(answer& a, socket_number s, int how) {
  ask_winsock(a, [&] { return ::shutdown(as_socket(s), how); });
}

// Whether an address can be reached from here, as a probe asks: Winsock is started, a socket is made for it,
// connected and closed. What connect said in the end is the answer; it waits no longer than it is given.
void reach(answer& a, int domain, int type, address to, int milliseconds) {
  WSADATA data{};
  SOCKET s = INVALID_SOCKET;
  a.timed_number([&] { return WSAStartup(MAKEWORD(2, 2), &data); });
  if (!a.ok()) return;
  ask_winsock(a, [&] {
    s = ::socket(domain, type, 0);
    if (s == INVALID_SOCKET) return SOCKET_ERROR;
    u_long on = 1;
    ::ioctlsocket(s, static_cast<long>(FIONBIO), &on);
    return ::connect(s, to.data(), to.size);
  });
  if (a.code == WSAEWOULDBLOCK) {
    a.code = 0;
    ask_winsock(a, [&] { return end_of_connect(s, milliseconds); });
  }
  if (s != INVALID_SOCKET) ::closesocket(s);
  WSACleanup();
}

void get_own_name(answer& a, socket_number s) {
  address_room name;
  ask_winsock(a, [&] { return ::getsockname(as_socket(s), name.room(), &name.size); });
  if (a.ok()) a.out.add("address", address_text(name));
}
void get_peers_name(answer& a, socket_number s) {
  address_room name;
  ask_winsock(a, [&] { return ::getpeername(as_socket(s), name.room(), &name.size); });
  if (a.ok()) a.out.add("address", address_text(name));
}

// -------------------------------------------------------------------------------------------------- traffic

void send_bytes(answer& a, socket_number s, const buffer& from, int flags) {
  ask_winsock(a, [&] { return ::send(as_socket(s), from.data(), static_cast<int>(from.size()), flags); });
}
void send_bytes_to(answer& a, socket_number s, const buffer& from, int flags, address to) {
  ask_winsock(a, [&] {
    return ::sendto(as_socket(s), from.data(), static_cast<int>(from.size()), flags, to.data(), to.size);
  });
}

// A message that did not fit has filled the buffer all the same.
void keep_received(answer& a, const std::string& into, int64_t got) {
  if (a.code == WSAEMSGSIZE) got = static_cast<int64_t>(into.size());
  if (got >= 0) a.keep_bytes(into.data(), static_cast<size_t>(got));
}
void receive_bytes(answer& a, socket_number s, length n, int flags) {
  std::string into(n, '\0');
  keep_received(a, into, ask_winsock(a, [&] {
                  return ::recv(as_socket(s), into.data(), static_cast<int>(into.size()), flags);
                }));
}
void receive_bytes_from(answer& a, socket_number s, length n, int flags) {
  std::string into(n, '\0');
  address_room from;
  keep_received(a, into, ask_winsock(a, [&] {
                  return ::recvfrom(as_socket(s), into.data(), static_cast<int>(into.size()), flags,
                                    from.room(), &from.size);
                }));
  if (a.has_bytes) a.out.add("from", address_text(from));
}

// ---------------------------------------------------------------------------------------- one for two
// processes

// What another process makes the same socket from comes back as bytes.
void duplicate_socket(answer& a, socket_number s, DWORD process) {
  WSAPROTOCOL_INFOW info{};
  ask_winsock(a, [&] { return WSADuplicateSocketW(as_socket(s), process, &info); });
  if (a.ok()) a.keep_bytes(&info, sizeof info);
}
void make_socket_from(answer& a, int domain, int type, int protocol, const buffer& protocol_info,
                      DWORD flags) {
  WSAPROTOCOL_INFOW info{};
  if (protocol_info.size() != 0 && protocol_info.size() != sizeof info)
    return a.refuse("WSASocket: protocol-info is what WSADuplicateSocket brought, or ''");
  const bool given = protocol_info.size() != 0;
  if (given) std::memcpy(&info, protocol_info.data(), sizeof info);
  ask_winsock(a, [&] { return WSASocketW(domain, type, protocol, given ? &info : nullptr, 0, flags); });
}

// --------------------------------------------------------------------------------------------------
// readiness

void poll_sockets(answer& a, const std::vector<std::pair<socket_number, SHORT>>& wanted, INT milliseconds) {
  std::vector<WSAPOLLFD> set;
  for (const auto& [s, events] : wanted) set.push_back({as_socket(s), events, 0});
  ask_winsock(a, [&] { return WSAPoll(set.data(), static_cast<ULONG>(set.size()), milliseconds); });
  node revents = node::list();
  for (const WSAPOLLFD& p : set)
    revents.items.emplace_back(flag_names("POLL", static_cast<uint16_t>(p.revents)));
  if (a.ok()) a.out.add("revents", std::move(revents));
}

using socket_list = std::vector<socket_number>;

bool put_into(fd_set& set, const socket_list& sockets) {
  FD_ZERO(&set);
  if (sockets.size() > FD_SETSIZE) return false;
  for (const socket_number s : sockets) set.fd_array[set.fd_count++] = as_socket(s);
  return true;
}
node left_in(const fd_set& set) {
  node left = node::list();
  for (u_int i = 0; i < set.fd_count; i++) left.items.emplace_back(static_cast<int64_t>(set.fd_array[i]));
  return left;
}

void select_sockets(answer& a, const socket_list& reads, const socket_list& writes,
                    const socket_list& excepts, int milliseconds) {
  fd_set read, write, except;
  if (!put_into(read, reads) || !put_into(write, writes) || !put_into(except, excepts))
    return a.refuse("select: there is room for " + std::to_string(FD_SETSIZE) + " sockets of each kind");
  timeval patience{milliseconds / 1000, milliseconds % 1000 * 1000};
  // The first parameter is there for other systems' sake.
  ask_winsock(a, [&] { return ::select(0, &read, &write, &except, milliseconds < 0 ? nullptr : &patience); });
  if (a.ok()) a.out.add("read", left_in(read)).add("write", left_in(write)).add("except", left_in(except));
}

constexpr call calls[] = {
    shaped<start_winsock>("WSAStartup", "version"),
    shaped<stop_winsock>("WSACleanup", ""),
    shaped<make_socket>("socket", "domain type protocol"),
    shaped<close_socket>("closesocket", "socket"),
    shaped<bind_address>("bind", "socket address"),
    shaped<listen_for>("listen", "socket backlog"),
    shaped<accept_connection>("accept", "socket"),
    shaped<connect_address>("connect", "socket address"),
    shaped<reach>("reach", "domain type address milliseconds"),
    shaped<get_own_name>("getsockname", "socket"),
    shaped<get_peers_name>("getpeername", "socket"),
    shaped<send_bytes>("send", "socket bytes flags"),
    shaped<send_bytes_to>("sendto", "socket bytes flags address"),
    shaped<receive_bytes>("recv", "socket length flags"),
    shaped<receive_bytes_from>("recvfrom", "socket length flags"),
    shaped<shut_down>("shutdown", "socket how"),
    shaped<duplicate_socket>("WSADuplicateSocket", "socket pid"),
    shaped<make_socket_from>("WSASocket", "domain type protocol protocol-info flags"),
    shaped<poll_sockets>("WSAPoll", "[[socket events]…] milliseconds"),
    shaped<select_sockets>("select", "[read…] [write…] [except…] milliseconds"),
};

constexpr constant known[] = {
    NAMED(AF_UNSPEC),
    NAMED(AF_UNIX),
    NAMED(AF_INET),
    NAMED(AF_INET6),
    NAMED(SOCK_STREAM),
    NAMED(SOCK_DGRAM),
    NAMED(SOCK_RAW),
    NAMED(SOCK_RDM),
    NAMED(SOCK_SEQPACKET),
    NAMED(IPPROTO_IP),
    NAMED(IPPROTO_IPV6),
    NAMED(IPPROTO_TCP),
    NAMED(IPPROTO_UDP),
    NAMED(INADDR_ANY),
    NAMED(SOMAXCONN),
    NAMED(SD_RECEIVE),
    NAMED(SD_SEND),
    NAMED(SD_BOTH),
    NAMED(MSG_OOB),
    NAMED(MSG_PEEK),
    NAMED(MSG_DONTROUTE),
    NAMED(MSG_WAITALL),
    NAMED(FROM_PROTOCOL_INFO),
    NAMED(WSA_FLAG_OVERLAPPED),
    NAMED(WSA_FLAG_NO_HANDLE_INHERIT),
    NAMED(POLLRDNORM),
    NAMED(POLLRDBAND),
    NAMED(POLLIN),
    NAMED(POLLPRI),
    NAMED(POLLWRNORM),
    NAMED(POLLOUT),
    NAMED(POLLWRBAND),
    NAMED(POLLERR),
    NAMED(POLLHUP),
    NAMED(POLLNVAL),
};

}  // namespace

call_group socket_calls() { return calls; }
constant_group socket_constants() { return known; }

}  // namespace ipcmark
