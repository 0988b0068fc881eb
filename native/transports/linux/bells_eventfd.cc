// An eventfd, by write(2) and read(2), counting down by one or not. A read says how many rings it took.
#include <sys/uio.h>
#include <unistd.h>

#include "transports/linux/bells.h"

namespace ipcmark {

namespace {

class eventfd_rung final : public bell {
 public:
  explicit eventfd_rung(std::span<const int64_t> handles) : fd_(static_cast<int>(handles[0])) {}

  bool ring() override {
    const uint64_t one = 1;
    return made(*this, "write", [&] { return ::write(fd_, &one, sizeof one); });
  }
  bool wait() override {
    uint64_t rings = 0;
    watched_.before_waiting(*this);
    if (!made(*this, "read", [&] { return ::read(fd_, &rings, sizeof rings); })) return false;
    surplus += rings - 1;
    return true;
  }
  // Both sides share the descriptor's flags, so that it is said by the call that it does not wait.
  attempt try_wait() override {
    uint64_t rings = 1;
    const iovec into{&rings, sizeof rings};
    const attempt a =
        tried(*this, "preadv2", EAGAIN, [&] { return ::preadv2(fd_, &into, 1, -1, RWF_NOWAIT); });
    surplus += rings - 1;
    return a;
  }
  bool watch() override { return watched_.begin(fd_); }

 private:
  int fd_;
  watched_descriptor watched_;
};

}  // namespace

bell_facts eventfd_bell() { return bell_of<eventfd_rung>("eventfd", 1); }

}  // namespace ipcmark
