/* What the reference loops share: two processes pinned and joined by pipes or a Unix stream socket, the bytes
 * that travel, and a clock. Written as one writes a benchmark by hand, to hold ipcmark's own loops against.
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

struct settings {
  const char* mechanism;
  size_t size;
  int first_cpu, second_cpu;
  long warm_up, messages;
};

struct ends {
  int send, receive;
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
    fprintf(stderr, "usage: %s pipe|unix-stream SIZE CPU CPU WARM-UP-MESSAGES MESSAGES\n", argv[0]);
    exit(2);
  }
  return (struct settings){argv[1],       (size_t)atol(argv[2]), atoi(argv[3]),
                           atoi(argv[4]), atol(argv[5]),         atol(argv[6])};
}

static inline void join_ends(const char* mechanism, struct ends* first, struct ends* second) {
  int there[2], back[2];
  if (strcmp(mechanism, "pipe") == 0) {
    if (pipe(there) != 0 || pipe(back) != 0) fail("pipe");
    *first = (struct ends){there[1], back[0]};
    *second = (struct ends){back[1], there[0]};
  } else if (strcmp(mechanism, "unix-stream") == 0) {
    if (socketpair(AF_UNIX, SOCK_STREAM, 0, there) != 0) fail("socketpair");
    *first = (struct ends){there[0], there[0]};
    *second = (struct ends){there[1], there[1]};
  } else {
    fprintf(stderr, "no mechanism is called '%s'\n", mechanism);
    exit(2);
  }
}

static inline void pin(int cpu) {
  cpu_set_t set;
  CPU_ZERO(&set);
  CPU_SET(cpu, &set);
  if (sched_setaffinity(0, sizeof set, &set) != 0) fail("sched_setaffinity");
}

static inline char* make_pattern(size_t size, uint32_t seed) {
  const size_t length = size + windows * step;
  char* bytes = malloc(length);
  uint32_t x = seed * 2654435761u + 1;
  if (bytes == NULL) fail("malloc");
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

static inline void write_all(int fd, const char* data, size_t length) {
  while (length > 0) {
    const ssize_t n = write(fd, data, length);
    if (n < 0) fail("write");
    data += n;
    length -= (size_t)n;
  }
}

static inline void read_all(int fd, char* data, size_t length) {
  while (length > 0) {
    const ssize_t n = read(fd, data, length);
    if (n <= 0) fail("read");
    data += n;
    length -= (size_t)n;
  }
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
