/* send(2) and recv(2) on a socket that is connected, until all has been carried: a datagram is by the first.
 */
#include "reference/loop.h"

static inline void send_message(long to, const char* message, size_t size) {
  while (size > 0) {
    const ssize_t n = send((int)to, message, size, 0);
    if (n < 0) fail("send");
    message += n;
    size -= (size_t)n;
  }
}

static inline const char* receive_message(long from, char* inbox, size_t size) {
  for (size_t got = 0; got < size;) {
    const ssize_t n = recv((int)from, inbox + got, size - got, 0);
    if (n <= 0) fail("recv");
    got += (size_t)n;
  }
  return inbox;
}

#include "reference/by_hand/messages.h"

const struct by_hand_loops socket_loops = {initiate, respond, produce, consume};
