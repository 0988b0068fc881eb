/* The loops that carry messages, over what the file that includes this one has defined before:
 *
 *     static inline void send_message(long to, const char* message, size_t size);
 *     static inline const char* receive_message(long from, char* inbox, size_t size);
 *
 * where receiving answers where the message lies, in the inbox or wherever the mechanism's own call put it.
 */
#pragma once

#include "reference/by_hand/by_hand.h"
#include "reference/loop.h"

static double initiate(const struct by_hand_side* s) {
  char* const pings = make_pattern(s->size, 1);
  char* const pongs = make_pattern(s->size, 2);
  char* const inbox = allocate(s->size);
  int64_t* const took = allocate((size_t)s->messages * sizeof *took);
  for (long i = 0, window = 0; i < s->messages; i++, window = next(window)) {
    const int64_t sent = now_ns();
    send_message(s->send, pings + window * step, s->size);
    const char* const got = receive_message(s->receive, inbox, s->size);
    took[i] = now_ns() - sent;
    verify(got, pongs + window * step, s->size);
  }
  const double ns = median_of(took, s->messages);
  free(took);
  free(inbox);
  free(pongs);
  free(pings);
  return ns;
}

static void respond(const struct by_hand_side* s) {
  char* const pings = make_pattern(s->size, 1);
  char* const pongs = make_pattern(s->size, 2);
  char* const inbox = allocate(s->size);
  for (long i = 0, window = 0; i < s->messages; i++, window = next(window)) {
    verify(receive_message(s->receive, inbox, s->size), pings + window * step, s->size);
    send_message(s->send, pongs + window * step, s->size);
  }
  free(inbox);
  free(pongs);
  free(pings);
}

static void produce(const struct by_hand_side* s) {
  char* const pattern = make_pattern(s->size, 3);
  for (long i = 0, window = 0; i < s->messages; i++, window = next(window)) {
    send_message(s->send, pattern + window * step, s->size);
  }
  free(pattern);
}

/* What is left when the messages do not divide evenly is no batch. */
static double consume(const struct by_hand_side* s) {
  enum { batches = 20 };
  char* const pattern = make_pattern(s->size, 3);
  char* const inbox = allocate(s->size);
  const long per_batch = s->messages / batches;
  int64_t took[batches];
  long window = 0;
  for (int batch = 0; batch <= batches; batch++) {
    const long messages = batch < batches ? per_batch : s->messages % batches;
    const int64_t began = now_ns();
    for (long i = 0; i < messages; i++, window = next(window)) {
      verify(receive_message(s->receive, inbox, s->size), pattern + window * step, s->size);
    }
    if (batch < batches) took[batch] = now_ns() - began;
  }
  free(inbox);
  free(pattern);
  return median_of(took, batches) / (double)per_batch;
}
