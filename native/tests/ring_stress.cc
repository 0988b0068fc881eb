// Rings between threads that send and receive messages of random lengths after random delays, in every way
// that there is to carry and to wait. Both sides draw the same lengths from the same seed, so that each knows
// what must come. The thread sanitizer watches when it is built in.
#include <random>
#include <thread>
#include <vector>

#include "core/bytes.h"
#include "core/clock.h"
#include "tests/doorbell.h"
#include "tests/memory.h"
#include "tests/tests.h"
#include "transports/ring.h"
#include "transports/ring_mp.h"

namespace ipcmark::tests {

namespace {

constexpr int messages = 2000;

void dawdle(std::minstd_rand& random) {
  const unsigned draw = static_cast<unsigned>(random()) % 256;
  if (draw == 0) std::this_thread::sleep_for(std::chrono::microseconds(random() % 50));
  if (draw < 4) std::this_thread::yield();
}

workload_options in_room(const memory& m, waiting how, const char* method) {
  workload_options o;
  o.size = 1;
  o.room = m.room();
  o.wait = how;
  o.method = method;
  return o;
}

// ------------------------------------------------------------------------------------------ one and one

// Sends back what it receives.
template <class Ring>
void echo(const link_spec& link, uint32_t seed, uint64_t longest) {
  Ring ring(link);
  std::minstd_rand lengths(seed), delays(seed + 1);
  std::string inbox(longest, 0);
  for (int i = 0; i < messages; i++) {
    const size_t length = 1 + lengths() % longest;
    expect(ring.recv(inbox.data(), length), "a message comes");
    dawdle(delays);
    expect(ring.send(inbox.data(), length) && ring.flush(), "and goes back");
  }
}

template <class Ring>
void converse(const memory& m, waiting how, const char* method, uint32_t seed, uint64_t longest) {
  const doorbell here, there;
  workload_options mine = in_room(m, how, method), others = mine;
  mine.rung_by = others.rings = here.as_option();
  mine.rings = others.rung_by = there.as_option();
  const std::string pattern = pattern_bytes(longest + messages, seed);
  std::thread other([&] {
    echo<Ring>({.to = m.handle(), .from = m.handle(), .leads = false, .options = others}, seed, longest);
  });
  {
    Ring ring({.to = m.handle(), .from = m.handle(), .leads = true, .options = mine});
    expect(ring.unsupported.empty(), "the ring suits the memory");
    std::minstd_rand lengths(seed), expected(seed), delays(seed + 2);
    std::string inbox(longest, 0);
    // Some are always under way, and all of them fit each way.
    constexpr int ahead = 3;
    for (int i = 0; i < messages + ahead; i++) {
      if (i < messages) {
        expect(ring.send(pattern.data() + i, 1 + lengths() % longest) && ring.flush(), "a message goes");
      }
      dawdle(delays);
      if (i < ahead) continue;
      const size_t length = 1 + expected() % longest;
      expect(ring.recv(inbox.data(), length), "one comes back");
      expect(same_bytes(inbox.data(), pattern.data() + i - ahead, length), "it is the one that was sent");
    }
  }
  other.join();
}

// -------------------------------------------------------------------------------------- many and one

constexpr uint64_t producers = 3;

struct numbered {
  uint64_t sender;
  uint64_t number;
  char rest[50];
};

void send_numbered(const link_spec& link, uint64_t sender) {
  ring_mp ring(link);
  std::minstd_rand delays(static_cast<uint32_t>(sender + 7));
  for (uint64_t number = 0; number < messages; number++) {
    numbered n{.sender = sender, .number = number, .rest = {}};
    std::memset(n.rest, static_cast<int>(number % 251), sizeof n.rest);
    expect(ring.send(reinterpret_cast<const char*>(&n), sizeof n), "a numbered message goes");
    dawdle(delays);
  }
}

void gather(const memory& m, waiting how) {
  const doorbell bell;
  workload_options o = in_room(m, how, "");
  o.size = sizeof(numbered);
  o.rung_by = o.rings = bell.as_option();
  std::vector<std::thread> others;
  for (uint64_t sender = 0; sender < producers; sender++) {
    others.emplace_back([&, sender] {
      send_numbered({.to = m.handle(), .from = no_handle, .leads = true, .options = o}, sender);
    });
  }
  {
    ring_mp ring({.to = no_handle, .from = m.handle(), .leads = false, .options = o});
    expect(ring.unsupported.empty(), "the ring of many suits the memory");
    std::minstd_rand delays(5);
    uint64_t next[producers] = {};
    for (uint64_t i = 0; i < producers * messages; i++) {
      numbered n;
      expect(ring.recv(reinterpret_cast<char*>(&n), sizeof n), "a numbered message comes");
      expect(n.sender < producers && n.number == next[n.sender]++, "each sender's come in their order");
      for (const char c : n.rest) {
        expect(c == static_cast<char>(n.number % 251), "whole and undamaged");
      }
      dawdle(delays);
    }
  }
  for (std::thread& other : others) other.join();
}

}  // namespace

void ring_stress(double seconds) {
  const memory small(2 * (sizeof(ring_header) + 1024)), large(2 * (sizeof(ring_header) + 16384));
  const memory of_many(sizeof(ring_header) + 1024);
  const int64_t until = now_ns() + static_cast<int64_t>(seconds * 1e9);
  // On machines with few processors nobody spins for ever.
  constexpr waiting ways[] = {waiting::yield, waiting::block, waiting::adaptive};
  uint32_t seed = 1;
  do {
    for (const waiting how : ways) {
      for (const char* method : {"", "batch"}) {
        converse<ring_copies>(small, how, method, seed++, 200);
        converse<ring_copies>(large, how, method, seed++, 3000);
        converse<ring_loans>(small, how, method, seed++, 200);
        converse<ring_loans>(large, how, method, seed++, 3000);
      }
      gather(of_many, how);
    }
  } while (now_ns() < until);
}

}  // namespace ipcmark::tests
