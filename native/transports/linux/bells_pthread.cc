// The condition of pthreads, with its mutex and a word that says whether it was rung; and the barrier, where
// the side that rings waits too, for the other to come.
#include <pthread.h>

#include <atomic>

#include "transports/linux/bells.h"

namespace ipcmark {

namespace {

// The handles are [CONDITION MUTEX WORD].
class condition_rung final : public bell {
 public:
  explicit condition_rung(std::span<const int64_t> handles)
      : condition_(at_address<pthread_cond_t>(handles[0])),
        mutex_(at_address<pthread_mutex_t>(handles[1])),
        rung_(at_address<std::atomic<uint32_t>>(handles[2])) {}

  bool ring() override {
    if (!lock()) return false;
    *rung_ = 1;
    return unlock() &&
           succeeded(*this, "pthread_cond_signal", [&] { return ::pthread_cond_signal(condition_); });
  }
  bool wait() override {
    if (!lock()) return false;
    while (*rung_ == 0) {
      if (!succeeded(*this, "pthread_cond_wait", [&] { return ::pthread_cond_wait(condition_, mutex_); })) {
        return false;
      }
    }
    *rung_ = 0;
    return unlock();
  }
  attempt try_wait() override {
    // Who looked under the mutex, again and again, would keep the other side from it.
    if (rung_->load(std::memory_order_relaxed) == 0) return attempt::silent;
    return wait() ? attempt::rung : attempt::failed;
  }

 private:
  bool lock() {
    return succeeded(*this, "pthread_mutex_lock", [&] { return ::pthread_mutex_lock(mutex_); });
  }
  bool unlock() {
    return succeeded(*this, "pthread_mutex_unlock", [&] { return ::pthread_mutex_unlock(mutex_); });
  }

  pthread_cond_t* condition_;
  pthread_mutex_t* mutex_;
  std::atomic<uint32_t>* rung_;
};

class barrier_met final : public bell {
 public:
  explicit barrier_met(std::span<const int64_t> handles)
      : barrier_(at_address<pthread_barrier_t>(handles[0])) {}

  bool ring() override { return meet(); }
  bool wait() override { return meet(); }
  bool can_try() const override { return false; }

 private:
  bool meet() {
    return succeeded(*this, "pthread_barrier_wait", [&] {
      const int said = ::pthread_barrier_wait(barrier_);
      return said == PTHREAD_BARRIER_SERIAL_THREAD ? 0 : said;
    });
  }

  pthread_barrier_t* barrier_;
};

}  // namespace

bell_facts condition_bell() { return bell_of<condition_rung>("pthread-condition", 3, false); }
bell_facts barrier_bell() {
  bell_facts facts = bell_of<barrier_met>("pthread-barrier", 1, false);
  facts.meets = true;
  return facts;
}

}  // namespace ipcmark
