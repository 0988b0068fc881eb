// The program that peers serve and call: its procedures by number. `echo` answers with what it was given,
// `double` with twice a number, `length` with that of a string. `count` tells how often echo, silent and
// itself were carried out; `silent` never answers. `refuse` finds the caller too weakly authenticated, and
// `who` tells whom it says it is.
#pragma once

#include <cstdint>

namespace ipcmark {

enum rpc_procedure : uint32_t {
  rpc_null,
  rpc_echo,
  rpc_double,
  rpc_length,
  rpc_count,
  rpc_silent,
  rpc_refuse,
  rpc_who,
};

}  // namespace ipcmark
