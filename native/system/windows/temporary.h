// The folder in which runs make theirs. A harness that sweeps from outside, as from Linux under Wine, names
// one that it can see.
#pragma once

#include <string>

#include "os/text.h"
#include "os/windows.h"

namespace ipcmark {

inline constexpr const char* temporary_variable = "IPCMARK_TMPDIR";

// Without a separator at its end.
inline std::wstring temporary_folder() {
  wchar_t folder[MAX_PATH + 1];
  const auto room = static_cast<DWORD>(std::size(folder));
  const DWORD named = GetEnvironmentVariableW(wide(temporary_variable).c_str(), folder, room);
  DWORD length = named > 0 && named < room ? named : GetTempPathW(room, folder);
  while (length > 0 && (folder[length - 1] == L'\\' || folder[length - 1] == L'/')) length--;
  return {folder, length};
}

}  // namespace ipcmark
