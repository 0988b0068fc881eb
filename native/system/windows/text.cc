#include "os/text.h"

#include "os/windows.h"

namespace ipcmark {

std::wstring wide(std::string_view utf8) {
  const int given = static_cast<int>(utf8.size());
  const int needed = MultiByteToWideChar(CP_UTF8, 0, utf8.data(), given, nullptr, 0);
  std::wstring text(static_cast<size_t>(needed), L'\0');
  MultiByteToWideChar(CP_UTF8, 0, utf8.data(), given, text.data(), needed);
  return text;
}

std::string narrow(std::wstring_view utf16) {
  const int given = static_cast<int>(utf16.size());
  const int needed = WideCharToMultiByte(CP_UTF8, 0, utf16.data(), given, nullptr, 0, nullptr, nullptr);
  std::string text(static_cast<size_t>(needed), '\0');
  WideCharToMultiByte(CP_UTF8, 0, utf16.data(), given, text.data(), needed, nullptr, nullptr);
  return text;
}

}  // namespace ipcmark
