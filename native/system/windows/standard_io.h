// Standard input and output, one system call at a time.
#pragma once

#include <cstdint>
#include <string>
#include <string_view>

#include "os/windows.h"

namespace ipcmark {

// Empty at the end; false on an error.
inline bool read_standard_input(std::string& into, size_t most) {
  into.resize(most);
  DWORD got = 0;
  const BOOL ok =
      ReadFile(GetStdHandle(STD_INPUT_HANDLE), into.data(), static_cast<DWORD>(most), &got, nullptr);
  into.resize(ok != 0 ? got : 0);
  // The last writer's close is an error here, and an end everywhere else.
  return ok != 0 || GetLastError() == ERROR_BROKEN_PIPE;
}

inline bool write_standard_output(std::string_view from) {
  while (!from.empty()) {
    DWORD sent = 0;
    if (WriteFile(GetStdHandle(STD_OUTPUT_HANDLE), from.data(), static_cast<DWORD>(from.size()), &sent,
                  nullptr) == 0) {
      return false;
    }
    from.remove_prefix(sent);
  }
  return true;
}

inline bool handle_is_open(int64_t number) {
  DWORD flags = 0;
  return GetHandleInformation(reinterpret_cast<HANDLE>(static_cast<intptr_t>(number)), &flags) != 0;
}

}  // namespace ipcmark
