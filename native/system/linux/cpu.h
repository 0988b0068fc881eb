// Pins a thread to a processor, and keeps processors from falling asleep, for as long as an object lives.
#pragma once

#include <sched.h>
#include <sys/types.h>

#include <array>
#include <span>
#include <string>
#include <vector>

#include "core/cpu.h"

namespace ipcmark {

// Room for more processors than Linux can be built for; cpu_set_t ends at 1024.
struct cpu_mask {
  std::array<unsigned long, 8192 / (8 * sizeof(unsigned long))> bits{};
  cpu_set_t* set() { return reinterpret_cast<cpu_set_t*>(bits.data()); }
  size_t size() const { return sizeof bits; }
};

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
  cpu_mask before_;
  bool pinned_ = false;
};

// Keeps processors from halting, so that the wake-up of a halted one is no part of what is measured.
//
// Where the kernel can idle by polling and lets us ask for it, /dev/cpu_dma_latency does this at no cost to
// what runs: a pipe's round trip between two cores of a virtual machine was 47 us as it comes and 4.7 us so.
// Elsewhere a process on each core spins at SCHED_IDLE, which gives way to anything else; waking up then
// still takes an interrupt from core to core, and the round trip took 22 us. A process and not a thread: the
// caller stays single-threaded, may fork, and is not charged for the spinning. Either way the kernel undoes
// it with the thread that asked for it, however that ends.
class awake_cores {
 public:
  awake_cores() = default;
  awake_cores(const awake_cores&) = delete;
  awake_cores& operator=(const awake_cores&) = delete;
  ~awake_cores();
  // False, and says why, when a processor cannot be kept awake.
  bool keep(std::span<const int> cpus, std::string& why);
  // How they are kept: `cpu-dma-latency`, `idle-priority-spinner`, or empty when none is.
  const char* by() const { return by_; }

 private:
  const char* by_ = "";
  int latency_request_ = -1;
  std::vector<pid_t> spinners_;
};

}  // namespace ipcmark
