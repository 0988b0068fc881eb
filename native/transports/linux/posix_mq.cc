// mq_send and mq_receive. A receive needs room for the longest message that the queue takes, whatever is in
// it, so that messages are read where they were received. A queue is a descriptor on Linux: it is waited for
// as one.
#include <mqueue.h>

#include <cstring>
#include <vector>

#include "transports/linux/patience.h"
#include "transports/linux/table.h"

namespace ipcmark {

namespace {

class posix_mq_transport {
 public:
  explicit posix_mq_transport(const link_spec& link)
      : to_(static_cast<mqd_t>(link.to)),
        from_(static_cast<mqd_t>(link.from)),
        patience_(link.to, link.from, link.options.wait) {
    mq_attr attributes{};
    if (from_ != -1 && ::mq_getattr(from_, &attributes) == 0)
      inbox_.resize(static_cast<size_t>(attributes.mq_msgsize));
  }

  bool send(const char* data, size_t length) {
    for (unsigned tries = 0;;) {
      const int said = ::mq_send(to_, data, length, 0);
      system_calls++;
      if (said == 0) [[likely]]
        return true;
      if (errno != EAGAIN || !patience_.output.again(tries, system_calls))
        return failure = {.call = "mq_send", .code = static_cast<uint32_t>(errno)}, false;
    }
  }
  const char* borrow(size_t length) {
    for (unsigned tries = 0;;) {
      patience_.input.before_receiving(system_calls);
      const ssize_t n = ::mq_receive(from_, inbox_.data(), inbox_.size(), nullptr);
      system_calls++;
      if (n == static_cast<ssize_t>(length)) [[likely]]
        return inbox_.data();
      if (n < 0 && errno == EAGAIN && patience_.input.again(tries, system_calls)) continue;
      failure = {.call = "mq_receive", .code = static_cast<uint32_t>(n < 0 ? errno : EBADMSG)};
      return nullptr;
    }
  }
  void give_back() {}
  bool recv(char* data, size_t length) {
    const char* message = borrow(length);
    return message != nullptr && std::memcpy(data, message, length) != nullptr;
  }

  transfer_failure failure;
  uint64_t system_calls = 0;

 private:
  mqd_t to_;
  mqd_t from_;
  two_way_patience patience_;
  std::vector<char> inbox_;
};

}  // namespace

transport_loops posix_mq_loops() { return loops_of<posix_mq_transport>("posix-mq"); }

}  // namespace ipcmark
