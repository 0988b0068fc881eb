// Baselines of two processes with memory in common: what no mechanism between them can beat. They agree over
// a board at the beginning of that memory; what is handed over lies behind it.
#pragma once

#include <algorithm>
#include <atomic>
#include <cstdint>
#include <cstring>
#include <string>
#include <vector>

#include "core/answer.h"
#include "core/bytes.h"
#include "core/clock.h"
#include "core/histogram.h"
#include "os/baseline.h"
#include "os/error.h"
#include "workloads/board.h"
#include "workloads/meter.h"
#include "workloads/options.h"
#include "workloads/pace.h"

namespace ipcmark::baseline {

// All zeros at the beginning. What one process writes lies apart from what the other does.
struct board {
  phase_board phases;
  alignas(apart) std::atomic<uint32_t> there;
  alignas(apart) std::atomic<uint32_t> back;
  alignas(apart) std::atomic<uint64_t> published;
  alignas(apart) std::atomic<uint64_t> taken;
};
inline constexpr size_t behind_board = 4096;
static_assert(sizeof(board) <= behind_board);

// What one side of a pair was given.
struct place {
  board* common;
  bool leads;
  size_t size;
  int64_t there = 0;  // what wakes the side that follows, and the one that leads, where the system needs it
  int64_t back = 0;

  char* data() const { return reinterpret_cast<char*>(common) + behind_board; }
};

// ------------------------------------------------------------------------------------------------ round
// trips

// A way to hand over the number of a message, and to wait for it. Numbers count up from 1.
//
//     bool send(uint32_t number);
//     bool receive(uint32_t number);      false: what came with it is not what was sent
//     transfer_failure failure;
//     uint64_t system_calls;

struct way {
  explicit way(const place& p)
      : mine(p.leads ? &p.common->there : &p.common->back),
        theirs(p.leads ? &p.common->back : &p.common->there) {}

  bool arrived(uint32_t number) const { return theirs->load(std::memory_order_acquire) == number; }

  std::atomic<uint32_t>* mine;
  std::atomic<uint32_t>* theirs;
  transfer_failure failure;
  uint64_t system_calls = 0;
};

// Each gives its processor to the other: on one core a round trip is two switches from process to process.
struct switching : way {
  using way::way;

  bool send(uint32_t number) { return mine->store(number, std::memory_order_release), true; }
  bool receive(uint32_t number) {
    for (; !arrived(number); system_calls++) give_way();
    return true;
  }
};

// Each puts itself to sleep and is woken by the other.
struct sleeping : way {
  explicit sleeping(const place& p)
      : way(p), other(mine, p.leads ? p.there : p.back), me(theirs, p.leads ? p.back : p.there) {}

  bool send(uint32_t number) {
    mine->store(number, std::memory_order_release);
    system_calls++;
    return other.wake() || failed();
  }
  bool receive(uint32_t number) {
    for (; !arrived(number); system_calls++) {
      if (!me.sleep(number - 1)) return failed();
    }
    return true;
  }

 private:
  bool failed() { return failure = {.call = sleeper_call, .code = last_error()}, false; }

  baseline_sleeper other;
  baseline_sleeper me;
};

// Bytes written by one core and read by the other, both spinning: so long as they fit one, a cache line that
// goes to and fro. The last word is the number, and says that the others are there; those of two messages in
// a row differ.
struct lines : way {
  using word = uint64_t;

  explicit lines(const place& p)
      : way(p), before(p.size - sizeof(word)), odd(pattern_bytes(before, 1)), even(pattern_bytes(before, 2)) {
    const size_t other = (p.size + apart - 1) / apart * apart + apart;
    out = p.data() + (p.leads ? 0 : other);
    in = p.data() + (p.leads ? other : 0);
  }

  bool send(uint32_t number) {
    std::memcpy(out, expected(number), before);
    last(out).store(number, std::memory_order_release);
    return true;
  }
  bool receive(uint32_t number) {
    system_calls += spin_until([&] { return last(in).load(std::memory_order_acquire) == number; });
    return std::memcmp(in, expected(number), before) == 0;
  }

 private:
  const char* expected(uint32_t number) const { return (number % 2 == 1 ? odd : even).data(); }
  std::atomic_ref<word> last(char* at) const {
    return std::atomic_ref(*reinterpret_cast<word*>(at + before));
  }

  size_t before;
  std::string odd, even;
  char* out;
  char* in;
};

inline std::string mixed_up(uint32_t number) {
  return "message " + std::to_string(number) + " is not what was sent";
}

// Timed as `pingpong` times: two readings of the clock for each round trip.
template <class Way>
void lead_round_trips(answer& a, const place& p, const workload_options& o) {
  Way w(p);
  histogram times;
  meter m;
  carried done;
  plan now;
  uint32_t number = 0;
  bool good = true;
  const auto phase = [&](uint64_t count) {
    times.clear();
    p.common->phases.announce(now = {.messages = count, .per_batch = count});
    const uint64_t calls = w.system_calls;
    m.begin();
    for (uint64_t i = 0; i < count; i++) {
      const int64_t sent = now_ns();
      if (!w.send(++number) || !w.receive(number)) [[unlikely]]
        return good = false;
      times.record(now_ns() - sent);
    }
    m.end(w.system_calls - calls);
    done.messages = 2 * count;
    return true;
  };
  constexpr uint64_t fewest_round_trips = 32;
  if (!run_phases(o, fewest_round_trips, m.cost(), phase)) {
    return report_failure(a, w.failure, done, now, w.failure.code == 0 ? mixed_up(number) : "");
  }
  p.common->phases.announce({});
  done.checksum = number;
  report(a, done, m.cost(), p.size);
  a.out.add("latency", times.as_node());
}

template <class Way>
void follow_round_trips(answer& a, const place& p, const workload_options&) {
  Way w(p);
  meter m;
  carried done;
  uint32_t number = 0;
  for (uint64_t phase = 1;; phase++) {
    const plan now = p.common->phases.await(phase);
    if (now.messages == 0) break;
    const uint64_t calls = w.system_calls;
    m.begin();
    for (uint64_t i = 0; i < now.messages; i++) {
      if (!w.receive(++number) || !w.send(number)) [[unlikely]] {
        return report_failure(a, w.failure, done, now, w.failure.code == 0 ? mixed_up(number) : "");
      }
    }
    m.end(w.system_calls - calls);
    done.messages = 2 * now.messages;
  }
  done.checksum = number;
  report(a, done, m.cost(), p.size);
}

}  // namespace ipcmark::baseline
