#include "agent/linux/channel.h"

#include <fcntl.h>
#include <signal.h>
#include <sys/socket.h>
#include <unistd.h>

#include <cerrno>
#include <cstring>

namespace ipcmark {

namespace {

// The highest floor that the limit of descriptors allows.
constexpr int floors[] = {200, 40, 10};

int move_up(int descriptor) {
  int high = -1;
  for (const int floor : floors) {
    if (high == -1) high = ::fcntl(descriptor, F_DUPFD_CLOEXEC, floor);
  }
  ::close(descriptor);
  return high;
}

void keep_descriptors(msghdr& message, std::vector<int>& into) {
  for (cmsghdr* c = CMSG_FIRSTHDR(&message); c != nullptr; c = CMSG_NXTHDR(&message, c)) {
    if (c->cmsg_level != SOL_SOCKET || c->cmsg_type != SCM_RIGHTS) continue;
    const size_t count = (c->cmsg_len - CMSG_LEN(0)) / sizeof(int);
    for (size_t i = 0; i < count; i++) {
      int descriptor;
      std::memcpy(&descriptor, CMSG_DATA(c) + i * sizeof(int), sizeof descriptor);
      into.push_back(descriptor);
    }
  }
}

}  // namespace

bool adopt(channel::system_part& to, int socket, int lifeline) {
  to.socket = move_up(socket);
  to.lifeline = move_up(lifeline);
  to.unread.clear();
  // A pipe whose last writer closes signals the owner of its read end; the agent holds the only write end, so
  // even its SIGKILL reaches every peer, a blocked one and a grandchild included.
  ::fcntl(to.lifeline, F_SETOWN, ::getpid());
  ::fcntl(to.lifeline, F_SETSIG, SIGKILL);
  ::fcntl(to.lifeline, F_SETFL, O_ASYNC);
  return to.socket != -1 && to.lifeline != -1;
}

bool channel::read_line(std::string& line) {
  for (size_t searched = 0;;) {
    if (const size_t end = system->unread.find('\n', searched); end != std::string::npos) {
      line.assign(system->unread, 0, end);
      system->unread.erase(0, end + 1);
      return true;
    }
    searched = system->unread.size();
    char piece[65536];
    alignas(cmsghdr) char control[CMSG_SPACE(8 * sizeof(int))];
    iovec where{piece, sizeof piece};
    msghdr message{};
    message.msg_iov = &where;
    message.msg_iovlen = 1;
    message.msg_control = control;
    message.msg_controllen = sizeof control;
    const ssize_t got = ::recvmsg(system->socket, &message, MSG_CMSG_CLOEXEC);
    if (got == -1 && errno == EINTR)
      continue;  // a case installed a handler: the channel is no part of what it tests
    if (got <= 0) return false;
    keep_descriptors(message, system->descriptors);
    system->unread.append(piece, static_cast<size_t>(got));
  }
}

void channel::write_line(std::string line) {
  line += '\n';
  for (size_t at = 0; at < line.size();) {
    const ssize_t sent = ::send(system->socket, line.data() + at, line.size() - at, MSG_NOSIGNAL);
    if (sent == -1 && errno == EINTR) continue;
    if (sent == -1) return;  // the agent has gone; the next read says so
    at += static_cast<size_t>(sent);
  }
}

bool send_with_descriptors(int socket, std::string_view line, const std::vector<int>& descriptors) {
  alignas(cmsghdr) char control[CMSG_SPACE(8 * sizeof(int))] = {};
  iovec what{const_cast<char*>(line.data()), line.size()};
  msghdr message{};
  message.msg_iov = &what;
  message.msg_iovlen = 1;
  message.msg_control = control;
  message.msg_controllen = CMSG_SPACE(descriptors.size() * sizeof(int));
  cmsghdr* c = CMSG_FIRSTHDR(&message);
  c->cmsg_level = SOL_SOCKET;
  c->cmsg_type = SCM_RIGHTS;
  c->cmsg_len = CMSG_LEN(descriptors.size() * sizeof(int));
  std::memcpy(CMSG_DATA(c), descriptors.data(), descriptors.size() * sizeof(int));
  return ::sendmsg(socket, &message, MSG_NOSIGNAL) == static_cast<ssize_t>(line.size());
}

}  // namespace ipcmark
