// msgsnd and msgrcv, which want a type right before the bytes: a message is put behind one to be sent, and is
// read where it was received.
#include <sys/msg.h>

#include <cstring>
#include <vector>

#include "transports/linux/patience.h"
#include "transports/linux/table.h"

namespace ipcmark {

namespace {

class sysv_msg_transport {
 public:
  explicit sysv_msg_transport(const link_spec& link)
      : to_(static_cast<int>(link.to)),
        from_(static_cast<int>(link.from)),
        wait_(link.options.wait),
        outbox_(sizeof(long) + link.options.size),
        inbox_(sizeof(long) + link.options.size) {
    constexpr long plain_type = 1;
    std::memcpy(outbox_.data(), &plain_type, sizeof plain_type);
    if (wait_ == waiting::epoll) unsupported = "a System V queue is no descriptor, and epoll knows no others";
  }

  bool send(const char* data, size_t length) {
    if (outbox_.size() < sizeof(long) + length) outbox_.resize(sizeof(long) + length);
    std::memcpy(outbox_.data() + sizeof(long), data, length);
    for (unsigned tries = 0;;) {
      const int said = ::msgsnd(to_, outbox_.data(), length, flags(tries));
      system_calls++;
      if (said == 0) [[likely]]
        return true;
      if (errno != EAGAIN || !again(tries))
        return failure = {.call = "msgsnd", .code = static_cast<uint32_t>(errno)}, false;
    }
  }
  const char* borrow(size_t length) {
    constexpr long any_type = 0;
    if (inbox_.size() < sizeof(long) + length) inbox_.resize(sizeof(long) + length);
    for (unsigned tries = 0;;) {
      const ssize_t n = ::msgrcv(from_, inbox_.data(), length, any_type, flags(tries));
      system_calls++;
      if (n == static_cast<ssize_t>(length)) [[likely]]
        return inbox_.data() + sizeof(long);
      if (n < 0 && errno == ENOMSG && again(tries)) continue;
      failure = {.call = "msgrcv", .code = static_cast<uint32_t>(n < 0 ? errno : EBADMSG)};
      return nullptr;
    }
  }
  void give_back() {}
  bool recv(char* data, size_t length) {
    const char* message = borrow(length);
    return message != nullptr && std::memcpy(data, message, length) != nullptr;
  }

  std::string unsupported;
  transfer_failure failure;
  uint64_t system_calls = 0;

 private:
  int flags(unsigned tries) const {
    const bool waits =
        wait_ == waiting::block || (wait_ == waiting::adaptive && tries >= tries_before_blocking);
    return waits ? 0 : IPC_NOWAIT;
  }
  bool again(unsigned& tries) {
    tries++;
    if (wait_ != waiting::yield) return true;
    system_calls++;
    return ::sched_yield() == 0;
  }

  int to_;
  int from_;
  waiting wait_;
  std::vector<char> outbox_;
  std::vector<char> inbox_;
};

}  // namespace

transport_loops sysv_msg_loops() { return loops_of<sysv_msg_transport>("sysv-msg"); }

}  // namespace ipcmark
