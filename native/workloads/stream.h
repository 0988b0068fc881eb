// One way, as fast as it goes: the producer sends and the consumer receives, reads every byte, and looks at
// the clock once in a batch. The rate is the consumer's: what a producer has handed over may still lie in a
// buffer.
#pragma once

#include <algorithm>
#include <cstdint>
#include <vector>

#include "core/answer.h"
#include "core/clock.h"
#include "workloads/options.h"
#include "workloads/pace.h"
#include "workloads/side.h"

namespace ipcmark::stream {

inline constexpr uint32_t seed = 3;

template <transport T>
bool produce_phase(side<T>& me, const plan& p) {
  if (!me.announce(p)) return false;
  me.begin();
  if (!me.send_many(p.messages) || !me.flush()) return false;
  me.end();
  return true;
}

// By the end of the warm-up the buffer between the two has long been full, and the producer's pace is the
// consumer's.
template <transport T>
void run_producer(answer& a, T& link, const workload_options& o) {
  side<T> me(link, o.size, payload(o.size, seed), payload());
  const bool whole = run_phases(o, o.batches, me.cost(), [&](uint64_t n) {
    return produce_phase(me, {.messages = n, .per_batch = std::max<uint64_t>(1, n / o.batches)});
  });
  if (!whole || !me.announce({})) return me.report_failure_to(a);
  me.report_to(a);
}

template <transport T>
bool consume_batch(side<T>& me, uint64_t messages) {
  return me.receive_many(messages);
}

// What is left when the messages do not divide evenly is no batch.
template <transport T>
bool consume_phase(side<T>& me, const plan& p, std::vector<int64_t>& batch_ns) {
  batch_ns.clear();
  batch_ns.reserve(p.messages / p.per_batch);
  me.begin();
  int64_t before = me.began_ns();
  for (uint64_t left = p.messages; left >= p.per_batch; left -= p.per_batch) {
    if (!consume_batch(me, p.per_batch)) return false;
    const int64_t now = now_ns();
    batch_ns.push_back(now - before);
    before = now;
  }
  if (!consume_batch(me, p.messages % p.per_batch)) return false;
  me.end();
  return true;
}

template <transport T>
void run_consumer(answer& a, T& link, const workload_options& o) {
  side<T> me(link, o.size, payload(), payload(o.size, seed));
  std::vector<int64_t> batch_ns;
  plan last;
  for (plan p;; last = p) {
    if (!me.await(p)) return me.report_failure_to(a);
    if (p.messages == 0) break;
    if (!consume_phase(me, p, batch_ns)) return me.report_failure_to(a);
  }
  me.report_to(a);
  node batches = node::object();
  batches.add("messagesPerBatch", last.per_batch);
  batches.add("batchNs", node::list({batch_ns.begin(), batch_ns.end()}));
  a.out.add("throughput", std::move(batches));
}

}  // namespace ipcmark::stream
