// send(2), and recvmsg(2) into two places: what comes over raw IP is a whole packet, and its header is put
// beside the message.
#include <netinet/ip.h>
#include <sys/socket.h>

#include "transports/linux/read_write.h"
#include "transports/linux/table.h"

namespace ipcmark {

namespace {

struct behind_header : read_write {
  using read_write::read_write;

  // No packet on the way between two processes of a machine has options in its header.
  static ssize_t recv(int from, char* data, size_t length) {
    iphdr header;
    iovec parts[] = {{&header, sizeof header}, {data, length}};
    msghdr message{};
    message.msg_iov = parts;
    message.msg_iovlen = 2;
    const ssize_t n = ::recvmsg(from, &message, 0);
    return n < static_cast<ssize_t>(sizeof header) ? n : n - static_cast<ssize_t>(sizeof header);
  }
  static const char* receives() { return "recvmsg"; }
  // A receiver that has no room is answered for as if nobody spoke the protocol.
  static constexpr int tells_of_loss = ENOPROTOOPT;
};

}  // namespace

transport_loops raw_ip_loops() { return loops_of<descriptor_transport<behind_header>>("raw-ip"); }

}  // namespace ipcmark
