/* A ring in shared memory as the best known ones are: one producer and one consumer, slots of a cache line,
 * as many as a power of two, an index on a line of its own for each side, which caches the other's and looks
 * at it only when it has to. What travels and how it is verified is as in every reference loop.
 *
 *   ipcmark-reference-ring pingpong|stream SIZE CPU CPU WARM-UP-MESSAGES MESSAGES
 *
 * SIZE is at most 64, one slot. It prints the median and the mean round trip in nanoseconds, or the median of
 * the consumer's batches as nanoseconds a message.
 */
#include "reference/loop.h"

#include <stdalign.h>
#include <stdatomic.h>
#include <sys/mman.h>

enum { slot_size = 64, slots = 4096, mask = slots - 1, batches = 20 };

struct ring {
  alignas(128) atomic_ulong head; /* the producer's */
  alignas(128) atomic_ulong tail; /* the consumer's */
  alignas(128) char slot[slots][slot_size];
};

struct producer {
  struct ring* ring;
  unsigned long head, seen_tail;
};

struct consumer {
  struct ring* ring;
  unsigned long tail, seen_head;
};

static inline void put(struct producer* p, const char* data, size_t size) {
  while (p->head - p->seen_tail == slots) {
    p->seen_tail = atomic_load_explicit(&p->ring->tail, memory_order_acquire);
  }
  memcpy(p->ring->slot[p->head & mask], data, size);
  atomic_store_explicit(&p->ring->head, ++p->head, memory_order_release);
}

static inline void take_and_verify(struct consumer* c, const char* expected, size_t size) {
  while (c->tail == c->seen_head) {
    c->seen_head = atomic_load_explicit(&c->ring->head, memory_order_acquire);
  }
  verify(c->ring->slot[c->tail & mask], expected, size);
  atomic_store_explicit(&c->ring->tail, ++c->tail, memory_order_release);
}

static struct ring* new_ring(void) {
  struct ring* r = mmap(NULL, sizeof *r, PROT_READ | PROT_WRITE, MAP_SHARED | MAP_ANONYMOUS, -1, 0);
  if (r == MAP_FAILED) fail("mmap");
  return memset(r, 0, sizeof *r);
}

/* ----------------------------------------------------------------------------------------------- one way */

static void produce(struct producer p, const char* pattern, size_t size, long messages) {
  for (long i = 0, window = 0; i < messages; i++, window = next(window))
    put(&p, pattern + window * step, size);
}

static void consume(struct consumer c, const char* pattern, size_t size, long warm_up, long per_batch) {
  int64_t took[batches];
  long window = 0;
  for (int batch = -1; batch < batches; batch++) {
    const int64_t began = now_ns();
    for (long i = 0; i < (batch < 0 ? warm_up : per_batch); i++, window = next(window)) {
      take_and_verify(&c, pattern + window * step, size);
    }
    if (batch >= 0) took[batch] = now_ns() - began;
  }
  printf("{\"medianNs\":%.3f}\n", median_of(took, batches) / (double)per_batch);
}

static void stream(const struct settings* s) {
  struct ring* ring = new_ring();
  const char* pattern = make_pattern(s->size, 3);
  const long per_batch = s->messages < batches ? 1 : s->messages / batches;
  const pid_t child = start_second();
  if (child == 0) {
    pin(s->second_cpu);
    consume((struct consumer){.ring = ring}, pattern, s->size, s->warm_up, per_batch);
    fflush(stdout);
    _exit(0);
  }
  pin(s->first_cpu);
  produce((struct producer){.ring = ring}, pattern, s->size, s->warm_up + per_batch * batches);
  await_second(child);
}

/* --------------------------------------------------------------------------------------------- to and fro */

static void respond(struct consumer c, struct producer p, const char* pings, const char* pongs,
                    const struct settings* s) {
  for (long i = 0, window = 0; i < s->warm_up + s->messages; i++, window = next(window)) {
    take_and_verify(&c, pings + window * step, s->size);
    put(&p, pongs + window * step, s->size);
  }
}

static void pingpong(const struct settings* s) {
  struct ring *there = new_ring(), *back = new_ring();
  const char *pings = make_pattern(s->size, 1), *pongs = make_pattern(s->size, 2);
  const pid_t child = start_second();
  if (child == 0) {
    pin(s->second_cpu);
    respond((struct consumer){.ring = there}, (struct producer){.ring = back}, pings, pongs, s);
    _exit(0);
  }
  pin(s->first_cpu);
  struct producer p = {.ring = there};
  struct consumer c = {.ring = back};
  int64_t* took = allocate((size_t)s->messages * sizeof *took);
  int64_t sum = 0;
  for (long i = -s->warm_up, window = 0; i < s->messages; i++, window = next(window)) {
    const int64_t sent = now_ns();
    put(&p, pings + window * step, s->size);
    take_and_verify(&c, pongs + window * step, s->size);
    if (i >= 0) sum += took[i] = now_ns() - sent;
  }
  await_second(child);
  printf("{\"medianNs\":%.1f,\"meanNs\":%.1f}\n", median_of(took, s->messages),
         (double)sum / (double)s->messages);
}

int main(int argc, char** argv) {
  const struct settings s = read_settings(argc, argv);
  if (s.size > slot_size) {
    fprintf(stderr, "a slot holds %d bytes, not %zu\n", slot_size, s.size);
    return 2;
  }
  if (strcmp(s.mechanism, "stream") == 0) {
    stream(&s);
  } else if (strcmp(s.mechanism, "pingpong") == 0) {
    pingpong(&s);
  } else {
    fprintf(stderr, "no loop is called '%s'\n", s.mechanism);
    return 2;
  }
  return 0;
}
