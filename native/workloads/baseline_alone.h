// Baselines of one process: something small, done so often that it can be timed, a batch at a time. Two
// readings of the clock around one of them would take longer than it does.
#pragma once

#include <atomic>
#include <cstdint>
#include <cstring>
#include <string>

#include "core/answer.h"
#include "core/clock.h"
#include "os/baseline.h"
#include "workloads/meter.h"
#include "workloads/options.h"
#include "workloads/pace.h"

namespace ipcmark::baseline {

// Has the compiler believe that anything may have been read and written.
inline void keep_honest() { std::atomic_signal_fence(std::memory_order_seq_cst); }

// By a pointer that may change at any time, so that no compiler knows what is called, or leaves it out.
inline void* (*volatile copy)(void*, const void*, size_t) = std::memcpy;

// What they need, had and touched before the first is timed.
struct bench {
  explicit bench(size_t size) : from(size, 'x'), to(size, ' ') {}

  static constexpr size_t page_count = 256;

  std::string from, to;
  fresh_pages pages{page_count};
  size_t touched = 0;
  volatile int64_t last = 0;
};

struct alone {
  const char* name;
  bool sized;
  // So many of them; answers how many system calls that took.
  uint64_t (*times)(bench& b, uint64_t count);
};

inline uint64_t empty_loop(bench&, uint64_t count) {
  for (uint64_t i = 0; i < count; i++) keep_honest();
  return 0;
}

inline uint64_t clock_read(bench& b, uint64_t count) {
  for (uint64_t i = 0; i < count; i++) b.last = now_ns();
  return 0;
}

inline uint64_t memory_copy(bench& b, uint64_t count) {
  for (uint64_t i = 0; i < count; i++) copy(b.to.data(), b.from.data(), b.from.size());
  return 0;
}

inline uint64_t system_call(bench&, uint64_t count) {
  for (uint64_t i = 0; i < count; i++) empty_system_call();
  return count;
}

// A page's share of giving all of them back is part of it.
inline uint64_t page_fault(bench& b, uint64_t count) {
  uint64_t calls = 0;
  for (uint64_t i = 0; i < count; i++) {
    if (b.touched == bench::page_count) {
      b.pages.discard();
      b.touched = 0;
      calls++;
    }
    b.pages.data()[b.touched++ * fresh_pages::page] = 1;
  }
  return calls;
}

inline constexpr alone all_alone[] = {
    {"empty-loop", false, empty_loop}, {"clock-read", false, clock_read},
    {"memcpy", true, memory_copy},     {"empty-system-call", false, system_call},
    {"page-fault", false, page_fault},
};

inline void run_alone(answer& a, const alone& what, const workload_options& o) {
  bench b(o.size);
  if (b.pages.data() == nullptr) return report_failure(a, {}, {}, {}, "there is no memory left for pages");
  meter m;
  batch_times times;
  carried done;
  run_phases(o, o.batches, m.cost(), [&](uint64_t count) {
    uint64_t calls = 0;
    const uint64_t batches = times.cut(count, o.batches);
    int64_t before = m.begin();
    for (uint64_t i = 0; i < batches; i++) {
      calls += what.times(b, times.per_batch);
      const int64_t now = now_ns();
      times.ns.push_back(now - before);
      before = now;
    }
    m.end(calls);
    done.messages = batches * times.per_batch;
    return true;
  });
  report(a, done, m.cost(), what.sized ? o.size : 0);
  times.tell(a);
}

}  // namespace ipcmark::baseline
