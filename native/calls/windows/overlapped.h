// Overlapped calls. A call that may be overlapped takes the word `overlapped` as its last argument. When the
// system then answers ERROR_IO_PENDING, the call gives a token and the handle of an event in `out`;
// `GetOverlappedResult TOKEN WAIT` brings its result, bytes included, and forgets the token as soon as the
// operation has ended.
#pragma once

#include <functional>
#include <optional>
#include <string>

#include "calls/windows/table.h"
#include "os/handle.h"

namespace ipcmark {

struct overlapped_word {};
template <>
struct from_value<overlapped_word> {
  static bool convert(const value& v, overlapped_word& to, std::string& why);
};
using maybe_overlapped = std::optional<overlapped_word>;

// One operation. The system writes into it until the operation has ended, so it stays where it is.
struct operation {
  enum class gives { nothing, count, bytes };

  HANDLE file = nullptr;
  gives result = gives::nothing;
  std::string buffer;   // what is sent, or room for what comes
  std::string request;  // what is sent where something comes back too
  DWORD transferred = 0;
  OVERLAPPED overlapped{};
  unique_handle event;
};

// Carries an operation out: `system_call(operation&, OVERLAPPED*)` is the one call.
using operation_call = std::function<BOOL(operation&, OVERLAPPED*)>;
void carry_out(answer& a, operation o, const maybe_overlapped& overlapped, const operation_call& system_call);

}  // namespace ipcmark
