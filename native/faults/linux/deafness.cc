#include <signal.h>
#include <unistd.h>

#include "faults/faults.h"

namespace ipcmark {

bool become_deaf_to(int64_t signal) { return ::signal(static_cast<int>(signal), SIG_IGN) != SIG_ERR; }

void hang_for_good() {
  for (;;) ::pause();
}

}  // namespace ipcmark
