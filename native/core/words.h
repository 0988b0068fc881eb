// A call in words, its name first, for verbs that make other calls: `[flock 3 LOCK_EX]`.
#pragma once

#include "core/call.h"

namespace ipcmark {

struct words {
  std::string_view name;
  arguments given;
};

template <>
struct from_value<words> {
  static bool convert(const value& v, words& to, std::string& why) {
    if (v.is != value::kind::list || v.items.empty() || v.items[0].is != value::kind::text)
      return why = "a call in words is needed, such as [flock 3 LOCK_EX]", false;
    to.name = v.items[0].text;
    to.given = arguments(v.items).subspan(1);
    return true;
  }
};

inline answer made(const words& call) {
  answer a;
  perform(a, call.name, call.given);
  return a;
}

}  // namespace ipcmark
