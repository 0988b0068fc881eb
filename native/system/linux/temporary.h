// The folder in which runs make theirs.
#pragma once

#include <cstdlib>
#include <string>

namespace ipcmark {

inline constexpr const char* temporary_variable = "TMPDIR";

inline std::string temporary_folder() {
  const char* named = ::getenv(temporary_variable);
  return named == nullptr || *named == '\0' ? "/tmp" : named;
}

}  // namespace ipcmark
