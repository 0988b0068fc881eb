// Messages at a rate: each is meant to leave at a time that stands beforehand, start + number × interval, and
// what is timed is from then until the consumer has received it and read every byte. A producer that falls
// behind sends at once, and the delay counts: no message is timed from when it happened to leave. Both sides
// read one clock, which the whole system shares.
//
// The producer spins on the clock until a message's time has come: to be woken from a sleep would take longer
// than most of what is measured. So its processor's time tells nothing but that.
#pragma once

#include <algorithm>
#include <cstdint>

#include "core/answer.h"
#include "core/clock.h"
#include "core/histogram.h"
#include "workloads/options.h"
#include "workloads/pace.h"
#include "workloads/side.h"

namespace ipcmark::openloop {

inline constexpr uint32_t seed = 4;

// From when it is made known until the first message is due: time for the consumer to learn of it.
inline constexpr int64_t notice_ns = 500'000;

// When each message is meant to leave. It travels as a plan does, before the plan of its phase.
struct timetable {
  int64_t start_ns = 0;
  uint64_t rate = 1;  // messages a second

  int64_t due(uint64_t message) const {
    return start_ns + static_cast<int64_t>(static_cast<double>(message) * (1e9 / static_cast<double>(rate)));
  }
  plan written() const { return {.messages = static_cast<uint64_t>(start_ns), .per_batch = rate}; }
  static timetable from(const plan& p) {
    return {.start_ns = static_cast<int64_t>(p.messages), .rate = p.per_batch};
  }
};

// Messages a second, from the first to the last.
inline double rate_of(uint64_t messages, const timetable& t, int64_t last_left_ns) {
  if (messages < 2) return static_cast<double>(t.rate);
  const int64_t took = std::max(last_left_ns, t.due(messages - 1)) - t.start_ns;
  return static_cast<double>(messages - 1) * 1e9 / static_cast<double>(took);
}

template <transport T>
bool produce_phase(side<T>& me, uint64_t messages, uint64_t rate, double& achieved) {
  const timetable t{.start_ns = now_ns() + notice_ns, .rate = rate};
  if (!me.announce(t.written()) || !me.announce({.messages = messages, .per_batch = messages})) return false;
  me.begin();
  int64_t left_at = t.start_ns;
  for (uint64_t i = 0; i < messages; i++) {
    for (const int64_t due = t.due(i); (left_at = now_ns()) < due;) {
    }
    if (!me.send() || !me.flush()) [[unlikely]]
      return false;
  }
  me.end();
  achieved = rate_of(messages, t, left_at);
  return true;
}

// A median is printed only when ten samples lie above it.
inline constexpr uint64_t fewest_messages = 32;

template <transport T>
void run_producer(answer& a, T& link, const workload_options& o) {
  if (o.rate == 0) return a.refuse("the option 'rate' is needed: messages a second");
  side<T> me(link, o.size, payload(o.size, seed), payload());
  double achieved = 0;
  const bool whole = run_phases(
      o, fewest_messages, me.cost(), [&](uint64_t n) { return produce_phase(me, n, o.rate, achieved); },
      1e9 / static_cast<double>(o.rate));
  if (!whole || !me.announce({})) return me.report_failure_to(a);
  me.report_to(a);
  node pace = node::object();
  pace.add("wanted", o.rate);
  pace.add("achieved", achieved);
  a.out.add("pace", std::move(pace));
}

template <transport T>
bool consume_phase(side<T>& me, uint64_t messages, const timetable& t, histogram& times) {
  times.clear();
  me.begin();
  for (uint64_t i = 0; i < messages; i++) {
    if (!me.receive() || !me.verify()) [[unlikely]]
      return false;
    times.record(now_ns() - t.due(i));
  }
  me.end();
  return true;
}

template <transport T>
void run_consumer(answer& a, T& link, const workload_options& o) {
  side<T> me(link, o.size, payload(), payload(o.size, seed));
  histogram times;
  for (plan p;;) {
    if (!me.await(p)) return me.report_failure_to(a);
    if (p.messages == 0) break;
    const timetable t = timetable::from(p);
    if (!me.await(p) || !consume_phase(me, p.messages, t, times)) return me.report_failure_to(a);
  }
  me.report_to(a);
  a.out.add("latency", times.as_node());
}

}  // namespace ipcmark::openloop
