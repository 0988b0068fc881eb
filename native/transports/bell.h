// A bell is synchronisation alone: one process rings it, another waits until it was rung. It stands on a
// counter or an event that calls have opened. What a ring is worth is never lost: a wait that comes after it
// returns at once. native/transports/<os>/bells.cc lists what there is.
//
// Two pieces use bells: the workload `handoff`, which rings to and fro, and rings in shared memory, whose
// sides block on one. Virtual, but for the loops of `handoff`, which know the class.
//
// A lock rings too, to whoever waits for it, but only whoever holds it can, and only once. Two sides that
// ring in turns can do it with three locks, and one object is then the bell of both: transports/baton.h.
#pragma once

#include <cstddef>
#include <cstdint>
#include <memory>
#include <span>
#include <string>
#include <string_view>

#include "transports/transport.h"

namespace ipcmark {

// A side that is to try before it sleeps does so for about as long as it takes to wake somebody.
inline constexpr int64_t spin_before_sleeping_ns = 20'000;

enum class attempt { rung, silent, failed };

class bell {
 public:
  bell() = default;
  bell(const bell&) = delete;
  bell& operator=(const bell&) = delete;
  virtual ~bell() = default;

  // One wait returns for it, whether it has begun or not.
  virtual bool ring() = 0;
  // Until it is rung.
  virtual bool wait() = 0;
  // Takes a ring if there is one, and does not wait. Where it cannot be tried, it is silent for ever.
  virtual attempt try_wait() { return attempt::silent; }
  virtual bool can_try() const { return true; }
  // From now on a wait asks epoll first, or what the system has in its place. False where that cannot tell.
  virtual bool watch() { return false; }
  // Has what a side needs to have before the first ring of all, which the side that leads makes.
  virtual bool prepare() { return true; }
  // Gives it up after the last, which came back to the side that leads.
  virtual bool finish() { return true; }

  // Says that a call failed with an error; false.
  bool failed(const char* call, uint32_t code) {
    failure = {.call = call, .code = code};
    return false;
  }

  transfer_failure failure;
  // What the bell has called, be it of the system or of a library: `bell_facts` says which.
  uint64_t system_calls = 0;
  // Rings that a wait took besides the one that it waited for, where the system tells.
  uint64_t surplus = 0;
};

class histogram;

// The timed loops of a hand-over between two bells, which are of the class that these are made for:
// workloads/rounds.h.
struct bell_rounds {
  bool (*initiate)(bell& theirs, bell& own, uint64_t rounds, histogram& times);
  bool (*respond)(bell& theirs, bell& own, uint64_t rounds);
};

// What there is by one name.
struct bell_facts {
  std::string_view name;
  // Whether what it calls are system calls. A library enters the kernel where it has to, and does not tell.
  bool tells_calls;
  size_t handles;
  bool baton;  // one object for both ways, made of three locks
  bell_rounds rounds;
  // `leads`: this side makes the first ring of all, which only a baton has to know.
  std::unique_ptr<bell> (*make)(std::span<const int64_t> handles, bool leads);
  // A ring waits until somebody waits for it.
  bool meets = false;
};

// Those of this system.
std::span<const bell_facts> bells();
// Nothing, and why, when there is none of that name.
const bell_facts* bell_called(std::string_view name, std::string& why);

// One of a name that is rung one way, on the handles that its mechanism left (`[4]`, or what it needs
// besides). Nothing, and why, when there is none of that name here or the handles do not suit it.
std::unique_ptr<bell> make_bell(std::string_view name, std::span<const int64_t> handles, std::string& why);

}  // namespace ipcmark
