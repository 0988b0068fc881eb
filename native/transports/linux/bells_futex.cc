// A futex: a word that says whether the bell was rung, and whether somebody sleeps who has to be woken for
// it. Who rings enters the kernel only then, and who waits only when there is nothing yet.
#include <linux/futex.h>
#include <sys/syscall.h>
#include <unistd.h>

#include <atomic>

#include "transports/linux/bells.h"

namespace ipcmark {

namespace {

constexpr uint32_t silent = 0;
constexpr uint32_t rung = 1;
constexpr uint32_t slept_at = 2;

class futex_rung final : public bell {
 public:
  explicit futex_rung(std::span<const int64_t> handles)
      : word_(*at_address<std::atomic<uint32_t>>(handles[0])) {}

  bool ring() override {
    if (word_.exchange(rung, std::memory_order_acq_rel) != slept_at) return true;
    return made(*this, "futex", [&] { return futex(FUTEX_WAKE, 1); });
  }
  bool wait() override {
    for (;;) {
      uint32_t found = rung;
      if (word_.compare_exchange_strong(found, silent, std::memory_order_acq_rel)) return true;
      if (found == silent && !word_.compare_exchange_strong(found, slept_at, std::memory_order_acq_rel))
        continue;
      system_calls++;
      if (futex(FUTEX_WAIT, slept_at) < 0 && errno != EAGAIN && errno != EINTR) {
        return failed("futex", static_cast<uint32_t>(errno));
      }
    }
  }
  attempt try_wait() override {
    uint32_t found = rung;
    if (word_.load(std::memory_order_relaxed) != rung) return attempt::silent;
    return word_.compare_exchange_strong(found, silent, std::memory_order_acq_rel) ? attempt::rung
                                                                                   : attempt::silent;
  }

 private:
  long futex(int operation, uint32_t value) {
    return ::syscall(SYS_futex, &word_, operation, value, nullptr, nullptr, 0);
  }

  std::atomic<uint32_t>& word_;
};

}  // namespace

bell_facts futex_bell() { return bell_of<futex_rung>("futex", 1); }

}  // namespace ipcmark
