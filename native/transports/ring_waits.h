// How one side of a ring waits for the other, and how it wakes one that sleeps.
//
// A side that sleeps has said so in the ring's header, has looked again after that, and waits for its bell. A
// side that has published looks whether the other sleeps, and rings. Of two that say and look at the same
// time at least one sees the other: between saying and looking there is a fence on both sides. So no wake-up
// is lost; one too many makes a sleeper look once in vain.
#pragma once

#include <memory>
#include <string>
#include <thread>
#include <utility>

#include "core/clock.h"
#include "os/pause.h"
#include "transports/bell.h"
#include "transports/ring_memory.h"

namespace ipcmark {

class ring_waits {
 public:
  // Whether this side sleeps, rings for one that does, or both.
  enum class role { both, sleeper, ringer };

  // `why` is set where this side cannot wait, or cannot wake the other, as the options say.
  ring_waits(const workload_options& o, std::string& why, uint64_t& system_calls, role r = role::both)
      : how_(o.wait), system_calls_(system_calls) {
    if (how_ == waiting::epoll) why = "a ring in memory is nothing that epoll could watch; let it block";
    if (!sleeps() || !why.empty()) return;
    if (r != role::ringer) rung_by_ = made(o.rung_by, "rung-by", why);
    if (r != role::sleeper) rings_ = made(o.rings, "rings", why);
    calls_known_ =
        (rung_by_ == nullptr || tells_calls(o.rung_by)) && (rings_ == nullptr || tells_calls(o.rings));
  }

  // Until `ready` says so. False when the bell fails.
  template <class Ready>
  bool until(sleeper& me, Ready ready) {
    switch (how_) {
      case waiting::spin:
        while (!ready()) spin_pause();
        return true;
      case waiting::yield:
        for (; !ready(); system_calls_++) std::this_thread::yield();
        return true;
      case waiting::adaptive:
        for (const int64_t began = now_ns(); now_ns() - began < spin_before_sleeping_ns; spin_pause()) {
          if (ready()) return true;
        }
        break;
      case waiting::block:
      case waiting::epoll:
        break;
    }
    return sleep_until(me, ready);
  }

  // Where there is no bell to sleep for: whoever does not spin gives way.
  template <class Ready>
  bool until_giving_way(Ready ready) {
    while (!ready()) {
      if (how_ == waiting::spin) {
        spin_pause();
      } else {
        std::this_thread::yield();
        system_calls_++;
      }
    }
    return true;
  }

  // After something was published that the other side may be asleep for.
  bool wake(sleeper& other) {
    if (!sleeps()) [[likely]]
      return true;
    std::atomic_thread_fence(std::memory_order_seq_cst);
    if (other.asleep.load(std::memory_order_relaxed) == 0) return true;
    return other.asleep.exchange(0, std::memory_order_relaxed) == 0 || counted(*rings_, rings_->ring());
  }

  transfer_failure failure() const {
    for (const bell* b : {rung_by_.get(), rings_.get()}) {
      if (b != nullptr && *b->failure.call != 0) return b->failure;
    }
    return {};
  }

  // Whether the bells' calls are the system's, and not a library's, which does not tell of its own.
  bool calls_known() const { return calls_known_; }

 private:
  bool sleeps() const { return how_ == waiting::block || how_ == waiting::adaptive; }

  template <class Ready>
  bool sleep_until(sleeper& me, Ready ready) {
    for (;;) {
      me.asleep.store(1, std::memory_order_relaxed);
      std::atomic_thread_fence(std::memory_order_seq_cst);
      if (ready()) break;
      if (!counted(*rung_by_, rung_by_->wait())) return false;
      if (ready()) break;
    }
    me.asleep.store(0, std::memory_order_relaxed);
    return true;
  }

  static std::unique_ptr<bell> made(const bell_option& named, const char* option, std::string& why) {
    if (!named.name.empty()) return make_bell(named.name, named.handles, why);
    why = std::string("a side that blocks on memory needs a bell: name it by the option '") + option + "'";
    return nullptr;
  }

  static bool tells_calls(const bell_option& named) {
    std::string why;
    const bell_facts* const facts = bell_called(named.name, why);
    return facts == nullptr || facts->tells_calls;
  }

  bool counted(bell& b, bool went_well) {
    system_calls_ += std::exchange(b.system_calls, 0);
    return went_well;
  }

  waiting how_;
  bool calls_known_ = true;
  uint64_t& system_calls_;
  std::unique_ptr<bell> rung_by_;
  std::unique_ptr<bell> rings_;
};

}  // namespace ipcmark
