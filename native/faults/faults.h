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

// What stands behind the second colon.
enum class detail_type { none, error, signal, flags, number, name, parameter, renaming, exchange };

// How a refusal writes it: `:ERROR`, or nothing.
const char* written(detail_type type);

// A way of breaking a call: makes the call (or not) and sets what is answered.
struct fault_kind {
  const char* name;
  detail_type detail;
  const char* says;
  void (*run)(fault& f, answer& a, const call& c, arguments given);
};

inline constexpr int64_t any_error = -1;

struct fault {
  const fault_kind* kind = nullptr;
  std::vector<std::string> calls;  // `*` for all
  // What the detail says, by its type.
  int64_t number = 0;
  int64_t from = any_error;
  std::string name;
  // A message that was held back, for kinds that reorder or merge.
  bool holds = false;
  std::vector<value> held;
  bool begun = false;
};

std::span<const fault_kind> fault_kinds();

// Sets what a fault's detail says; answers false and says why when it means nothing. faults/detail.cc.
bool resolve_detail(const std::string& text, fault& f, std::string& why);

// Makes a process deaf to a signal for good, where the system has signals. faults/<os>/deafness.cc.
bool can_become_deaf();
bool can_become_deaf_to(int64_t signal);
void become_deaf_to(int64_t signal);
[[noreturn]] void hang_for_good();

// Has another process make the call, one that lives on when this one dies; refused where there is no fork.
// faults/<os>/deputy.cc.
void make_by_deputy(answer& a, const call& c, arguments given);

// Where a parameter of that name stands; behind the last where the call has none.
size_t position(const call& c, std::string_view parameter);

// `A|B|C` without B; nothing left is `0`.
std::string without(const std::string& names, const std::string& name);

// What is asked for; faults/arguments.cc.
void ignore_flag(fault& f, answer& a, const call& c, arguments given);
void refuse_flag(fault& f, answer& a, const call& c, arguments given);
void force_flag(fault& f, answer& a, const call& c, arguments given);
void force_value(fault& f, answer& a, const call& c, arguments given);
void ignore_parameter(fault& f, answer& a, const call& c, arguments given);
void exchange_flag(fault& f, answer& a, const call& c, arguments given);
void one_by_one(fault& f, answer& a, const call& c, arguments given);
void omit_optional(fault& f, answer& a, const call& c, arguments given);

// One message inside a timed loop; faults/messages.cc.
void lose_message(fault& f, answer& a, const call& c, arguments given);
void double_message(fault& f, answer& a, const call& c, arguments given);
void damage_message(fault& f, answer& a, const call& c, arguments given);

}  // namespace ipcmark
