#include "transports/linux/bells.h"

namespace ipcmark {

std::span<const bell_facts> bells() {
  static const bell_facts all[] = {
      eventfd_bell(),        futex_bell(),           posix_semaphore_bell(),
      sysv_semaphore_bell(), standard_signal_bell(), realtime_signal_bell(),
      signalfd_bell(),       pidfd_bell(),           condition_bell(),
      barrier_bell(),        flock_baton(),          fcntl_baton(),
      ofd_baton(),           futex_pi_baton(),       mutex_baton(),
      rwlock_baton(),        sysv_undo_baton(),
  };
  return all;
}

}  // namespace ipcmark
