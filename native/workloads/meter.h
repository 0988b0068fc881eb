// What a phase costs that is no transport's: its time, what the thread consumed, its system calls.
#pragma once

#include <cstdint>
#include <vector>

#include "core/answer.h"
#include "core/clock.h"
#include "os/usage.h"
#include "workloads/side.h"

namespace ipcmark {

class meter {
 public:
  // Answers when it began.
  int64_t begin() {
    before_ = thread_usage();
    return began_ns_ = now_ns();
  }
  void end(uint64_t system_calls) {
    cost_.elapsed_ns = now_ns() - began_ns_;
    cost_.spent = thread_usage() - before_;
    cost_.system_calls = system_calls;
  }
  const phase_cost& cost() const { return cost_; }

 private:
  phase_cost cost_;
  usage before_;
  int64_t began_ns_ = 0;
};

// What is timed in batches.
struct batch_times {
  uint64_t per_batch = 1;
  std::vector<int64_t> ns;

  // For a phase of so many, in so many batches; answers how many there will be.
  uint64_t cut(uint64_t messages, uint64_t batches) {
    per_batch = messages < batches ? 1 : messages / batches;
    ns.clear();
    ns.reserve(messages / per_batch);
    return messages / per_batch;
  }
  void tell(answer& a) const {
    node batches = node::object();
    batches.add("messagesPerBatch", per_batch);
    batches.add("batchNs", node::list({ns.begin(), ns.end()}));
    a.out.add("throughput", std::move(batches));
  }
};

}  // namespace ipcmark
