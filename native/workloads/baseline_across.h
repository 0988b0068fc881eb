// The bandwidth that two cores can have: one copies into common memory, the other copies out of it, several
// blocks being under way. Short messages travel many to a block, so that what is timed is the copying and not
// the handing over; a block is stamped with its number, and the last one of each batch is compared in whole,
// once the time of the batch has been taken.
#pragma once

#include <algorithm>
#include <cstdint>
#include <cstring>
#include <string>

#include "workloads/baseline_alone.h"
#include "workloads/baseline_pair.h"

namespace ipcmark::baseline {

struct blocks {
  explicit blocks(const place& p)
      : size(p.size),
        messages(std::max<size_t>(1, least_block / p.size)),
        count(std::clamp<size_t>(room / (messages * size), 2, 8)),
        data(p.data()),
        own(pattern_bytes(messages * size, seed)) {}

  char* block(uint64_t number) const { return data + number % count * own.size(); }
  // One message after another, each by a copy of its own.
  void carry(char* to, const char* from) const {
    for (size_t i = 0; i < messages; i++) copy(to + i * size, from + i * size, size);
  }

  static constexpr size_t least_block = 16 << 10;
  static constexpr size_t room = 512 << 10;
  static constexpr uint32_t seed = 5;

  size_t size;
  size_t messages;  // in one block
  size_t count;     // of blocks that are under way at most
  char* data;
  std::string own;  // what this side copies from, or to
};

inline void lead_across(answer& a, const place& p, const workload_options& o) {
  blocks b(p);
  board& common = *p.common;
  meter m;
  carried done;
  uint64_t number = 0, taken = 0;
  run_phases(o, o.batches * b.messages, m.cost(), [&](uint64_t messages) {
    const uint64_t count = std::max<uint64_t>(1, messages / b.messages);
    const uint64_t per_batch = std::max<uint64_t>(1, count / o.batches);
    common.phases.announce({.messages = count, .per_batch = per_batch});
    done = {};
    uint64_t gave_way = 0;
    m.begin();
    for (uint64_t i = 0; i < count; i++, number++) {
      if (number - taken == b.count) {
        gave_way += spin_until([&] {
          taken = common.taken.load(std::memory_order_acquire);
          return number - taken < b.count;
        });
      }
      std::memcpy(b.own.data(), &number, sizeof number);
      b.carry(b.block(number), b.own.data());
      common.published.store(number + 1, std::memory_order_release);
      done.add(static_cast<uint32_t>(number));
    }
    m.end(gave_way);
    done.messages = count * b.messages;
    // What comes next is said when the other side is there to hear it.
    spin_until([&] { return (taken = common.taken.load(std::memory_order_acquire)) == number; });
    return true;
  });
  common.phases.announce({});
  report(a, done, m.cost(), p.size);
}

// One phase; false when a block is not what was sent.
inline bool take_blocks(blocks& b, board& common, const plan& now, const std::string& expected,
                        uint64_t& number, carried& done, batch_times& times, meter& m) {
  constexpr size_t stamp = sizeof number;
  uint64_t published = number, gave_way = 0;
  const uint64_t batches = times.cut(now.messages, now.messages / now.per_batch);
  times.per_batch = now.per_batch;
  int64_t before = m.begin();
  for (uint64_t i = 1; i <= now.messages; i++, number++) {
    if (published == number) {
      gave_way += spin_until([&] {
        published = common.published.load(std::memory_order_acquire);
        return published != number;
      });
    }
    b.carry(b.own.data(), b.block(number));
    common.taken.store(number + 1, std::memory_order_release);
    if (std::memcmp(b.own.data(), &number, stamp) != 0) return false;
    done.add(static_cast<uint32_t>(number));
    if (i % now.per_batch != 0) continue;
    const int64_t at = now_ns();
    if (times.ns.size() < batches) times.ns.push_back(at - before);
    if (std::memcmp(b.own.data() + stamp, expected.data() + stamp, expected.size() - stamp) != 0)
      return false;
    before = now_ns();
  }
  m.end(gave_way);
  return true;
}

inline void follow_across(answer& a, const place& p, const workload_options&) {
  blocks b(p);
  const std::string expected = b.own;
  meter m;
  carried done;
  batch_times times;
  uint64_t number = 0;
  for (uint64_t phase = 1;; phase++) {
    const plan now = p.common->phases.await(phase);
    if (now.messages == 0) break;
    done = {};
    if (!take_blocks(b, *p.common, now, expected, number, done, times, m)) {
      return report_failure(a, {}, done, now, "block " + std::to_string(number) + " is not what was sent");
    }
    done.messages = now.messages * b.messages;
  }
  times.per_batch *= b.messages;
  report(a, done, m.cost(), p.size);
  times.tell(a);
}

}  // namespace ipcmark::baseline
