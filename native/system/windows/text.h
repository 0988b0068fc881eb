// The core speaks UTF-8 and Windows UTF-16.
#pragma once

#include <string>
#include <string_view>

namespace ipcmark {

// What is not UTF-8 becomes U+FFFD, as Windows has it.
std::wstring wide(std::string_view utf8);
std::string narrow(std::wstring_view utf16);

}  // namespace ipcmark
