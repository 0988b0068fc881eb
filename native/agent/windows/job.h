// A scope's processes: those the agent starts, and whatever they start in turn. They end together, with the
// agent at the latest, however it ends: the system kills a job with its last handle.
#pragma once

#include "os/handle.h"

namespace ipcmark {

class job {
 public:
  // Ends of its processes are announced at the port.
  bool open(HANDLE port);
  bool add(HANDLE process);
  void kill();
  bool empty() const;

 private:
  unique_handle handle_;
};

// What a process that the agent killed exits with: a shell's word for SIGKILL.
inline constexpr UINT killed_code = 137;

}  // namespace ipcmark
