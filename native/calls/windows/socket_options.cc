// What is asked of a socket and set about it: numbers for the most part, and a structure here and there.
#include "calls/windows/named.h"
#include "calls/windows/winsock.h"

// Winsock 2 stands before it.
#include <mstcpip.h>
#include <mswsock.h>
#include <ws2tcpip.h>

namespace ipcmark {

namespace {

template <class T>
char* bytes_of(T& t) {
  return reinterpret_cast<char*>(&t);
}

void get_option(answer& a, socket_number s, int level, int option) {
  int number = 0, size = sizeof number;
  ask_winsock(a, [&] { return ::getsockopt(as_socket(s), level, option, bytes_of(number), &size); });
  if (!a.ok()) return;
  a.out.add("value", number);
  const bool error = level == SOL_SOCKET && option == SO_ERROR && number != 0;
  if (error) a.out.add("error", error_name(static_cast<uint32_t>(number)));
}

template <class T>
void set_structure(answer& a, socket_number s, int level, int option, T value) {
  ask_winsock(a, [&] { return ::setsockopt(as_socket(s), level, option, bytes_of(value), sizeof value); });
}
void set_option(answer& a, socket_number s, int level, int option, int number) {
  set_structure(a, s, level, option, number);
}
// SO_RCVTIMEO and SO_SNDTIMEO take milliseconds, where other systems take a timeval.
void set_timeout(answer& a, socket_number s, int level, int option, DWORD milliseconds) {
  set_structure(a, s, level, option, milliseconds);
}
void set_linger(answer& a, socket_number s, bool on, u_short seconds) {
  set_structure(a, s, SOL_SOCKET, SO_LINGER, LINGER{static_cast<u_short>(on ? 1 : 0), seconds});
}

void set_blocking(answer& a, socket_number s, u_long on) {
  ask_winsock(a, [&] { return ::ioctlsocket(as_socket(s), static_cast<long>(FIONBIO), &on); });
}
void bytes_waiting(answer& a, socket_number s) {
  u_long waiting = 0;
  ask_winsock(a, [&] { return ::ioctlsocket(as_socket(s), FIONREAD, &waiting); });
  if (a.ok()) a.out.add("bytes", waiting);
}
void at_mark(answer& a, socket_number s) {
  u_long there = 0;
  ask_winsock(a, [&] { return ::ioctlsocket(as_socket(s), static_cast<long>(SIOCATMARK), &there); });
  if (a.ok()) a.out.add("value", there);
}

// Whether a receive is told that an earlier datagram found nobody.
void set_reset_reports(answer& a, socket_number s, bool on) {
  BOOL told = on;
  DWORD returned = 0;
  ask_winsock(a, [&] {
    return WSAIoctl(as_socket(s), SIO_UDP_CONNRESET, &told, sizeof told, nullptr, 0, &returned, nullptr,
                    nullptr);
  });
}

constexpr call calls[] = {
    shaped<get_option>("getsockopt", "socket level option"),
    shaped<set_option>("setsockopt", "socket level option value"),
    shaped<set_timeout>("setsockopt-timeout", "socket level option milliseconds"),
    shaped<set_linger>("setsockopt-linger", "socket on seconds"),
    shaped<set_blocking>("ioctlsocket-FIONBIO", "socket on"),
    shaped<bytes_waiting>("ioctlsocket-FIONREAD", "socket"),
    shaped<at_mark>("ioctlsocket-SIOCATMARK", "socket"),
    shaped<set_reset_reports>("WSAIoctl-SIO_UDP_CONNRESET", "socket on"),
};

constexpr constant known[] = {
    NAMED(SOL_SOCKET),          NAMED(SO_ERROR),      NAMED(SO_TYPE),
    NAMED(SO_SNDBUF),           NAMED(SO_RCVBUF),     NAMED(SO_SNDTIMEO),
    NAMED(SO_RCVTIMEO),         NAMED(SO_LINGER),     NAMED(SO_REUSEADDR),
    NAMED(SO_EXCLUSIVEADDRUSE), NAMED(SO_KEEPALIVE),  NAMED(SO_BROADCAST),
    NAMED(SO_OOBINLINE),        NAMED(SO_ACCEPTCONN), NAMED(SO_MAX_MSG_SIZE),
    NAMED(TCP_NODELAY),         NAMED(IPV6_V6ONLY),
};

}  // namespace

call_group socket_option_calls() { return calls; }
constant_group socket_option_constants() { return known; }

}  // namespace ipcmark
