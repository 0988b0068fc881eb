#include "os/posix_names.h"

#include <fcntl.h>
#include <mqueue.h>
#include <unistd.h>

#include <cerrno>
#include <cstring>
#include <filesystem>
#include <optional>
#include <set>

#include "core/bytes.h"
#include "os/folders.h"

namespace fs = std::filesystem;

namespace ipcmark {

namespace {

constexpr std::string_view mark = "queue-";
constexpr const char* shared_memory = "/dev/shm";
constexpr const char* before_semaphores = "sem.";  // sem_overview(7): a semaphore is shared memory too

std::string note_of(const std::string& name) {
  const uint32_t sum = crc32(name.data(), name.size());
  return std::string(mark) + to_hex({reinterpret_cast<const char*>(&sum), sizeof sum});
}

// The names of queues that are noted in a folder, whether or not there are such queues now.
std::set<std::string> noted_in(const fs::path& folder) {
  std::set<std::string> names;
  std::error_code error;
  for (fs::directory_iterator at(folder, error), end; !error && at != end; at.increment(error)) {
    if (!at->path().filename().string().starts_with(mark)) continue;
    std::error_code no_link;
    const fs::path name = fs::read_symlink(at->path(), no_link);
    if (!no_link) names.insert(name);
  }
  return names;
}

bool exists(const std::string& queue) {
  const mqd_t opened = ::mq_open(queue.c_str(), O_RDONLY | O_NONBLOCK);
  if (opened == -1) return errno == EACCES;
  ::mq_close(opened);
  return true;
}

bool is_in(const std::string& name, std::string_view prefix) {
  return name.starts_with('/') && belongs(std::string_view(name).substr(1), prefix);
}

}  // namespace

bool note_queue(const std::string& name, std::string& why) {
  const std::optional<std::string> run = own_run();
  if (!run || !is_in(name, *run)) return true;
  const std::string note = run_folder(*run) + '/' + note_of(name);
  if (::symlink(name.c_str(), note.c_str()) == 0 || errno == EEXIST) return true;
  why =
      "nothing may be made that no sweep would find: " + note + " cannot be written: " + std::strerror(errno);
  return false;
}

std::vector<leftover> list_shared_memory() {
  std::vector<leftover> found = list_folder("shared-memory", shared_memory);
  for (leftover& object : list_folder("shared-memory", shared_memory, before_semaphores))
    found.push_back(std::move(object));
  return found;
}

std::vector<leftover> list_message_queues(const std::vector<leftover>& folders) {
  std::set<std::string> names;
  for (const leftover& queue : list_folder("message-queue", "/dev/mqueue")) names.insert('/' + queue.tag);
  for (const leftover& folder : folders) {
    for (const std::string& name : noted_in(folder.name)) {
      if (is_in(name, folder.tag) && exists(name)) names.insert(name);
    }
  }
  std::vector<leftover> found;
  for (const std::string& name : names) found.push_back({"message-queue", name, name.substr(1)});
  return found;
}

bool remove_message_queue(const leftover& object) {
  return ::mq_unlink(object.name.c_str()) == 0 || errno == ENOENT;
}

void remove_names_of(const std::string& scope) {
  const std::optional<std::string> run = own_run();
  if (!run) return;
  const std::string prefix = *run + '-' + scope;
  for (const leftover& object : list_shared_memory()) {
    if (belongs(object.tag, prefix)) ::unlink(object.name.c_str());
  }
  const std::string folder = run_folder(*run);
  for (const std::string& name : noted_in(folder)) {
    if (!is_in(name, prefix)) continue;
    ::mq_unlink(name.c_str());
    ::unlink((folder + '/' + note_of(name)).c_str());
  }
}

}  // namespace ipcmark
