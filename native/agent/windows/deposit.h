// Handles put into another process, inheritable there. They are taken out again unless that process has been
// told of them.
#pragma once

#include <vector>

#include "os/handle.h"

namespace ipcmark {

class deposit {
 public:
  explicit deposit(HANDLE process) : process_(process) {}
  deposit(const deposit&) = delete;
  deposit& operator=(const deposit&) = delete;
  ~deposit() {
    for (HANDLE h : there_) DuplicateHandle(process_, h, nullptr, nullptr, 0, FALSE, DUPLICATE_CLOSE_SOURCE);
  }

  // Its value in that process.
  bool put(HANDLE h, HANDLE& there) {
    if (DuplicateHandle(GetCurrentProcess(), h, process_, &there, 0, TRUE, DUPLICATE_SAME_ACCESS) == 0)
      return false;
    there_.push_back(there);
    return true;
  }
  void leave() { there_.clear(); }

 private:
  HANDLE process_;
  std::vector<HANDLE> there_;
};

}  // namespace ipcmark
