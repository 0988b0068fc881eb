#include "core/histogram.h"

#include <numeric>

namespace ipcmark {

// The layout is HdrHistogram's; harness/measure/histogram.test.ts holds the same facts.
static_assert(histogram::index_of(0) == 0 && histogram::index_of(2047) == 2047);
static_assert(histogram::index_of(2048) == 2048 && histogram::index_of(2049) == 2048);
static_assert(histogram::index_of(4095) == 3071 && histogram::index_of(4096) == 3072);
static_assert(histogram::index_of(histogram::largest) == 27 * 1024 - 1);

histogram::histogram() : counts_(index_of(largest) + 1) { clear(); }

void histogram::clear() {
  std::ranges::fill(counts_, 0);
  beyond_ = 0;
  total_ns_ = 0;
  smallest_ = INT64_MAX;
  greatest_ = 0;
}

uint64_t histogram::samples() const { return std::accumulate(counts_.begin(), counts_.end(), uint64_t{0}); }

node histogram::as_node() const {
  const uint64_t all = samples();
  std::vector<node> counts;
  for (size_t i = 0; i < counts_.size(); i++) {
    if (counts_[i] > 0) counts.push_back(node::list({i, counts_[i]}));
  }
  node n = node::object();
  n.add("samples", all);
  n.add("meanNs", all == 0 ? 0.0 : static_cast<double>(total_ns_) / static_cast<double>(all));
  n.add("minNs", all == 0 ? 0 : smallest_);
  n.add("maxNs", greatest_);
  n.add("beyond", beyond_);
  n.add("counts", node::list(std::move(counts)));
  return n;
}

}  // namespace ipcmark
