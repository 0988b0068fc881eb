// Rings in shared memory as transports: `ring` copies messages in and out, `ring-loan` shows them to the
// receiver where they lie. A handle is the memory's address, and the option `room` says how long it is. One
// way, a ring takes all of it; both ways, the leader's messages take the first half, and the follower's the
// second.
//
// A message that is copied may be longer than the ring: it goes in pieces, and the receiver takes the first
// ones out while the last ones are written. One that is shown where it lies has to be whole: the ring holds
// four of the longest.
//
// With the method `batch` a sender publishes some records at a time, and the last ones when it is told that
// no more follows.
#pragma once

#include <optional>
#include <string>

#include "transports/ring_ends.h"
#include "transports/ring_waits.h"
#include "transports/transport.h"

namespace ipcmark {

class ring_link {
 public:
  // `whole`: a message is one record, which is shown where it lies.
  ring_link(const link_spec& link, bool whole);
  ring_link(const ring_link&) = delete;
  ring_link& operator=(const ring_link&) = delete;
  ~ring_link() {
    if (out_) out_->leave();
    if (in_) in_->leave();
  }

  bool send(const char* data, size_t length) {
    while (length > piece_) {
      if (!send_piece(data, piece_, more_follows)) return false;
      data += piece_;
      length -= piece_;
    }
    return send_piece(data, length, 0);
  }
  // The same for so many messages, each of which `next` shows when there is room for it.
  template <class Next>
  bool send_many(uint64_t messages, size_t length, Next next) {
    while (messages > 0 && length > piece_) {
      if (!send(next(), length)) return false;
      messages--;
    }
    while (messages > 0) {
      if (!send_what_fits(messages, length, next)) return false;
      if (messages > 0 && wait_for_room(length) == nullptr) return false;
    }
    return true;
  }
  // Publishes what was held back.
  bool flush() { return out_->held() == 0 || publish(); }

  bool calls_known() const { return waits_.calls_known(); }

  std::string unsupported;
  transfer_failure failure;
  uint64_t system_calls = 0;

 protected:
  // The next record, which is waited for.
  bool next(ring_consumer::message& m) {
    m = in_->next();
    if (m.bytes == nullptr) [[unlikely]]
      return wait_for_message(m);
    in_a_row_++;
    return true;
  }
  bool give_back() { return !in_->give_back() || waits_.wake(in_place_.header->producer) || bell_failed(); }
  // Receives so many messages of one piece: `read` reads each where it lies, and says whether to go on.
  template <class Read>
  bool take_many(uint64_t messages, size_t length, Read read) {
    ring_consumer in = *in_;
    uint64_t before = messages;
    for (; messages > 0; messages--) {
      const char* lies = in.next_of(length);
      if (lies == nullptr) [[unlikely]] {
        // What was read since it was waited for last came in a row.
        in_a_row_ += before - messages;
        *in_ = in;
        ring_consumer::message m;
        if (!next(m)) return false;
        if (m.length != length || m.more_follows) return nonsense(of_another_length);
        in = *in_;
        before = messages;
        lies = m.bytes;
      }
      if (!read(lies)) [[unlikely]]
        return *in_ = in, false;
      if (in.give_back() && !waits_.wake(in_place_.header->producer)) return *in_ = in, bell_failed();
    }
    in_a_row_ += before;
    *in_ = in;
    return true;
  }
  bool is_one_piece(size_t length) const { return length <= piece_; }

  static constexpr const char* of_another_length = "a message in the ring is not as long as it has to be";

  bool nonsense(const char* what) {
    failure = {.nonsense = what};
    return false;
  }

 private:
  bool send_piece(const char* data, size_t length, ring_word flags) {
    char* at = out_->reserve(length);
    if (at == nullptr) [[unlikely]] {
      at = wait_for_room(length);
      if (at == nullptr) return false;
    }
    copy_bytes(at, data, length);
    out_->commit(length, flags);
    return out_->held() <= hold_ || publish();
  }
  template <class Next>
  bool send_what_fits(uint64_t& messages, size_t length, Next& next) {
    ring_producer out = *out_;
    const uint64_t hold = hold_;
    uint64_t left = messages;
    bool woken = true;
    for (; left > 0 && woken; left--) {
      char* at = out.reserve(length);
      if (at == nullptr) [[unlikely]]
        break;
      copy_bytes(at, next(), length);
      out.commit(length);
      if (out.held() <= hold) continue;
      out.publish();
      woken = waits_.wake(out_place_.header->consumer);
    }
    *out_ = out;
    messages = left;
    return woken || bell_failed();
  }
  bool publish() {
    out_->publish();
    return waits_.wake(out_place_.header->consumer) || bell_failed();
  }
  char* wait_for_room(size_t length);
  bool wait_for_message(ring_consumer::message& m);
  void fall_behind();
  bool bell_failed();

  ring_place out_place_;
  ring_place in_place_;
  std::optional<ring_producer> out_;
  std::optional<ring_consumer> in_;
  ring_waits waits_;
  uint64_t piece_ = 0;
  uint64_t hold_;          // how many bytes may be held back
  uint64_t in_a_row_ = 0;  // messages that came without being waited for
};

class ring_copies : public ring_link {
 public:
  explicit ring_copies(const link_spec& link) : ring_link(link, false) {}

  bool recv(char* data, size_t length) {
    for (ring_consumer::message m;;) {
      if (!next(m)) [[unlikely]]
        return false;
      if (m.length > length || m.more_follows == (m.length == length)) [[unlikely]]
        return nonsense(of_another_length);
      copy_bytes(data, m.bytes, m.length);
      if (!give_back()) return false;
      if (!m.more_follows) [[likely]]
        return true;
      data += m.length;
      length -= m.length;
    }
  }
  // So many, each copied to the same place and read there.
  template <class Read>
  bool receive_many(uint64_t messages, char* data, size_t length, Read read) {
    if (is_one_piece(length)) {
      return take_many(messages, length, [=](const char* lies) {
        copy_bytes(data, lies, length);
        return read(data);
      });
    }
    for (; messages > 0; messages--) {
      if (!recv(data, length) || !read(data)) return false;
    }
    return true;
  }
};

class ring_loans : public ring_link {
 public:
  explicit ring_loans(const link_spec& link) : ring_link(link, true) {}

  const char* borrow(size_t length) {
    ring_consumer::message m;
    if (!next(m)) return nullptr;
    if (m.length != length || m.more_follows) [[unlikely]]
      return nonsense(of_another_length), nullptr;
    return m.bytes;
  }
  bool give_back() { return ring_link::give_back(); }
  template <class Read>
  bool receive_many(uint64_t messages, char*, size_t length, Read read) {
    return take_many(messages, length, read);
  }
  bool recv(char* data, size_t length) {
    const char* lies = borrow(length);
    if (lies == nullptr) return false;
    copy_bytes(data, lies, length);
    return give_back();
  }
};

}  // namespace ipcmark
