/* The loops of what wakes and carries nothing, over what the file that includes this one has defined before:
 *
 *     static inline void wake(long other);
 *     static inline void await(long own);
 */
#pragma once

#include "reference/by_hand/by_hand.h"
#include "reference/loop.h"

static double initiate(const struct by_hand_side* s) {
  int64_t* const took = allocate((size_t)s->messages * sizeof *took);
  for (long i = 0; i < s->messages; i++) {
    const int64_t rung = now_ns();
    wake(s->send);
    await(s->receive);
    took[i] = now_ns() - rung;
  }
  const double ns = median_of(took, s->messages);
  free(took);
  return ns;
}

static void respond(const struct by_hand_side* s) {
  for (long i = 0; i < s->messages; i++) {
    await(s->receive);
    wake(s->send);
  }
}
