#pragma once

#include <cstdint>
#include <ctime>

namespace ipcmark {

inline constexpr const char* clock_source = "CLOCK_MONOTONIC";

inline int64_t now_ns() {
  timespec t;
  clock_gettime(CLOCK_MONOTONIC, &t);
  return t.tv_sec * 1'000'000'000LL + t.tv_nsec;
}

}  // namespace ipcmark
