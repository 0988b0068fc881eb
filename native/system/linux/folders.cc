#include "os/folders.h"

#include <cstdlib>
#include <filesystem>

#include "os/temporary.h"

namespace fs = std::filesystem;

namespace ipcmark {

std::optional<std::string> own_run() {
  const char* run = std::getenv(run_variable);
  if (run == nullptr || *run == '\0') return std::nullopt;
  return run;
}

std::string run_folder(const std::string& run) { return temporary_folder() + '/' + run; }

std::vector<leftover> list_folder(const char* kind, const std::string& folder, std::string_view before) {
  std::vector<leftover> found;
  std::error_code error;
  for (fs::directory_iterator at(folder, error), end; !error && at != end; at.increment(error)) {
    const std::string name = at->path().filename();
    if (!name.starts_with(before)) continue;
    const std::string tag = name.substr(before.size());
    if (run_in(tag)) found.push_back({kind, at->path(), tag});
  }
  return found;
}

}  // namespace ipcmark
