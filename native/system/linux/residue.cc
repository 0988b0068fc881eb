// Where Linux keeps what outlives its makers: processes that a run started, its folder, the System V objects
// and the POSIX message queues that are noted there, and the file system that shows the names of POSIX shared
// memory and semaphores. Abstract sockets vanish by themselves.
#include "core/residue.h"

#include <poll.h>
#include <signal.h>
#include <sys/stat.h>
#include <unistd.h>

#include <cctype>
#include <cerrno>
#include <charconv>
#include <cstdlib>
#include <filesystem>
#include <set>

#include "core/clock.h"
#include "core/process_state.h"
#include "os/folders.h"
#include "os/posix_names.h"
#include "os/proc.h"
#include "os/system_v.h"

namespace fs = std::filesystem;

namespace ipcmark {

namespace {

constexpr int64_t patience_ns = 2'000'000'000;
constexpr const char* first_pid_name_space = "4026531836";  // PROC_PID_INIT_INO, the same on every Linux

// ------------------------------------------------------------------------------------------------------------
// processes

std::string run_of_process(int64_t pid) {
  const std::string environment = read_proc("/proc/" + std::to_string(pid) + "/environ");
  static const std::string label = std::string(run_variable) + '=';
  for (size_t at = 0; at < environment.size();) {
    const size_t end = std::min(environment.find('\0', at), environment.size());
    if (environment.compare(at, label.size(), label) == 0) {
      return environment.substr(at + label.size(), end - at - label.size());
    }
    at = end + 1;
  }
  return {};
}

// Wine starts its server and its services out of whichever program came first, with that program's
// environment, and all later programs of the prefix share them.
bool is_service_of_wine(int64_t pid) {
  std::string program = read_proc("/proc/" + std::to_string(pid) + "/cmdline");
  program = program.substr(0, program.find('\0'));
  for (char& c : program) c = static_cast<char>(std::tolower(static_cast<unsigned char>(c)));
  return program.starts_with("c:\\windows\\") ||
         program.substr(program.rfind('/') + 1).starts_with("wineserver");
}

std::vector<leftover> list_processes() {
  std::vector<leftover> found;
  for (const int64_t pid : numbers_in("/proc")) {
    const std::string tag = run_of_process(pid);
    if (run_in(tag) && !is_service_of_wine(pid)) found.push_back({"process", std::to_string(pid), tag});
  }
  return found;
}

bool has_ended(int64_t pid) {
  const auto state = process_state_of(pid);
  return !state || state->state == "zombie" || state->state == "dead";
}

bool end_process(const leftover& object) {
  const int64_t pid = std::atoll(object.name.c_str());
  // It may have ended since it was listed, and its number may be another's by now.
  if (run_of_process(pid) != object.tag) return true;
  if (::kill(static_cast<pid_t>(pid), SIGKILL) != 0 && errno != ESRCH) return false;
  for (const int64_t deadline = now_ns() + patience_ns; now_ns() < deadline;) {
    if (has_ended(pid)) return true;
    ::poll(nullptr, 0, 1);
  }
  return false;
}

// ----------------------------------------------------------------------------------------------------------------
// names

std::vector<leftover> list_files() {
  std::set<fs::path> folders = {"/tmp"};
  for (const char* variable : {"TMPDIR", "TMP", "TEMP"}) {  // as Node's os.tmpdir() asks for them
    const char* chosen = std::getenv(variable);
    if (chosen != nullptr && chosen[0] == '/')
      folders.insert((fs::path(chosen) / "").lexically_normal().parent_path());
  }
  std::vector<leftover> found;
  for (const fs::path& folder : folders) {
    for (leftover& object : list_folder("file", folder)) found.push_back(std::move(object));
  }
  return found;
}

std::vector<leftover> list_system_v() {
  std::vector<leftover> found;
  for (const leftover& file : list_files()) {
    for (leftover& object : noted_in(file.name, file.tag)) found.push_back(std::move(object));
  }
  return found;
}

// Never follows a link: what it leads to is not ours.
bool remove_path(const leftover& object) {
  std::error_code error;
  fs::remove_all(object.name, error);
  return !error;
}

std::vector<leftover> list_queues() { return list_message_queues(list_files()); }

}  // namespace

std::string own_place() {
  const std::string space = own_name_space("pid");
  if (space.empty()) return "linuxunknown";
  return space == first_pid_name_space ? "linux" : "linux" + space;
}

std::vector<residue_kind> residue_kinds() {
  return {
      {"process", list_processes, end_process},
      {"system-v", list_system_v, remove_system_v},  // before the notes go
      {"message-queue", list_queues, remove_message_queue},
      {"file", list_files, remove_path},
      {"shared-memory", list_shared_memory, remove_path},
  };
}

}  // namespace ipcmark
