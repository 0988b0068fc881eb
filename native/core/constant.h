// Constants go by name: the peer's own headers give the value, so that a script is portable and its trace
// reads like strace.
#pragma once

#include <cstdint>
#include <span>
#include <string>
#include <string_view>

namespace ipcmark {

struct constant {
  const char* name;
  int64_t number;
};

// Every constant that this system's headers define and the calls understand (native/calls/<os>/constants.cc).
std::span<const constant> constants();

// `O_RDONLY|O_NONBLOCK`, `0o600`, `SIGUSR1`: answers false and says why when a name is not known.
bool constant_value(std::string_view expression, int64_t& number, std::string& why);

// The names of the bits that are set, joined with `|`, out of the constants that begin with a prefix; what
// has no name is added in hexadecimal. `0` when none is set.
std::string flag_names(std::string_view prefix, uint64_t bits);

// The first constant with that value out of those that begin with a prefix: `SIGPIPE` for ("SIG", 13).
std::string value_name(std::string_view prefix, int64_t number);

// The nearest known name, for `did you mean`; empty when nothing is near.
std::string nearest(std::string_view word, std::span<const std::string_view> known);

}  // namespace ipcmark
