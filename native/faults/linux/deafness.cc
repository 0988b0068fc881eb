#include <signal.h>
#include <unistd.h>

#include "faults/faults.h"

namespace ipcmark {

bool can_become_deaf() { return true; }

bool can_become_deaf_to(int64_t signal) {
  return signal > 0 && signal < NSIG && signal != SIGKILL && signal != SIGSTOP;
}

void become_deaf_to(int64_t signal) { ::signal(static_cast<int>(signal), SIG_IGN); }

void hang_for_good() {
  for (;;) ::pause();
}

}  // namespace ipcmark
