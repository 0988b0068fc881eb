// Pins a thread to a processor, and keeps processors from falling asleep, for as long as an object lives. A
// processor's number is 64 times its group's plus its own in the group.
#pragma once

#include <atomic>
#include <memory>
#include <span>
#include <string>
#include <thread>
#include <vector>

#include "core/cpu.h"
#include "os/windows.h"

namespace ipcmark {

// The calling thread runs on one processor only until the object goes; then it may run where it might before.
class pinned {
 public:
  pinned() = default;
  pinned(const pinned&) = delete;
  pinned& operator=(const pinned&) = delete;
  ~pinned();
  // False, with the reason in the system's last error, when the processor is not there or not allowed.
  bool pin(int cpu);

 private:
  GROUP_AFFINITY before_{};
  bool pinned_ = false;
};

// Spins at THREAD_PRIORITY_IDLE, which gives way to anything else that wants to run: the wake-up of a halted
// processor is then no part of what is measured. A thread for each: it ends with the process however that
// ends, nothing here forks, and the cost of a timed loop is counted by thread.
class awake_cores {
 public:
  awake_cores() = default;
  awake_cores(const awake_cores&) = delete;
  awake_cores& operator=(const awake_cores&) = delete;
  ~awake_cores();
  // False, and says why, when a processor cannot be kept awake.
  bool keep(std::span<const int> cpus, std::string& why);
  // How they are kept: `idle-priority-spinner`, or empty when none is.
  const char* by() const { return spinners_.empty() ? "" : "idle-priority-spinner"; }

 private:
  std::atomic<bool> ending_ = false;
  std::vector<std::thread> spinners_;
};

}  // namespace ipcmark
