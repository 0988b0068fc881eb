#include "os/proc.h"

#include <dirent.h>
#include <fcntl.h>
#include <unistd.h>

#include <algorithm>
#include <charconv>
#include <memory>
#include <string_view>

namespace ipcmark {

std::string read_proc(const std::string& path) {
  const int descriptor = ::open(path.c_str(), O_RDONLY | O_CLOEXEC);
  if (descriptor < 0) return {};
  std::string text;
  for (;;) {
    char block[4096];
    const ssize_t got = ::read(descriptor, block, sizeof block);
    if (got <= 0) break;
    text.append(block, static_cast<size_t>(got));
  }
  ::close(descriptor);
  return text;
}

std::vector<int64_t> numbers_in(const char* folder) {
  std::vector<int64_t> numbers;
  const std::unique_ptr<DIR, int (*)(DIR*)> listing(::opendir(folder), &::closedir);
  if (!listing) return numbers;
  while (const dirent* entry = ::readdir(listing.get())) {
    const std::string_view name = entry->d_name;
    int64_t number = 0;
    const auto [stopped, error] = std::from_chars(name.data(), name.data() + name.size(), number);
    if (error == std::errc{} && stopped == name.data() + name.size()) numbers.push_back(number);
  }
  std::sort(numbers.begin(), numbers.end());
  return numbers;
}

std::string own_name_space(const char* kind) {
  char link[64];  // such as pid:[4026531836]
  const ssize_t length = ::readlink((std::string("/proc/self/ns/") + kind).c_str(), link, sizeof link);
  std::string number;
  for (const char c : std::string_view(link, length > 0 ? static_cast<size_t>(length) : 0)) {
    if (c >= '0' && c <= '9') number += c;
  }
  return number;
}

}  // namespace ipcmark
