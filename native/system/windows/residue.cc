// What outlives its makers on Windows: files. Named pipes, events, mutexes and sections vanish with their
// last handle, and processes with the agent's job.
#include "core/residue.h"

#include <filesystem>

#include "os/temporary.h"
#include "os/windows.h"

namespace fs = std::filesystem;

namespace ipcmark {

namespace {

std::string name_of(const fs::path& path) {
  const std::u8string name = path.u8string();
  return {name.begin(), name.end()};
}

std::vector<leftover> list_files() {
  std::vector<leftover> found;
  std::error_code error;
  for (fs::directory_iterator at(fs::path(temporary_folder()), error), end; !error && at != end;
       at.increment(error)) {
    const std::string tag = name_of(at->path().filename());
    if (run_in(tag)) found.push_back({"file", name_of(at->path()), tag});
  }
  return found;
}

// Never follows a link: what it leads to is not ours.
bool remove_file(const leftover& object) {
  std::error_code error;
  fs::remove_all(fs::path(std::u8string(object.name.begin(), object.name.end())), error);
  return !error;
}

}  // namespace

std::string own_place() { return "windows"; }

std::vector<residue_kind> residue_kinds() { return {{"file", list_files, remove_file}}; }

}  // namespace ipcmark
