// Where Linux keeps what outlives its makers: processes that a run started, its folder, and the file systems
// that show the names of POSIX shared memory, semaphores and message queues. Abstract sockets vanish by
// themselves.
#include "core/residue.h"

#include <mqueue.h>
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
#include "os/proc.h"

namespace fs = std::filesystem;

namespace ipcmark {

namespace {

constexpr int64_t patience_ns = 2'000'000'000;
constexpr const char* first_pid_namespace = "pid:[4026531836]";  // PROC_PID_INIT_INO, the same on every Linux

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

// Entries of a folder that carry a run's name, once `before` was taken off their own.
std::vector<leftover> list_folder(const char* kind, const fs::path& folder, std::string_view before = {}) {
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

// Never follows a link: what it leads to is not ours.
bool remove_path(const leftover& object) {
  std::error_code error;
  fs::remove_all(object.name, error);
  return !error;
}

// sem_overview(7): a POSIX semaphore is shared memory under another name.
std::vector<leftover> list_shared_memory() {
  std::vector<leftover> found = list_folder("shared-memory", "/dev/shm");
  for (leftover& object : list_folder("shared-memory", "/dev/shm", "sem."))
    found.push_back(std::move(object));
  return found;
}

std::vector<leftover> list_message_queues() {
  std::vector<leftover> found = list_folder("message-queue", "/dev/mqueue");
  for (leftover& object : found) object.name = '/' + object.tag;
  return found;
}

bool remove_message_queue(const leftover& object) {
  return ::mq_unlink(object.name.c_str()) == 0 || errno == ENOENT;
}

}  // namespace

std::string own_place() {
  char link[64];
  const ssize_t length = ::readlink("/proc/self/ns/pid", link, sizeof link);
  if (length <= 0) return "linuxunknown";
  const std::string_view space(link, static_cast<size_t>(length));
  std::string place = "linux";
  if (space == first_pid_namespace) return place;
  for (const char c : space) {
    if (c >= '0' && c <= '9') place += c;
  }
  return place;
}

std::vector<residue_kind> residue_kinds() {
  return {
      {"process", list_processes, end_process},
      {"file", list_files, remove_path},
      {"shared-memory", list_shared_memory, remove_path},
      {"message-queue", list_message_queues, remove_message_queue},
  };
}

}  // namespace ipcmark
