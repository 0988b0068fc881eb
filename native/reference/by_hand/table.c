#include <string.h>

#include "reference/by_hand/by_hand.h"

static const struct {
  const char* mechanism;
  const struct by_hand_loops* loops;
} table[] = {
    {"pipe", &descriptor_loops},      {"fifo", &descriptor_loops},         {"unix-stream", &socket_loops},
    {"tcp", &socket_loops},           {"unix-dgram", &socket_loops},       {"udp", &socket_loops},
    {"posix-mq", &posix_queue_loops}, {"sysv-msg", &system_v_queue_loops}, {"eventfd", &eventfd_loops},
    {"futex", &futex_loops},
};

const struct by_hand_loops* by_hand_loops_of(const char* mechanism) {
  for (size_t i = 0; i < sizeof table / sizeof table[0]; i++) {
    if (strcmp(table[i].mechanism, mechanism) == 0) return table[i].loops;
  }
  return NULL;
}
