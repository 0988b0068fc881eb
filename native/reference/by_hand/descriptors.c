/* read(2) and write(2), until all has been carried: pipes and FIFOs. */
#include "reference/loop.h"

static inline void send_message(long to, const char* message, size_t size) {
  while (size > 0) {
    const ssize_t n = write((int)to, message, size);
    if (n < 0) fail("write");
    message += n;
    size -= (size_t)n;
  }
}

static inline const char* receive_message(long from, char* inbox, size_t size) {
  for (size_t got = 0; got < size;) {
    const ssize_t n = read((int)from, inbox + got, size - got);
    if (n <= 0) fail("read");
    got += (size_t)n;
  }
  return inbox;
}

#include "reference/by_hand/messages.h"

const struct by_hand_loops descriptor_loops = {initiate, respond, produce, consume};
