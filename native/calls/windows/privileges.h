// SECURITY_ATTRIBUTES as the last parameter of whatever creates an object: `inherit` for a handle that
// children inherit, a security descriptor in SDDL such as 'D:(A;;GA;;;WD)', or both: 'inherit
// D:(A;;GA;;;WD)'.
#pragma once

#include <memory>
#include <optional>

#include "calls/windows/table.h"

namespace ipcmark {

struct local_free {
  void operator()(void* memory) const { LocalFree(memory); }
};
using descriptor_memory = std::unique_ptr<void, local_free>;

// Answers nothing, and the system's error is set, where the text is no SDDL.
descriptor_memory descriptor_from_sddl(const std::wstring& sddl);

struct security {
  bool inherit = false;
  descriptor_memory descriptor;
};
template <>
struct from_value<security> {
  static bool convert(const value& v, security& to, std::string& why);
};

// What an optional parameter means; it must outlive the call.
inline SECURITY_ATTRIBUTES attributes_of(const std::optional<security>& s) {
  return {sizeof(SECURITY_ATTRIBUTES), s ? s->descriptor.get() : nullptr, s && s->inherit};
}

// Creates an object that may have a name. Where the name was there already the system gives a good handle of
// what has it, and says ERROR_ALREADY_EXISTS besides; the answer shows both.
template <class F>
void create_or_open(answer& a, F&& creation) {
  a.timed(creation);
  if (a.ok() && last_error() == ERROR_ALREADY_EXISTS) a.code = ERROR_ALREADY_EXISTS;
}

}  // namespace ipcmark
