// A log-linear histogram of nanoseconds with the bucket layout of HdrHistogram: three significant digits,
// lowest value 1, the same index for the same value. So counts travel as sparse pairs of index and count,
// merge by addition, and can be written out as standard HdrHistogram logs. It holds 0 .. 2^36 - 1 ns (68.7
// s); what took longer is counted in the last bucket, and `beyond` says how often. All memory is allocated
// and touched before the first sample.
#pragma once

#include <algorithm>
#include <bit>
#include <cstddef>
#include <cstdint>
#include <vector>

#include "core/answer.h"

namespace ipcmark {

class histogram {
 public:
  static constexpr int significant_digits = 3;
  static constexpr int64_t largest = (int64_t{1} << 36) - 1;

  histogram();

  void record(int64_t ns) {
    if (ns > largest) [[unlikely]]
      beyond_++;
    counts_[index_of(static_cast<uint64_t>(std::clamp<int64_t>(ns, 0, largest)))]++;
    total_ns_ += ns;
    smallest_ = std::min(smallest_, ns);
    greatest_ = std::max(greatest_, ns);
  }
  void clear();

  // The first 2 048 values have a bucket each; from there on every power of two is cut into 1 024.
  static constexpr size_t index_of(uint64_t value) {
    const int bucket = 64 - half_bits - 1 - std::countl_zero(value | (2 * half - 1));
    return (static_cast<size_t>(bucket) << half_bits) + static_cast<size_t>(value >> bucket);
  }

  uint64_t samples() const;
  // {"samples":…,"meanNs":…,"minNs":…,"maxNs":…,"beyond":…,"counts":[[index,count],…]}
  node as_node() const;

 private:
  static constexpr int half_bits = 10;
  static constexpr uint64_t half = uint64_t{1} << half_bits;

  std::vector<uint64_t> counts_;
  uint64_t beyond_ = 0;
  int64_t total_ns_ = 0;
  int64_t smallest_ = INT64_MAX;
  int64_t greatest_ = 0;
};

}  // namespace ipcmark
