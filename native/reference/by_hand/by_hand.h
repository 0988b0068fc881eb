/* Loops as one writes them by hand in C for one mechanism, to hold ipcmark's own against. They run on handles
 * that the mechanism's own script has opened, and carry what ipcmark's carry: the same windows on the same
 * patterns, every byte of which the receiver compares. What goes wrong is said on standard error and ends the
 * process.
 */
#pragma once

#include <stddef.h>

#ifdef __cplusplus
extern "C" {
#endif

/* Descriptors, queues, or the addresses of words. */
struct by_hand_side {
  long send, receive;
  size_t size;
  long messages;
};

/* Answer nanoseconds, those that measure: of a round trip the median of all, of a message of a stream that of
 * its batches. */
struct by_hand_loops {
  double (*initiate)(const struct by_hand_side* side);
  void (*respond)(const struct by_hand_side* side);
  /* Nothing where no message travels. */
  void (*produce)(const struct by_hand_side* side);
  double (*consume)(const struct by_hand_side* side);
};

/* Nothing for a mechanism that nobody has written them for. */
const struct by_hand_loops* by_hand_loops_of(const char* mechanism);

extern const struct by_hand_loops descriptor_loops, socket_loops, posix_queue_loops, system_v_queue_loops,
    eventfd_loops, futex_loops;

#ifdef __cplusplus
}
#endif
