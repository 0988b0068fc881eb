// Where a side of a workload runs, for as long as it does: on the processor that its options name, with the
// processors awake that they name.
#pragma once

#include "core/answer.h"
#include "os/cpu.h"
#include "workloads/options.h"

namespace ipcmark {

class seat {
 public:
  // False, with the reason in the answer as `unsupported`, when this machine has no such seat.
  bool take(const workload_options& o, answer& a);
  // Adds to an answer how processors were kept awake, where they were.
  void tell(answer& a) const;

 private:
  pinned here_;
  awake_cores awake_;
};

}  // namespace ipcmark
