// A stream over what may lose messages, and goes on. Each message carries its number; the consumer sees to it
// that numbers only grow, and that every byte is what that number's message must have, so that a message lost
// is counted, and one that comes twice, late or damaged is a mismatch. What may not be lost, where a phase
// begins and ends, is said in notices that the producer repeats until their receipt is there: both ways over
// the link itself. The rate is that of what was received.
#pragma once

#include <algorithm>
#include <cstdint>
#include <string>
#include <vector>

#include "core/answer.h"
#include "core/clock.h"
#include "os/ready.h"
#include "workloads/numbered.h"
#include "workloads/options.h"
#include "workloads/pace.h"
#include "workloads/side.h"

namespace ipcmark::lossy {

using numbered::notice;
using kind = numbered::notice::kind;

// Each direction has its own bytes.
inline constexpr uint32_t there_seed = 5;
inline constexpr uint32_t back_seed = 6;

// How long a receipt may take before the notice is said again, and how often it is said.
inline constexpr int again_after_ms = 10;
inline constexpr int said_at_most = 500;
// The last one ends nothing that is measured: a consumer that has gone without a receipt has heard it.
inline constexpr int last_said_at_most = 20;

// What both sides have: their end of the link, what they count, and why they could not go on.
template <transport T>
struct end_of_link {
  end_of_link(T& l, size_t size, uint32_t outgoing_seed, uint32_t incoming_seed)
      : link(l),
        outgoing(size, outgoing_seed),
        incoming(size, incoming_seed),
        out(l, outgoing),
        in(l, size) {}

  // The word of the next message; false where there is none, or its bytes are not those of its word.
  bool take(uint64_t& word) {
    const char* message = in.take();
    if (message == nullptr) return false;
    word = numbered::word_of(message);
    if (!incoming.matches(message, word)) return mismatched("its bytes are not those of its number");
    in.done();
    return true;
  }
  bool mismatched(const std::string& why) {
    mismatch = "after " + std::to_string(received.messages) + " messages one came that was not sent: " + why;
    return false;
  }
  void begin() {
    received = sent = {};
    meter.begin(link.system_calls);
  }
  void end() { cost = meter.read(link.system_calls); }

  T& link;
  numbered::messages outgoing;
  numbered::messages incoming;
  numbered::outlet<T> out;
  numbered::inlet<T> in;
  carried sent;
  carried received;
  numbered::meter meter;
  phase_cost cost;
  std::string mismatch;
};

template <transport T>
class producer {
 public:
  producer(T& link, const link_spec& spec)
      : end_(link, spec.options.size, there_seed, back_seed), from_(spec.from), options_(spec.options) {}

  bool phase(uint64_t messages) {
    const double expected = static_cast<double>(messages) * share_ / static_cast<double>(options_.batches);
    phase_ = phase_ % notice::highest_who + 1;
    if (!say(kind::opens, std::max<uint64_t>(1, static_cast<uint64_t>(expected)))) return false;
    end_.begin();
    for (uint64_t i = 0; i < messages; i++, number_++) {
      const uint64_t word = numbered::data_word(0, number_);
      if (!end_.out.send(word)) [[unlikely]]
        return false;
      numbered::count(end_.sent, end_.outgoing.digest(word));
    }
    if (!end_.out.flush()) return false;
    end_.end();
    if (!say(kind::closes, messages)) return false;
    share_ = static_cast<double>(receipt_) / static_cast<double>(messages);
    return receipt_ <= messages || end_.mismatched("more was received than was sent");
  }
  // Says that no phase follows.
  bool finish() { return say(kind::ends, 0, last_said_at_most) || hopeless_; }

  const phase_cost& cost() const { return end_.cost; }
  void report_to(answer& a) const { report(a, end_.sent, end_.cost, options_.size); }
  void report_failure_to(answer& a) const {
    report_failure(a, end_.link.failure, end_.sent, {},
                   hopeless_ ? "no receipt came of what was said " + std::to_string(said_at_most) + " times"
                             : end_.mismatch);
  }

 private:
  bool say(kind what, uint64_t value, int at_most = said_at_most) {
    const notice said{.what = what, .who = phase_, .value = value};
    for (int times = 0; times < at_most; times++) {
      if (!end_.out.say(said)) return false;
      while (readable_within(from_, again_after_ms)) {
        bool is_receipt = false;
        if (!hear(said, is_receipt)) return false;
        if (is_receipt) return true;
      }
    }
    hopeless_ = true;
    return false;
  }
  // What came may be the receipt of something that was said twice.
  bool hear(const notice& said, bool& is_receipt) {
    uint64_t word = 0;
    notice heard;
    if (!end_.take(word)) return false;
    if (!heard.read(word)) return end_.mismatched("where a receipt was due");
    const notice wanted = said.receipt(heard.value);
    is_receipt = heard.what == wanted.what && heard.who == wanted.who;
    if (is_receipt) receipt_ = heard.value;
    return true;
  }

  end_of_link<T> end_;
  int64_t from_;
  const workload_options& options_;
  uint64_t number_ = 0;
  uint64_t phase_ = 0;
  uint64_t receipt_ = 0;
  double share_ = 1;  // of what was sent in the phase before, how much has arrived
  bool hopeless_ = false;
};

template <transport T>
void run_producer(answer& a, T& link, const link_spec& spec) {
  const workload_options& o = spec.options;
  if (!numbered::has_room_for_number(a, o.size)) return;
  producer<T> me(link, spec);
  const bool whole = run_phases(o, o.batches, me.cost(), [&](uint64_t n) { return me.phase(n); });
  if (!whole || !me.finish()) return me.report_failure_to(a);
  me.report_to(a);
}

template <transport T>
class consumer {
 public:
  consumer(T& link, const workload_options& o) : end_(link, o.size, back_seed, there_seed), size_(o.size) {}

  // Until the producer says that it ends.
  bool run() {
    while (!ended_) {
      uint64_t word = 0;
      if (!end_.take(word)) return false;
      if (numbered::is_notice(word) ? !hear(word) : !accept(word)) return false;
    }
    return true;
  }
  void report_to(answer& a) const {
    report(a, end_.received, end_.cost, size_);
    node batches = node::object();
    batches.add("messagesPerBatch", per_batch_);
    batches.add("batchNs", node::list({batch_ns_.begin(), batch_ns_.end()}));
    a.out.add("throughput", std::move(batches));
  }
  void report_failure_to(answer& a) const {
    report_failure(a, end_.link.failure, end_.received, {}, end_.mismatch);
  }

 private:
  bool accept(uint64_t word) {
    if (word < next_) [[unlikely]]
      return end_.mismatched("number " + std::to_string(word) + " after number " + std::to_string(next_ - 1));
    next_ = word + 1;
    numbered::count(end_.received, end_.incoming.digest(word));
    if (--left_in_batch_ == 0) {
      const int64_t now = now_ns();
      batch_ns_.push_back(now - before_ns_);
      before_ns_ = now;
      left_in_batch_ = per_batch_;
    }
    return true;
  }
  // A notice that comes again is answered again, and does nothing else.
  bool hear(uint64_t word) {
    notice heard;
    if (!heard.read(word)) return end_.mismatched("a notice that is none");
    const bool known = heard.who == phase_ && heard.what == last_heard_;
    switch (heard.what) {
      case kind::opens:
        if (!known) open_phase(heard);
        break;
      case kind::closes:
        if (!known) close_phase();
        break;
      case kind::ends:
        ended_ = true;
        break;
      default:
        return end_.mismatched("a receipt of what was never said");
    }
    last_heard_ = heard.what;
    return answer_to(heard);
  }
  void open_phase(const notice& heard) {
    phase_ = heard.who;
    per_batch_ = left_in_batch_ = std::max<uint64_t>(1, heard.value);
    batch_ns_.clear();
    end_.begin();
    before_ns_ = end_.meter.began_ns();
  }
  void close_phase() { end_.end(); }
  bool answer_to(const notice& heard) {
    const notice receipt = heard.receipt(end_.received.messages);
    // Nothing is heard after the last.
    for (int times = 0; times < (ended_ ? 3 : 1); times++) {
      if (!end_.out.say(receipt)) return false;
    }
    return true;
  }

  end_of_link<T> end_;
  size_t size_;
  uint64_t next_ = 0;
  uint64_t phase_ = 0;
  kind last_heard_ = kind::ends;
  uint64_t per_batch_ = 1;
  uint64_t left_in_batch_ = 1;
  std::vector<int64_t> batch_ns_;
  int64_t before_ns_ = 0;
  bool ended_ = false;
};

template <transport T>
void run_consumer(answer& a, T& link, const workload_options& o) {
  if (!numbered::has_room_for_number(a, o.size)) return;
  consumer<T> me(link, o);
  if (!me.run()) return me.report_failure_to(a);
  me.report_to(a);
}

}  // namespace ipcmark::lossy
