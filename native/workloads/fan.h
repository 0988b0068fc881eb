// A stream with more than two processes: several send to one, one sends to several, or pairs run side by
// side. Each side is told the same moments of the clock that the whole system shares: it runs from when it is
// ready, what it carries from `measure-at` to `stop-at` is the figure, and at `stop-at` every producer stops
// and says so. What a side counts is everything, the warm-up included, so that the sums over all sides must
// agree.
//
// A message carries its sender's number and its own. Where one end is shared by several consumers, each takes
// what comes: numbers only grow there, and the sums say that nothing is lost or doubled; elsewhere each
// number follows on the one before.
#pragma once

#include <cstdint>
#include <string>
#include <vector>

#include "core/answer.h"
#include "os/ready.h"
#include "workloads/fan_parts.h"
#include "workloads/numbered.h"
#include "workloads/options.h"
#include "workloads/side.h"

namespace ipcmark::fan {

using numbered::notice;
using kind = numbered::notice::kind;

inline constexpr uint32_t seed = 7;

// ------------------------------------------------------------------------------------------------ producer

// Each link in its turn.
template <transport T>
class producer {
 public:
  producer(T& first, const link_spec& spec)
      : o_(spec.options), links_(first, spec), messages_(o_.size, seed), next_(links_.size()) {
    for (size_t i = 0; i < links_.size(); i++) out_.emplace_back(links_[i], messages_);
  }

  bool run() {
    meter_.begin(links_.system_calls());
    if (!send_until(o_.measure_at)) return false;
    before_ = carried_.messages;
    if (!send_until(o_.stop_at)) return false;
    measured_ = carried_.messages - before_;
    // All links stamp the same slots: what one holds back leaves before another's notice is stamped.
    for (auto& out : out_) {
      if (!out.flush()) return false;
    }
    for (auto& out : out_) {
      // As many consumers as take from one end, each of which takes one.
      for (uint64_t i = 0; i < o_.ends; i++) {
        if (!out.say({.what = kind::ends, .who = o_.sender})) return false;
      }
    }
    cost_ = meter_.read(links_.system_calls());
    cost_.calls_known = links_.calls_known();
    return true;
  }
  std::string unsupported() const { return links_.unsupported(); }
  void report_to(answer& a) const {
    report(a, carried_, cost_, o_.size);
    a.out.add("measured", measured_);
    a.out.add("lateNs", late(meter_, o_));
  }
  void report_failure_to(answer& a) const { report_failure(a, links_.failure(), carried_, {}, {}); }

 private:
  bool send_until(int64_t moment) {
    for (glance clock; clock.now < moment; clock.due()) {
      const uint64_t word = numbered::data_word(o_.sender, next_[turn_]++);
      if (!out_[turn_].send(word)) [[unlikely]]
        return false;
      numbered::count(carried_, messages_.digest(word));
      if (++turn_ == out_.size()) turn_ = 0;
    }
    return true;
  }

  const workload_options& o_;
  links<T> links_;
  numbered::messages messages_;
  std::vector<numbered::outlet<T>> out_;
  std::vector<uint64_t> next_;
  size_t turn_ = 0;
  carried carried_;
  numbered::meter meter_;
  phase_cost cost_;
  uint64_t before_ = 0;
  uint64_t measured_ = 0;
};

template <transport T>
void run_producer(answer& a, T& link, const link_spec& spec) {
  if (!numbered::has_room_for_number(a, spec.options.size)) return;
  producer<T> me(link, spec);
  if (is_unsupported(a, me.unsupported())) return;
  if (!me.run()) return me.report_failure_to(a);
  me.report_to(a);
}

// ------------------------------------------------------------------------------------------------ consumer

template <transport T>
class consumer {
 public:
  consumer(T& first, const link_spec& spec)
      : o_(spec.options),
        links_(first, spec),
        messages_(o_.size, seed),
        next_(notice::highest_who + 1),
        windows_(o_) {
    for (size_t i = 0; i < links_.size(); i++) in_.emplace_back(links_[i], o_.size);
    if (links_.size() > 1) {
      ready_.add(spec.from);
      for (const int64_t handle : spec.others) ready_.add(handle);
    }
  }

  std::string unsupported() const { return links_.unsupported(); }
  // Until as many producers have ended as there are.
  bool run() {
    if (*ready_.failure.call != 0) return false;
    meter_.begin(calls());
    const bool whole = links_.size() > 1 ? take_from_ready() : take_from_one();
    if (!whole) return false;
    cost_ = meter_.read(calls());
    cost_.calls_known = links_.calls_known();
    windows_.finish();
    return true;
  }
  void report_to(answer& a) const {
    report(a, carried_, cost_, o_.size);
    a.out.add("windows", windows_.as_node());
    a.out.add("lateNs", late(meter_, o_));
  }
  void report_failure_to(answer& a) const {
    const bool waiting = *ready_.failure.call != 0;
    report_failure(a, waiting ? ready_.failure : links_.failure(), carried_, {}, mismatch_);
  }

 private:
  bool take_from_one() {
    while (ended_ < o_.ends) {
      if (!take(in_.front())) [[unlikely]]
        return false;
    }
    return true;
  }
  bool take_from_ready() {
    std::vector<size_t> ready;
    while (ended_ < o_.ends) {
      if (!ready_.wait(ready)) return false;
      for (const size_t i : ready) {
        if (!take(in_[i])) return false;
      }
    }
    return true;
  }
  bool take(numbered::inlet<T>& in) {
    const char* message = in.take();
    if (message == nullptr) return false;
    const uint64_t word = numbered::word_of(message);
    if (!messages_.matches(message, word)) return mismatched("its bytes are not those of its number");
    in.done();
    return numbered::is_notice(word) ? hear(word) : accept(word);
  }
  bool accept(uint64_t word) {
    const uint64_t sender = numbered::sender_in(word), number = numbered::number_in(word);
    if (sender > notice::highest_who) return mismatched("nobody sends as " + std::to_string(sender));
    uint64_t& next = next_[sender];
    if (number != next && (!o_.shared || number < next)) [[unlikely]] {
      return mismatched("sender " + std::to_string(sender) + " sent number " + std::to_string(number) +
                        " where " + std::to_string(next) + " was due");
    }
    next = number + 1;
    numbered::count(carried_, messages_.digest(word));
    windows_.received();
    return true;
  }
  bool hear(uint64_t word) {
    notice heard;
    if (!heard.read(word) || heard.what != kind::ends) return mismatched("a notice that is none");
    ended_++;
    return true;
  }
  bool mismatched(const std::string& why) {
    mismatch_ = "after " + std::to_string(carried_.messages) + " messages one came that was not sent: " + why;
    return false;
  }
  uint64_t calls() const { return links_.system_calls() + ready_.system_calls; }

  const workload_options& o_;
  links<T> links_;
  numbered::messages messages_;
  std::vector<numbered::inlet<T>> in_;
  ready_set ready_;
  std::vector<uint64_t> next_;
  windows windows_;
  uint64_t ended_ = 0;
  carried carried_;
  numbered::meter meter_;
  phase_cost cost_;
  std::string mismatch_;
};

template <transport T>
void run_consumer(answer& a, T& link, const link_spec& spec) {
  if (!numbered::has_room_for_number(a, spec.options.size)) return;
  consumer<T> me(link, spec);
  if (is_unsupported(a, me.unsupported())) return;
  if (!me.run()) return me.report_failure_to(a);
  me.report_to(a);
}

}  // namespace ipcmark::fan
