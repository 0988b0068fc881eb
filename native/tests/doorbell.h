// Something that one thread waits for and another rings, as options name it: what this system has for that.
#pragma once

#include "workloads/options.h"

namespace ipcmark::tests {

class doorbell {
 public:
  doorbell();
  doorbell(const doorbell&) = delete;
  doorbell& operator=(const doorbell&) = delete;
  ~doorbell();

  bell_option as_option() const;

 private:
  int64_t handle_;
};

}  // namespace ipcmark::tests
