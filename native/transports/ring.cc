#include "transports/ring.h"

#include <algorithm>

#include "transports/rings.h"

namespace ipcmark {

namespace {

// Some cache lines at a time: enough that sender and receiver seldom meet in one.
constexpr uint64_t held_in_a_batch = 2048;

// About a microsecond of pauses.
constexpr uint64_t furthest_behind = 64;

// So short that the first level of a cache holds some of them.
constexpr uint64_t longest_piece = 16 << 10;

char* memory_at(int64_t handle) { return reinterpret_cast<char*>(static_cast<intptr_t>(handle)); }

}  // namespace

ring_link::ring_link(const link_spec& link, bool whole)
    : waits_(link.options, unsupported, system_calls),
      hold_(link.options.method.empty() ? 0 : held_in_a_batch) {
  const bool both_ways = link.to != no_handle && link.from != no_handle;
  const uint64_t room = both_ways ? link.options.room / 2 / apart * apart : link.options.room;
  char* memory = memory_at(link.to != no_handle ? link.to : link.from);
  const uint64_t skipped = both_ways && !link.leads ? room : 0;
  const ring_place mine = ring_at(memory + skipped, room);
  const ring_place other = both_ways ? ring_at(memory + (room - skipped), room) : mine;
  piece_ = whole ? mine.longest() : std::min(longest_piece, mine.longest());
  if (mine.capacity == 0) {
    unsupported = "there is no room for a ring in " + std::to_string(link.options.room) +
                  " bytes: say by the option 'room' how long the memory is";
  } else if (whole && link.options.size > mine.longest()) {
    unsupported = "the ring has " + std::to_string(mine.capacity) + " bytes and shows messages of at most " +
                  std::to_string(mine.longest()) + ", not of " + std::to_string(link.options.size);
  }
  if (!unsupported.empty()) return;
  if (link.to != no_handle) out_.emplace(out_place_ = mine);
  if (out_ && !link.options.untouched) touch(mine);
  if (link.from != no_handle) in_.emplace(in_place_ = other);
}

char* ring_link::wait_for_room(size_t length) {
  char* at = nullptr;
  const bool whole = publish() && waits_.until(out_place_.header->producer, [&] {
    return (at = out_->reserve(length)) != nullptr || out_->damaged;
  });
  if (!whole) return bell_failed(), nullptr;
  if (out_->damaged) nonsense("the receiver has taken more out of the ring than there was");
  return at;
}

// Where messages come in a row, and faster than they are sent, a consumer at the heels of its producer would
// take from it every line that it is about to write. It lets it get ahead, the more the longer the row was.
void ring_link::fall_behind() {
  for (uint64_t i = std::min(in_a_row_, furthest_behind); i > 0; i--) spin_pause();
  in_a_row_ = 0;
}

bool ring_link::wait_for_message(ring_consumer::message& m) {
  fall_behind();
  const bool whole = in_->damaged || waits_.until(in_place_.header->consumer, [&] {
    if (!in_->ready()) return false;
    m = in_->next();
    return m.bytes != nullptr || in_->damaged;
  });
  if (!whole) return bell_failed();
  return in_->damaged ? nonsense("what lies in the ring is no message") : true;
}

bool ring_link::bell_failed() {
  failure = waits_.failure();
  return false;
}

transport_loops ring_loops() { return loops_of<ring_copies>("ring"); }
transport_loops ring_batch_loops() { return loops_of<ring_copies>("ring", "batch"); }
transport_loops ring_loan_loops() { return loops_of<ring_loans>("ring-loan"); }
transport_loops ring_loan_batch_loops() { return loops_of<ring_loans>("ring-loan", "batch"); }

}  // namespace ipcmark
