#include "faults/faults.h"
#include "os/windows.h"

namespace ipcmark {

bool become_deaf_to(int64_t) { return false; }

void hang_for_good() {
  for (;;) Sleep(INFINITE);
}

}  // namespace ipcmark
