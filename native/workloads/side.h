// One side of a workload: its end of the link, what it sends and what it expects, and what it has counted. A
// workload goes in phases, each announced by a plan; counts begin anew with each, so that what is reported is
// the last one, the one that was measured.
#pragma once

#include <string>
#include <type_traits>
#include <utility>
#include <vector>

#include "core/answer.h"
#include "core/clock.h"
#include "core/short_bytes.h"
#include "core/usage.h"
#include "os/usage.h"
#include "transports/transport.h"
#include "workloads/payload.h"
#include "workloads/plan.h"

namespace ipcmark {

// What one side carried in a phase, in either direction.
struct carried {
  uint64_t messages = 0;
  uint64_t checksum = 0;

  // Depends on the order: two messages exchanged are not the same sum.
  void add(uint32_t crc) {
    messages++;
    checksum = (checksum ^ crc) * 0x9e3779b97f4a7c15u;
  }
};

struct phase_cost {
  int64_t elapsed_ns = 0;
  uint64_t system_calls = 0;
  bool calls_known = true;
  usage spent;
};

// Fills in the part of an answer that every workload has.
void report(answer& a, const carried& c, const phase_cost& cost, size_t size);
// Ends an answer early: the system's error where there is one, and a sentence.
void report_failure(answer& a, const transfer_failure& failure, const carried& c, const plan& current,
                    const std::string& mismatch);
std::string mismatch_sentence(uint64_t message, const char* got, const payload& expected);

template <transport T>
class side {
 public:
  // `payload()` where a side sends nothing, or receives nothing.
  side(T& link, size_t size, payload outgoing, payload incoming)
      : link_(link),
        size_(size),
        outgoing_(std::move(outgoing)),
        incoming_(std::move(incoming)),
        inbox_(size),
        received_(inbox_.data()) {}

  // ---- inside timed loops

  bool send() {
    if (!link_.send(outgoing_.message(), size_)) [[unlikely]]
      return false;
    carried_.add(outgoing_.crc());
    outgoing_.advance();
    return true;
  }
  bool send_many(uint64_t messages) {
    if constexpr (sends_many<T>) {
      carried done = carried_;
      payload::window w = outgoing_.now;
      const bool whole = link_.send_many(messages, size_, [&] {
        const char* const message = w.message();
        done.add(w.crc());
        w.advance();
        return message;
      });
      carried_ = done;
      outgoing_.now = w;
      return whole;
    }
    for (; messages > 0; messages--) {
      if (!send()) [[unlikely]]
        return false;
    }
    return true;
  }
  // Lets go of what the transport may have held back.
  bool flush() {
    if constexpr (holds_back<T>) return link_.flush();
    return true;
  }
  bool receive() {
    if constexpr (lends<T>) {
      received_ = link_.borrow(size_);
      return received_ != nullptr;
    } else {
      return link_.recv(inbox_.data(), size_);
    }
  }
  // Reads every byte of what was received last, which is gone then.
  bool verify() {
    if (!same_bytes(received_, incoming_.message(), size_)) [[unlikely]] {
      mismatch_ = mismatch_sentence(carried_.messages, received_, incoming_);
      return false;
    }
    carried_.add(incoming_.crc());
    incoming_.advance();
    return given_back();
  }
  // Where that wakes the other side, it may fail.
  bool given_back() {
    if constexpr (lends<T>) {
      if constexpr (std::is_same_v<decltype(link_.give_back()), bool>) {
        return link_.give_back();
      } else {
        link_.give_back();
      }
    }
    return true;
  }
  bool receive_many(uint64_t messages) {
    if constexpr (receives_many<T>) {
      carried done = carried_;
      payload::window w = incoming_.now;
      const char* wrong = nullptr;
      const bool whole =
          link_.receive_many(messages, inbox_.data(), size_, [&, size = size_](const char* got) {
            if (!same_bytes(got, w.message(), size)) [[unlikely]]
              return wrong = got, false;
            done.add(w.crc());
            w.advance();
            return true;
          });
      carried_ = done;
      incoming_.now = w;
      if (wrong != nullptr) mismatch_ = mismatch_sentence(done.messages, wrong, incoming_);
      return whole;
    }
    for (; messages > 0; messages--) {
      if (!receive() || !verify()) [[unlikely]]
        return false;
    }
    return true;
  }

  // ---- between them

  // The side that leads.
  bool announce(const plan& p) {
    plan_ = p;
    return send_plan(link_, p, size_);
  }
  // The side that follows.
  bool await(plan& p) {
    bool made_sense = true;
    if (!recv_plan(link_, p, size_, made_sense)) return false;
    if (!made_sense) mismatch_ = "what came where the next phase is announced is not what was sent";
    plan_ = p;
    return made_sense;
  }
  void begin() {
    carried_ = {};
    outgoing_.restart();
    incoming_.restart();
    calls_before_ = link_.system_calls;
    usage_before_ = thread_usage();
    began_ns_ = now_ns();
  }
  void end() {
    cost_.elapsed_ns = now_ns() - began_ns_;
    cost_.spent = thread_usage() - usage_before_;
    cost_.system_calls = link_.system_calls - calls_before_;
    if constexpr (knows_its_calls<T>) cost_.calls_known = link_.calls_known();
  }

  int64_t began_ns() const { return began_ns_; }
  const phase_cost& cost() const { return cost_; }
  void report_to(answer& a) const { report(a, carried_, cost_, size_); }
  void report_failure_to(answer& a) const { report_failure(a, link_.failure, carried_, plan_, mismatch_); }

 private:
  T& link_;
  size_t size_;
  payload outgoing_;
  payload incoming_;
  std::vector<char> inbox_;
  const char* received_;  // where the last message lies: in the inbox, or where the transport shows it
  carried carried_;
  plan plan_;
  phase_cost cost_;
  std::string mismatch_;
  uint64_t calls_before_ = 0;
  usage usage_before_;
  int64_t began_ns_ = 0;
};

}  // namespace ipcmark
