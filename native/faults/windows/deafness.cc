#include "faults/faults.h"
#include "os/windows.h"

namespace ipcmark {

bool can_become_deaf() { return false; }

bool can_become_deaf_to(int64_t) { return false; }

void become_deaf_to(int64_t) {}

void hang_for_good() {
  for (;;) Sleep(INFINITE);
}

}  // namespace ipcmark
