/* What reference loops share: the bytes that travel, a clock, two processes of which each is pinned. Written
 * as one writes a benchmark by hand, to hold ipcmark's own loops against.
 */
#pragma once

#define _GNU_SOURCE
#include <sched.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/prctl.h>
#include <sys/socket.h>
#include <sys/wait.h>
#include <time.h>
#include <unistd.h>
#include <signal.h>

/* Message number i is window number i % windows of its direction's pattern, as in native/workloads/payload.h.
 */
enum { step = 64, windows = 61 };

static inline long next(long window) { return window + 1 == windows ? 0 : window + 1; }

struct settings {
  const char* mechanism;
  size_t size;
  int first_cpu, second_cpu;
  long warm_up, messages;
};

static inline int64_t now_ns(void) {
  struct timespec t;
  clock_gettime(CLOCK_MONOTONIC, &t);
  return t.tv_sec * 1000000000LL + t.tv_nsec;
}

static inline void fail(const char* what) {
  perror(what);
  exit(1);
}

static inline struct settings read_settings(int argc, char** argv) {
  if (argc != 7) {
    fprintf(stderr, "usage: %s pingpong|stream SIZE CPU CPU WARM-UP-MESSAGES MESSAGES\n", argv[0]);
    exit(2);
  }
  return (struct settings){argv[1],       (size_t)atol(argv[2]), atoi(argv[3]),
                           atoi(argv[4]), atol(argv[5]),         atol(argv[6])};
}

static inline void pin(int cpu) {
  cpu_set_t set;
  CPU_ZERO(&set);
  CPU_SET(cpu, &set);
  if (sched_setaffinity(0, sizeof set, &set) != 0) fail("sched_setaffinity");
}

/* Whole cache lines, which have been touched. */
static inline void* allocate(size_t bytes) {
  const size_t whole = (bytes + step - 1) / step * step;
  void* const memory = aligned_alloc(step, whole);
  if (memory == NULL) fail("aligned_alloc");
  return memset(memory, 1, whole);
}

static inline char* make_pattern(size_t size, uint32_t seed) {
  const size_t length = size + windows * step;
  char* bytes = allocate(length);
  uint32_t x = seed * 2654435761u + 1;
  for (size_t i = 0; i < length; i++) {
    if (i % 4 == 0) {
      x ^= x << 13;
      x ^= x >> 17;
      x ^= x << 5;
    }
    bytes[i] = (char)(x >> (i % 4 * 8));
  }
  return bytes;
}

static inline void verify(const char* got, const char* expected, size_t length) {
  if (memcmp(got, expected, length) != 0) {
    fprintf(stderr, "a message is not what was sent\n");
    exit(1);
  }
}

/* The second process; it ends with the first. */
static inline pid_t start_second(void) {
  const pid_t child = fork();
  if (child < 0) fail("fork");
  if (child == 0) prctl(PR_SET_PDEATHSIG, SIGKILL);
  return child;
}

static inline void await_second(pid_t child) {
  int status = 0;
  if (waitpid(child, &status, 0) != child || status != 0) {
    fprintf(stderr, "the second process failed\n");
    exit(1);
  }
}

static inline int ascending(const void* a, const void* b) {
  const int64_t x = *(const int64_t*)a, y = *(const int64_t*)b;
  return (x > y) - (x < y);
}

/* Sorts them. */
static inline double median_of(int64_t* values, long count) {
  qsort(values, (size_t)count, sizeof *values, ascending);
  return (double)(values[(count - 1) / 2] + values[count / 2]) / 2;
}
