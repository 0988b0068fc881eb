// What a side of a fan is made of: its links, its looks at the clock, and what it counts by windows of time.
#pragma once

#include <algorithm>
#include <cstdint>
#include <memory>
#include <vector>

#include "core/answer.h"
#include "core/clock.h"
#include "transports/transport.h"
#include "workloads/numbered.h"
#include "workloads/options.h"

namespace ipcmark::fan {

// Looks at the clock so seldom that it costs nothing, and so often that no more than about a millisecond goes
// by unseen.
class glance {
 public:
  // True when it has looked; `now` is what it saw.
  bool due() {
    if (--left_ > 0) [[likely]]
      return false;
    const int64_t seen = now_ns();
    if (seen - now < 250'000) every_ = std::min<uint64_t>(every_ * 2, 1 << 16);
    if (seen - now > 1'000'000) every_ = std::max<uint64_t>(every_ / 2, 1);
    now = seen;
    left_ = every_;
    return true;
  }

  int64_t now = now_ns();

 private:
  uint64_t every_ = 1;
  uint64_t left_ = 1;
};

// Answers why something cannot be done here; whether there is such a reason.
inline bool is_unsupported(answer& a, const std::string& why) {
  if (why.empty()) return false;
  a.ret = -1;
  a.out.add("unsupported", why);
  return true;
}

// Every link of a side: the one that it was made with, and one for each further handle.
template <transport T>
class links {
 public:
  links(T& first, const link_spec& spec) : all_{&first} {
    for (const int64_t handle : spec.others) {
      made_.push_back(std::make_unique<T>(link_spec{.to = spec.to == no_handle ? no_handle : handle,
                                                    .from = spec.from == no_handle ? no_handle : handle,
                                                    .leads = spec.leads,
                                                    .options = spec.options}));
      all_.push_back(made_.back().get());
    }
  }

  size_t size() const { return all_.size(); }
  T& operator[](size_t i) { return *all_[i]; }
  uint64_t system_calls() const {
    uint64_t calls = 0;
    for (const T* link : all_) calls += link->system_calls;
    return calls;
  }
  // Why one of them cannot do what is asked for; empty where all can.
  std::string unsupported() const {
    if constexpr (may_be_unsupported<T>) {
      for (const T* link : all_) {
        if (!link->unsupported.empty()) return link->unsupported;
      }
    }
    return {};
  }
  bool calls_known() const {
    if constexpr (knows_its_calls<T>) return all_.front()->calls_known();
    return true;
  }
  // Of the first that failed.
  transfer_failure failure() const {
    for (const T* link : all_) {
      const transfer_failure& failure = link->failure;
      if (*failure.call != 0 || *failure.nonsense != 0) return failure;
    }
    return {};
  }

 private:
  std::vector<std::unique_ptr<T>> made_;
  std::vector<T*> all_;
};

// By how much a side was ready too late to be measured with the others.
inline int64_t late(const numbered::meter& m, const workload_options& o) {
  return std::max<int64_t>(0, m.began_ns() - o.measure_at);
}

// What is received from `measure-at` to `stop-at`, by windows that are the same at every consumer, so that
// they can be added up. Of processes that take turns on a processor each is fast while it has it: a median of
// each one's own would be the speed of none that shares.
class windows {
 public:
  explicit windows(const workload_options& o)
      : from_(o.measure_at),
        width_(std::max<int64_t>(1, (o.stop_at - o.measure_at) / static_cast<int64_t>(o.batches))),
        counts_(o.batches) {}

  void received() {
    pending_++;
    if (clock_.due()) settle();
  }
  void finish() {
    clock_.now = now_ns();
    settle();
  }
  node as_node() const {
    node n = node::object();
    n.add("ns", width_);
    n.add("messages", node::list({counts_.begin(), counts_.end()}));
    return n;
  }

 private:
  void settle() {
    const int64_t since = clock_.now - from_;
    const auto window = static_cast<size_t>(std::max<int64_t>(0, since) / width_);
    if (since >= 0 && window < counts_.size()) counts_[window] += pending_;
    pending_ = 0;
  }

  int64_t from_;
  int64_t width_;
  glance clock_;
  uint64_t pending_ = 0;
  std::vector<uint64_t> counts_;
};

}  // namespace ipcmark::fan
