// Milliseconds as calls take a time: how long to wait, or when it will be over.
#pragma once

#include <sys/time.h>
#include <time.h>

namespace ipcmark {

inline timespec duration(int milliseconds) { return {milliseconds / 1000, milliseconds % 1000 * 1'000'000L}; }

inline timeval short_duration(int milliseconds) { return {milliseconds / 1000, milliseconds % 1000 * 1000}; }

// The moment at which a wait that begins now is over; a negative number is one in the past. To be asked
// inside what is timed: else a wait that began late seems to have been given up early.
inline timespec deadline_in(int milliseconds) {
  timespec at{};
  ::clock_gettime(CLOCK_REALTIME, &at);
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
