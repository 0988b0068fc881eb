// What a process or a thread has consumed, in the fields of `Usage` in harness/model.ts.
#pragma once

#include <cstdint>

#include "core/answer.h"

namespace ipcmark {

struct usage {
  int64_t user_ns = 0;
  int64_t system_ns = 0;
  int64_t voluntary_switches = 0;
  int64_t involuntary_switches = 0;
  int64_t minor_faults = 0;
  int64_t max_rss_kib = 0;
};

// What was consumed from one moment to a later one. The peak of memory is the later one: it only grows.
usage operator-(const usage& later, const usage& earlier);

node as_node(const usage& u);

}  // namespace ipcmark
