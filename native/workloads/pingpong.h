// Closed loop: the initiator sends and waits for the reply, the responder waits and replies. One message is
// under way at any time; what is timed is the round trip, from before the send until the reply is there, the
// responder's reading of every byte included.
#pragma once

#include <cstdint>

#include "core/answer.h"
#include "core/clock.h"
#include "core/histogram.h"
#include "workloads/options.h"
#include "workloads/pace.h"
#include "workloads/side.h"

namespace ipcmark::pingpong {

// Each direction has its own bytes, so that a message which comes back to its sender is seen.
inline constexpr uint32_t ping_seed = 1;
inline constexpr uint32_t pong_seed = 2;

template <transport T>
bool initiate(side<T>& me, uint64_t round_trips, histogram& times) {
  for (uint64_t i = 0; i < round_trips; i++) {
    const int64_t sent = now_ns();
    if (!me.send() || !me.flush() || !me.receive()) [[unlikely]]
      return false;
    times.record(now_ns() - sent);
    if (!me.verify()) [[unlikely]]
      return false;
  }
  return true;
}

template <transport T>
bool respond(side<T>& me, uint64_t round_trips) {
  for (uint64_t i = 0; i < round_trips; i++) {
    if (!me.receive() || !me.verify() || !me.send() || !me.flush()) [[unlikely]]
      return false;
  }
  return true;
}

template <transport T>
bool initiate_phase(side<T>& me, uint64_t round_trips, histogram& times) {
  times.clear();
  if (!me.announce({.messages = round_trips, .per_batch = round_trips})) return false;
  me.begin();
  const bool whole = initiate(me, round_trips, times);
  me.end();
  return whole;
}

// A median is printed only when ten samples lie above it.
inline constexpr uint64_t fewest_round_trips = 32;

template <transport T>
void run_initiator(answer& a, T& link, const workload_options& o) {
  side<T> me(link, o.size, payload(o.size, ping_seed), payload(o.size, pong_seed));
  histogram times;
  const bool whole =
      run_phases(o, fewest_round_trips, me.cost(), [&](uint64_t n) { return initiate_phase(me, n, times); });
  if (!whole || !me.announce({})) return me.report_failure_to(a);
  me.report_to(a);
  a.out.add("latency", times.as_node());
}

template <transport T>
void run_responder(answer& a, T& link, const workload_options& o) {
  side<T> me(link, o.size, payload(o.size, pong_seed), payload(o.size, ping_seed));
  for (plan p;;) {
    if (!me.await(p)) return me.report_failure_to(a);
    if (p.messages == 0) return me.report_to(a);
    me.begin();
    if (!respond(me, p.messages)) return me.report_failure_to(a);
    me.end();
  }
}

}  // namespace ipcmark::pingpong
