// Several messages at a call: sendmmsg and recvmmsg where borders are kept; writev, and a read of as much as
// there is, where they are not. A message waits to be sent until there are enough, or until no more follow;
// what was received is read where it lies.
#include <sys/socket.h>
#include <sys/uio.h>

#include <algorithm>
#include <cstring>
#include <vector>

#include "transports/inbox.h"
#include "transports/linux/read_write.h"
#include "transports/linux/table.h"

namespace ipcmark {

namespace {

bool is_packet_pipe(int64_t descriptor) {
  const int flags = ::fcntl(static_cast<int>(descriptor), F_GETFL);
  return flags != -1 && (flags & O_DIRECT) != 0;
}

class batch_transport {
 public:
  explicit batch_transport(const link_spec& link)
      : to_(static_cast<int>(link.to)),
        from_(static_cast<int>(link.from)),
        most_(messages_at_a_time(link.options.size)),
        size_(link.options.size),
        patience_(link.to, link.from, link.options.wait),
        inbox_(link.from == no_handle ? 0 : size_, most_) {
    const int64_t either = link.to == no_handle ? link.from : link.to;
    const int type = socket_type(either);
    keeps_borders_ = type != -1 && type != SOCK_STREAM;
    if (is_packet_pipe(either)) unsupported = "writev makes one packet of what it is given, not several";
    held_.reserve(most_);
    headers_.resize(most_);
  }

  bool send(const char* data, size_t length) {
    held_.push_back({const_cast<char*>(data), length});
    return held_.size() < most_ || flush();
  }
  bool flush() {
    const bool sent = keeps_borders_ ? send_messages() : send_bytes();
    held_.clear();
    return sent;
  }
  const char* borrow(size_t) {
    for (;;) {
      if (const char* message = inbox_.next()) [[likely]]
        return message;
      if (spoilt_) return nullptr;
      if (keeps_borders_ ? !receive_messages() : !receive_bytes()) return nullptr;
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
  bool fail(const char* call) {
    failure = {.call = call, .code = static_cast<uint32_t>(errno)};
    return false;
  }

  bool send_messages() {
    for (size_t i = 0; i < held_.size(); i++) {
      headers_[i].msg_hdr = {};
      headers_[i].msg_hdr.msg_iov = &held_[i];
      headers_[i].msg_hdr.msg_iovlen = 1;
    }
    unsigned tries = 0;
    for (size_t sent = 0; sent < held_.size();) {
      const auto left = static_cast<unsigned>(held_.size() - sent);
      const int n = ::sendmmsg(to_, headers_.data() + sent, left, 0);
      system_calls++;
      if (n >= 0) {
        sent += static_cast<size_t>(n);
      } else if (errno != EAGAIN || !patience_.output.again(tries, system_calls)) {
        return fail("sendmmsg");
      }
    }
    return true;
  }

  bool send_bytes() {
    iovec* next = held_.data();
    iovec* const end = next + held_.size();
    for (unsigned tries = 0; next != end;) {
      const ssize_t n = ::writev(to_, next, static_cast<int>(end - next));
      system_calls++;
      if (n < 0) {
        if (errno == EAGAIN && patience_.output.again(tries, system_calls)) continue;
        return fail("writev");
      }
      auto moved = static_cast<size_t>(n);
      for (; next != end && moved >= next->iov_len; next++) moved -= next->iov_len;
      if (moved == 0) continue;
      next->iov_base = static_cast<char*>(next->iov_base) + moved;
      next->iov_len -= moved;
    }
    return true;
  }

  bool receive_messages() {
    slots_.resize(inbox_.left() / size_);
    for (size_t i = 0; i < slots_.size(); i++) {
      slots_[i] = {inbox_.room() + i * size_, size_};
      headers_[i].msg_hdr = {};
      headers_[i].msg_hdr.msg_iov = &slots_[i];
      headers_[i].msg_hdr.msg_iovlen = 1;
    }
    int n = -1;
    for (unsigned tries = 0;;) {
      patience_.input.before_receiving(system_calls);
      n = ::recvmmsg(from_, headers_.data(), static_cast<unsigned>(slots_.size()), MSG_WAITFORONE, nullptr);
      system_calls++;
      if (n >= 0) break;
      if (errno != EAGAIN || !patience_.input.again(tries, system_calls)) return fail("recvmmsg");
    }
    return take(static_cast<size_t>(n));
  }

  // Of a connection that has ended an empty message comes. What came before a message that is none of ours is
  // taken first; after it nothing is.
  bool take(size_t messages) {
    size_t whole = 0;
    while (whole < messages && is_whole(headers_[whole])) whole++;
    inbox_.came(whole * size_);
    if (whole == messages) return true;
    failure = {.call = "recvmmsg", .code = EBADMSG, .end_of_file = headers_[whole].msg_len == 0};
    spoilt_ = true;
    return whole > 0;
  }
  bool is_whole(const mmsghdr& message) const {
    return message.msg_len == size_ && (message.msg_hdr.msg_flags & MSG_TRUNC) == 0;
  }

  bool receive_bytes() {
    for (unsigned tries = 0;;) {
      patience_.input.before_receiving(system_calls);
      const ssize_t n = ::read(from_, inbox_.room(), inbox_.left());
      system_calls++;
      if (n > 0) return inbox_.came(static_cast<size_t>(n)), true;
      if (n == 0) return failure = {.call = "read", .end_of_file = true}, false;
      if (errno != EAGAIN || !patience_.input.again(tries, system_calls)) return fail("read");
    }
  }

  int to_;
  int from_;
  size_t most_;
  size_t size_;
  bool keeps_borders_ = false;
  bool spoilt_ = false;  // what came last was none of ours
  two_way_patience patience_;
  inbox inbox_;
  std::vector<iovec> held_;   // to be sent
  std::vector<iovec> slots_;  // to be received into
  std::vector<mmsghdr> headers_;
};

}  // namespace

transport_loops fd_batch_loops() { return loops_of<batch_transport>("fd", "batch"); }

}  // namespace ipcmark
