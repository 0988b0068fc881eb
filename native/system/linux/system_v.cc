#include "os/system_v.h"

#include <fcntl.h>
#include <sys/ipc.h>
#include <sys/msg.h>
#include <sys/sem.h>
#include <sys/shm.h>
#include <sys/stat.h>
#include <unistd.h>

#include <cerrno>
#include <charconv>
#include <cstdlib>
#include <cstring>
#include <filesystem>
#include <optional>

#include "os/folders.h"
#include "os/proc.h"

namespace fs = std::filesystem;

namespace ipcmark {

namespace {

int look_at_queue(int id, ipc_perm& permissions) {
  msqid_ds state{};
  const int said = ::msgctl(id, IPC_STAT, &state);
  permissions = state.msg_perm;
  return said;
}
int look_at_semaphores(int id, ipc_perm& permissions) {
  semid_ds state{};
  const int said = ::semctl(id, 0, IPC_STAT, &state);
  permissions = state.sem_perm;
  return said;
}
int look_at_memory(int id, ipc_perm& permissions) {
  shmid_ds state{};
  const int said = ::shmctl(id, IPC_STAT, &state);
  permissions = state.shm_perm;
  return said;
}

int find_queue(key_t key) { return ::msgget(key, 0); }
int find_semaphores(key_t key) { return ::semget(key, 0, 0); }
int find_memory(key_t key) { return ::shmget(key, 0, 0); }

int remove_queue(int id) { return ::msgctl(id, IPC_RMID, nullptr); }
int remove_semaphores(int id) { return ::semctl(id, 0, IPC_RMID); }
int remove_memory(int id) { return ::shmctl(id, IPC_RMID, nullptr); }

}  // namespace

const system_v_family system_v_queues{"msg", find_queue, look_at_queue, remove_queue};
const system_v_family system_v_semaphores{"sem", find_semaphores, look_at_semaphores, remove_semaphores};
const system_v_family system_v_memory{"shm", find_memory, look_at_memory, remove_memory};

namespace {

constexpr std::string_view mark = "system-v-";
constexpr const system_v_family* families[] = {&system_v_queues, &system_v_semaphores, &system_v_memory};

// Where an id means what it means: this name space of System V objects, since this boot.
std::string own_ids() {
  const std::string boot = read_proc("/proc/sys/kernel/random/boot_id");
  return own_name_space("ipc") + '-' + boot.substr(0, boot.find('-'));
}

std::string note_of(const system_v_family& family) { return std::string(mark) + family.word + '-'; }

std::string key_note(const system_v_family& family, key_t key) {
  char digits[8];
  const auto end = std::to_chars(digits, digits + sizeof digits, static_cast<uint32_t>(key), 16).ptr;
  return note_of(family) + "0x" + std::string(digits, end);
}

std::string id_note(const system_v_family& family, int id) {
  return note_of(family) + "id-" + std::to_string(id) + '-' + own_ids();
}

std::string own_folder() {
  const std::optional<std::string> run = own_run();
  return run ? run_folder(*run) + '/' : "";
}

bool leave_note(const std::string& path, std::string& why) {
  const int note = ::open(path.c_str(), O_WRONLY | O_CREAT | O_CLOEXEC, 0600);
  if (note == -1) {
    why = "nothing may be made that no sweep would find: " + path +
          " cannot be written: " + std::strerror(errno);
    return false;
  }
  ::close(note);
  return true;
}

template <class T>
std::optional<T> number_in(std::string_view digits, int base) {
  T number = 0;
  const auto [stopped, error] = std::from_chars(digits.data(), digits.data() + digits.size(), number, base);
  if (error != std::errc{} || stopped != digits.data() + digits.size()) return {};
  return number;
}

// The id that a note gives, whether or not there is anything of that id now.
std::optional<int> id_in(const system_v_family& family, std::string_view note) {
  const std::string before = note_of(family);
  if (!note.starts_with(before)) return {};
  std::string_view rest = note.substr(before.size());
  if (rest.starts_with("0x")) {
    const auto key = number_in<uint32_t>(rest.substr(2), 16);
    return key && *key != 0 ? std::optional(family.find(static_cast<key_t>(*key))) : std::nullopt;
  }
  if (!rest.starts_with("id-")) return {};
  rest.remove_prefix(3);
  const auto id = number_in<int>(rest.substr(0, rest.find('-')), 10);
  return id && note == id_note(family, *id) ? id : std::nullopt;
}

bool is_of(const system_v_family& family, int id, const fs::path& note) {
  struct stat writer;
  ipc_perm made{};
  if (::lstat(note.c_str(), &writer) == -1) return false;
  if (family.look_at(id, made) == 0) return made.cuid == writer.st_uid && (made.mode & SHM_DEST) == 0;
  return errno == EACCES;  // who may not even look cannot remove what is another's
}

}  // namespace

bool note_key(const system_v_family& family, key_t key, std::string& why) {
  const std::string folder = own_folder();
  if (folder.empty()) return true;
  const std::string path = folder + key_note(family, key);
  if (::access(path.c_str(), F_OK) == 0 || family.find(key) != -1) return true;
  return leave_note(path, why);
}

bool note_id(const system_v_family& family, int id, std::string& why) {
  const std::string folder = own_folder();
  return folder.empty() || leave_note(folder + id_note(family, id), why);
}

std::vector<leftover> noted_in(const std::string& folder, std::string_view tag) {
  std::vector<leftover> found;
  std::error_code error;
  for (fs::directory_iterator at(folder, error), end; !error && at != end; at.increment(error)) {
    const std::string note = at->path().filename();
    if (!note.starts_with(mark)) continue;
    for (const system_v_family* family : families) {
      if (const auto id = id_in(*family, note); id && is_of(*family, *id, at->path()))
        found.push_back(
            {"system-v", std::string(family->word) + ' ' + std::to_string(*id), std::string(tag)});
    }
  }
  return found;
}

bool remove_system_v(const leftover& object) {
  const size_t space = object.name.find(' ');
  const auto id = number_in<int>(std::string_view(object.name).substr(space + 1), 10);
  for (const system_v_family* family : families) {
    if (!id || object.name.compare(0, space, family->word) != 0) continue;
    return family->remove(*id) == 0 || errno == EINVAL || errno == EIDRM;
  }
  return false;
}

}  // namespace ipcmark
