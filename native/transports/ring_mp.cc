#include "transports/ring_mp.h"

#include <thread>

#include "transports/rings.h"

namespace ipcmark {

ring_mp::ring_mp(const link_spec& link)
    : waits_(link.options, unsupported, system_calls,
             link.to == no_handle ? ring_waits::role::sleeper : ring_waits::role::ringer),
      receives_(link.to == no_handle) {
  const int64_t handle = receives_ ? link.from : link.to;
  const ring_place place = ring_at(reinterpret_cast<char*>(static_cast<intptr_t>(handle)), link.options.room);
  // The consumer gives back by the quarter.
  const uint64_t longest = place.capacity / 2;
  if (link.to != no_handle && link.from != no_handle) {
    unsupported = "a ring of many producers goes one way";
  } else if (lines_for(link.options.size) > longest) {
    unsupported = "the ring has " + std::to_string(place.capacity) + " bytes of the " +
                  std::to_string(link.options.room) + " that there are, and carries records of at most " +
                  std::to_string(longest) + ", not messages of " + std::to_string(link.options.size);
  }
  if (!unsupported.empty()) return;
  ring_ = place;
  taken_ = header().taken.load(std::memory_order_acquire);
  position_ = taken_ / line * line;
}

bool ring_mp::wait_for_room(uint64_t end) {
  const auto is_ahead = [&](uint64_t place) { return static_cast<int64_t>(place - taken_) < 0; };
  const auto look = [&] {
    taken_ = header().taken.load(std::memory_order_acquire);
    return end - taken_ <= ring_.capacity || is_ahead(end);
  };
  if (!look() && !waits_.until_giving_way(look)) return false;
  if (!is_ahead(end)) return true;
  failure = {.nonsense = "the consumer says that it has taken what was never there"};
  return false;
}

bool ring_mp::wait_for_message() {
  const auto there = [&] { return ring_.word(position_).load(std::memory_order_relaxed) != 0; };
  return waits_.until(ring_.header->consumer, there) || bell_failed();
}

transport_loops ring_mp_loops() { return loops_of<ring_mp>("ring-mp"); }

}  // namespace ipcmark
