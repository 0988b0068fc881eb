/* mq_send(3) and mq_receive(3), which takes no less room than the longest message of the queue may need. */
#include "reference/loop.h"

#include <mqueue.h>

static inline void send_message(long to, const char* message, size_t size) {
  if (mq_send((mqd_t)to, message, size, 0) != 0) fail("mq_send");
}

static inline const char* receive_message(long from, char* inbox, size_t size) {
  static char room[64 << 10];
  (void)inbox;
  if (mq_receive((mqd_t)from, room, sizeof room, NULL) != (ssize_t)size) fail("mq_receive");
  return room;
}

#include "reference/by_hand/messages.h"

const struct by_hand_loops posix_queue_loops = {initiate, respond, produce, consume};
