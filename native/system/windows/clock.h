#pragma once

#include <cstdint>

#include "os/windows.h"

namespace ipcmark {

inline constexpr const char* clock_source = "QueryPerformanceCounter";

inline int64_t now_ns() {
  static const int64_t per_second = [] {
    LARGE_INTEGER f;
    QueryPerformanceFrequency(&f);
    return f.QuadPart;
  }();
  LARGE_INTEGER t;
  QueryPerformanceCounter(&t);
  // Seconds and the rest apart: ticks times 10^9 would overflow after a few minutes of uptime.
  return t.QuadPart / per_second * 1'000'000'000LL + t.QuadPart % per_second * 1'000'000'000LL / per_second;
}

}  // namespace ipcmark
