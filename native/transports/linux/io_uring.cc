// Messages by way of an io_uring. As a mechanism's own way each transfer is one io_uring_enter, which hands
// over one request and waits for it. As a method several sends are handed over at once, linked so that each
// begins when the one before has ended, and a receive takes as much as there is.
#include <sys/socket.h>
#include <sys/syscall.h>

#include <algorithm>
#include <cstring>
#include <vector>

#include "calls/linux/ring.h"
#include "os/pause.h"
#include "os/error.h"
#include "transports/inbox.h"
#include "transports/linux/read_write.h"
#include "transports/linux/table.h"

namespace ipcmark {

namespace {

struct piece {
  const char* data;
  size_t length;
};

// What a descriptor is read and written by.
struct operations {
  uint8_t send = IORING_OP_WRITE;
  uint8_t recv = IORING_OP_READ;
  bool is_socket = false;
  bool keeps_borders = false;
};

operations operations_on(int64_t descriptor) {
  const int type = socket_type(descriptor);
  if (type == -1) return {};
  return {IORING_OP_SEND, IORING_OP_RECV, true, type != SOCK_STREAM};
}

class uring_transport {
 public:
  explicit uring_transport(const link_spec& link)
      : to_(static_cast<int>(link.to)),
        from_(static_cast<int>(link.from)),
        wait_(link.options.wait),
        how_(operations_on(link.to == no_handle ? link.from : link.to)),
        most_(link.options.method.empty() ? 1 : messages_at_a_time(link.options.size)),
        inbox_(link.from == no_handle ? 0 : std::max<size_t>(link.options.size, 1),
               how_.keeps_borders ? 1 : most_) {
    held_.reserve(most_);
    if (wait_ == waiting::epoll)
      unsupported = "a ring tells by itself what has ended; epoll has no part in it";
    if (unsupported.empty()) make_ring(!link.options.method.empty());
  }
  uring_transport(const uring_transport&) = delete;
  uring_transport& operator=(const uring_transport&) = delete;
  ~uring_transport() {
    queues_.reset();
    if (descriptor_ != -1) ::close(descriptor_);
  }

  bool send(const char* data, size_t length) {
    held_.push_back({data, length});
    return held_.size() < most_ || flush();
  }
  bool flush() {
    bool sent = true;
    for (piece* next = held_.data(); sent && next != held_.data() + held_.size();) sent = send_from(next);
    held_.clear();
    return sent;
  }
  const char* borrow(size_t) {
    for (;;) {
      if (const char* message = inbox_.next()) [[likely]]
        return message;
      if (!receive()) return nullptr;
    }
  }
  void give_back() { inbox_.give_back(); }
  bool recv(char* data, size_t length) {
    if (length != inbox_.size()) return failure = {.nonsense = other_length}, false;
    const char* message = borrow(length);
    if (message == nullptr) return false;
    std::memcpy(data, message, length);
    return give_back(), true;
  }

  std::string unsupported;
  transfer_failure failure;
  uint64_t system_calls = 0;

 private:
  // As a method, with completions that are dealt with when they are waited for, and nobody interrupted: since
  // Linux 6.1. One who looks without entering the kernel would never see them so.
  void make_ring(bool as_method) {
    io_uring_params params{};
    const bool quietly = as_method && wait_ == waiting::block;
    if (quietly) params.flags = IORING_SETUP_SINGLE_ISSUER | IORING_SETUP_DEFER_TASKRUN;
    descriptor_ = static_cast<int>(::syscall(SYS_io_uring_setup, most_, &params));
    if (descriptor_ == -1 && quietly && errno == EINVAL) {
      params = {};
      descriptor_ = static_cast<int>(::syscall(SYS_io_uring_setup, most_, &params));
    }
    if (descriptor_ != -1) queues_ = ring::map(descriptor_, params);
    if (queues_ != nullptr) return;
    unsupported = "no io_uring can be had: " + error_name(last_error()) +
                  "; allow it: sysctl kernel.io_uring_disabled=0, and a seccomp profile that knows io_uring";
  }

  // Hands over what is left, linked, and waits for all of it. One that moved less than it was given ends the
  // chain, and the others come back cancelled: they follow when the rest of it has gone.
  bool send_from(piece*& next) {
    piece* const end = held_.data() + held_.size();
    for (piece* p = next; p != end; p++) fill_send(*queues_->next_request(), *p, p + 1 == end);
    bool sent = true;
    for (ptrdiff_t left = end - next, done = 0; done < left; done++) {
      const int result = await(static_cast<unsigned>(left - done));
      if (result == -ECANCELED) continue;
      if (result < 0) {
        if (sent)
          failure = {.call = how_.is_socket ? "IORING_OP_SEND" : "IORING_OP_WRITE",
                     .code = static_cast<uint32_t>(-result)};
        sent = false;
        continue;
      }
      next->data += result;
      next->length -= static_cast<size_t>(result);
      if (next->length == 0) next++;
    }
    return sent;
  }
  void fill_send(io_uring_sqe& entry, const piece& p, bool is_last) {
    entry.opcode = how_.send;
    entry.fd = to_;
    entry.addr = reinterpret_cast<uintptr_t>(p.data);
    entry.len = static_cast<uint32_t>(p.length);
    // Bytes of a stream are sent whole before the next request begins.
    if (how_.is_socket) entry.msg_flags = MSG_WAITALL | MSG_NOSIGNAL;
    if (!is_last) entry.flags = IOSQE_IO_LINK;
  }

  bool receive() {
    io_uring_sqe& entry = *queues_->next_request();
    entry.opcode = how_.recv;
    entry.fd = from_;
    entry.addr = reinterpret_cast<uintptr_t>(inbox_.room());
    entry.len = static_cast<uint32_t>(inbox_.left());
    const int result = await(1);
    if (result > 0) return inbox_.came(static_cast<size_t>(result)), true;
    failure = {.call = how_.is_socket ? "IORING_OP_RECV" : "IORING_OP_READ",
               .code = static_cast<uint32_t>(-result),
               .end_of_file = result == 0};
    return false;
  }

  // What comes next out of the ring; requests that were filled in are handed over first. Who blocks does so
  // until all that are wanted are there.
  int await(unsigned wanted) {
    const bool blocks = wait_ == waiting::block;
    for (unsigned looks = 0;; looks++) {
      if (const auto done = queues_->next_completion()) return done->result;
      constexpr unsigned looks_before_blocking = 4'000;
      if (looks == 0 || blocks || (wait_ == waiting::adaptive && looks % looks_before_blocking == 0)) {
        const bool waits = blocks || looks > 0;
        system_calls++;
        if (queues_->enter(waits ? wanted : 0) < 0 && errno != EINTR) return -errno;
      } else if (wait_ == waiting::yield) {
        system_calls++;
        ::sched_yield();
      } else {
        spin_pause();
      }
    }
  }

  int to_;
  int from_;
  waiting wait_;
  operations how_;
  size_t most_;
  inbox inbox_;
  ignored_sigpipe no_signal_;
  std::vector<piece> held_;
  int descriptor_ = -1;
  std::unique_ptr<ring> queues_;
};

}  // namespace

transport_loops io_uring_loops() { return loops_of<uring_transport>("io-uring"); }
transport_loops fd_io_uring_loops() { return loops_of<uring_transport>("fd", "io-uring"); }

}  // namespace ipcmark
