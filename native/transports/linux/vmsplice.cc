// vmsplice(2) and read(2): the pipe is given the pages of the sender, and no copy of them. Nothing tells when
// they have been read, so that only what stays as it is goes this way.
#include <sys/ioctl.h>
#include <sys/uio.h>

#include "transports/linux/read_write.h"
#include "transports/linux/table.h"

namespace ipcmark {

namespace {

// O_NONBLOCK means nothing to vmsplice, which is told by a flag.
class splicing : public read_write {
 public:
  explicit splicing(const link_spec& link)
      : read_write(link), flags_(link.options.wait == waiting::block ? 0 : SPLICE_F_NONBLOCK) {}

  ssize_t send(int to, const char* data, size_t length) const {
    const iovec piece{const_cast<char*>(data), length};
    return ::vmsplice(to, &piece, 1, flags_);
  }
  static const char* sends() { return "vmsplice"; }

 private:
  unsigned flags_;
};

class vmsplice_transport : public descriptor_transport<splicing> {
 public:
  using descriptor_transport::descriptor_transport;

  bool send_copy(const char* data, size_t length) {
    if (!drained()) return failure = {.call = "vmsplice", .code = EPIPE}, false;
    return push_copy(data, length);
  }

 private:
  // False when nobody is left to read.
  bool drained() {
    constexpr int impatient_tries = 100;
    for (int tries = 0;; tries++) {
      int unread = 0;
      if (::ioctl(to_, FIONREAD, &unread) != 0 || unread == 0) return true;
      pollfd asked{to_, 0, 0};
      if (::poll(&asked, 1, tries < impatient_tries ? 0 : 1) > 0) return false;
      if (tries < impatient_tries) ::sched_yield();
    }
  }
};

}  // namespace

transport_loops vmsplice_loops() { return loops_of<vmsplice_transport>("vmsplice"); }

}  // namespace ipcmark
