// send(2) with MSG_ZEROCOPY, and recv(2). The kernel sends from the sender's own pages, and says on the
// socket's error queue when it is done with them; over the loopback interface it makes a copy after all, and
// the figure is that of the bookkeeping.
// errqueue.h needs a timespec, and does not say so.
#include <time.h>

#include <linux/errqueue.h>
#include <netinet/in.h>
#include <sys/socket.h>

#include "os/error.h"
#include "transports/linux/read_write.h"
#include "transports/linux/table.h"

namespace ipcmark {

namespace {

class lending : public read_write {
 public:
  explicit lending(const link_spec& link) : read_write(link) {
    constexpr int on = 1;
    if (link.to == no_handle) return;
    if (::setsockopt(static_cast<int>(link.to), SOL_SOCKET, SO_ZEROCOPY, &on, sizeof on) == 0) return;
    unsupported = "setsockopt SO_ZEROCOPY fails with " + error_name(last_error()) +
                  ": this kind of socket does not send without a copy; TCP and UDP do, since Linux 5.0";
  }

  ssize_t send(int to, const char* data, size_t length) {
    const ssize_t n = ::send(to, data, length, MSG_ZEROCOPY | MSG_NOSIGNAL);
    if (n > 0) lent_++;
    return n;
  }
  static const char* sends() { return "send"; }

  // Takes one notice of what the kernel is done with: a range of sends, by their numbers.
  bool take_notice(int socket) {
    alignas(cmsghdr) char room[128];
    msghdr message{};
    message.msg_control = room;
    message.msg_controllen = sizeof room;
    if (::recvmsg(socket, &message, MSG_ERRQUEUE | MSG_DONTWAIT) < 0) return false;
    for (cmsghdr* c = CMSG_FIRSTHDR(&message); c != nullptr; c = CMSG_NXTHDR(&message, c)) {
      sock_extended_err e;
      std::memcpy(&e, CMSG_DATA(c), sizeof e);
      if (e.ee_origin == SO_EE_ORIGIN_ZEROCOPY) returned_ += e.ee_data - e.ee_info + 1;
    }
    return true;
  }
  uint32_t under_way() const { return lent_ - returned_; }

  std::string unsupported;

 private:
  uint32_t lent_ = 0;
  uint32_t returned_ = 0;
};

class zerocopy_transport : public descriptor_transport<lending> {
 public:
  explicit zerocopy_transport(const link_spec& link)
      : descriptor_transport(link), unsupported(way_.unsupported) {}

  bool send(const char* data, size_t length) {
    constexpr uint32_t most_under_way = 64;
    while (way_.under_way() >= most_under_way) {
      if (!await_notice()) return false;
    }
    return descriptor_transport::send(data, length);
  }
  bool send_copy(const char* data, size_t length) {
    while (way_.under_way() > 0) {
      if (!await_notice()) return false;
    }
    return push_copy(data, length);
  }

  std::string unsupported;

 private:
  // That there is a notice shows as an error, for which poll looks unasked. One without a notice is the
  // socket's own.
  bool await_notice() {
    for (bool in_error = false;;) {
      system_calls++;
      if (way_.take_notice(to_)) return true;
      if (in_error) return failure = {.call = "recvmsg", .code = ECONNRESET}, false;
      pollfd asked{to_, 0, 0};
      system_calls++;
      in_error = ::poll(&asked, 1, -1) > 0;
    }
  }
};

}  // namespace

transport_loops fd_zerocopy_loops() { return loops_of<zerocopy_transport>("fd", "zerocopy"); }

}  // namespace ipcmark
