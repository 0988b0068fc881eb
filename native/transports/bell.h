// A bell is synchronisation alone: one process rings it, another waits until it was rung. It stands on a
// counter, an event or a lock that calls have opened. What a ring is worth is never lost: a wait that comes
// after it returns at once. native/transports/<os>/bells.cc lists what there is.
//
// Two pieces use bells: the workload `handoff`, which rings to and fro, and rings in shared memory, whose
// sides block on one. Virtual, since each use is a system call or two anyway.
#pragma once

#include <cstdint>
#include <memory>
#include <span>
#include <string>
#include <string_view>

#include "transports/transport.h"

namespace ipcmark {

class bell {
 public:
  bell() = default;
  bell(const bell&) = delete;
  bell& operator=(const bell&) = delete;
  virtual ~bell() = default;

  // One wait returns for it, whether it has begun or not.
  virtual bool ring() = 0;
  // Until it is rung; may return early, for no reason.
  virtual bool wait() = 0;

  transfer_failure failure;
  uint64_t system_calls = 0;
};

// One of a name, on the handles that its mechanism left (`[4]`, or what it needs besides). Nothing, and why,
// when there is none of that name here or the handles do not suit it.
std::unique_ptr<bell> make_bell(std::string_view name, std::span<const int64_t> handles, std::string& why);

}  // namespace ipcmark
