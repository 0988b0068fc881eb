// When a wait that begins now and lasts so long will be over: what calls with an absolute deadline are given.
// A negative number is a moment in the past. To be asked inside what is timed: else a wait that began late
// seems to have been given up early.
#pragma once

#include <time.h>

namespace ipcmark {

inline timespec duration(int milliseconds) { return {milliseconds / 1000, milliseconds % 1000 * 1'000'000L}; }

inline timespec deadline_in(int milliseconds, clockid_t clock = CLOCK_REALTIME) {
  timespec at{};
  ::clock_gettime(clock, &at);
  const timespec wait = duration(milliseconds);
  at.tv_sec += wait.tv_sec;
  at.tv_nsec += wait.tv_nsec;
  if (at.tv_nsec >= 1'000'000'000L) {
    at.tv_sec++;
    at.tv_nsec -= 1'000'000'000L;
  }
  if (at.tv_nsec < 0) {
    at.tv_sec--;
    at.tv_nsec += 1'000'000'000L;
  }
  return at;
}

}  // namespace ipcmark
