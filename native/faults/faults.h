// The fault layer: a decorator round every call that breaks some of them on purpose, so that each case of the
// suite can be seen to fail. Only the test build of the agent contains it, and only `--fault
// KIND:CALL[,CALL…][:DETAIL]` sets it to work.
#pragma once

#include <string>
#include <string_view>
#include <vector>

#include "core/call.h"

namespace ipcmark {

// One `--fault`. Answers false and says why when the specification means nothing.
bool install_fault(std::string_view specification, std::string& why);

struct fault;

// A way of breaking a call: makes the call (or not) and sets what is answered.
struct fault_kind {
  const char* name;
  const char* detail;  // what stands behind the second colon; nullptr when nothing does
  const char* says;
  void (*run)(fault& f, answer& a, const call& c, arguments given);
};

struct fault {
  const fault_kind* kind;
  std::vector<std::string> calls;  // `*` for all
  std::string detail;
  // A message that was held back, for kinds that reorder or merge.
  bool holds = false;
  std::vector<value> held;
  bool begun = false;
};

std::span<const fault_kind> fault_kinds();

// Makes a process deaf to a signal for good. faults/<os>/deafness.cc; answers false where the system has no
// signals.
bool become_deaf_to(int64_t signal);
[[noreturn]] void hang_for_good();

// One message inside a timed loop; faults/messages.cc.
void lose_message(fault& f, answer& a, const call& c, arguments given);
void double_message(fault& f, answer& a, const call& c, arguments given);
void damage_message(fault& f, answer& a, const call& c, arguments given);

}  // namespace ipcmark
