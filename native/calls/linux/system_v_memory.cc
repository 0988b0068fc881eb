// System V shared memory. `shmat` answers the address; memory.cc stores and loads there.
#include <sys/shm.h>

#include "calls/linux/named.h"
#include "calls/linux/system_v.h"
#include "calls/linux/table.h"

namespace ipcmark {

namespace {

void get_memory(answer& a, key_t key, size_t size, int flags) {
  get_noted(a, system_v_memory, key, flags, [&] { return ::shmget(key, size, flags); });
}

void look_at_memory(answer& a, int id) {
  shmid_ds state;
  a.timed([&] { return ::shmctl(id, IPC_STAT, &state); });
  if (!a.ok()) return;
  give_permissions(a, state.shm_perm);
  a.out.add("size", state.shm_segsz).add("attached", state.shm_nattch);
  a.out.add("creator", state.shm_cpid).add("last", state.shm_lpid);
  a.out.add("attach-time", state.shm_atime)
      .add("detach-time", state.shm_dtime)
      .add("changed", state.shm_ctime);
}

void set_memory(answer& a, int id, uid_t user, gid_t group, mode_t mode) {
  shmid_ds state{};
  state.shm_perm = owned_by(user, group, mode);
  a.timed([&] { return ::shmctl(id, IPC_SET, &state); });
}

void remove_memory(answer& a, int id) {
  a.timed([&] { return ::shmctl(id, IPC_RMID, nullptr); });
}

constexpr call calls[] = {
    shaped<get_memory>("shmget", "key size flags"),
    plain<::shmat>("shmat", "id address flags"),
    plain<::shmdt>("shmdt", "address"),
    shaped<look_at_memory>("shmctl-IPC_STAT", "id"),
    shaped<set_memory>("shmctl-IPC_SET", "id uid gid mode"),
    shaped<remove_memory>("shmctl-IPC_RMID", "id"),
};

constexpr constant names[] = {
    NAMED(SHM_RDONLY), NAMED(SHM_RND), NAMED(SHM_REMAP), NAMED(SHM_EXEC), NAMED(SHM_DEST), NAMED(SHM_LOCKED),
};

}  // namespace

call_group system_v_memory_calls() { return calls; }
constant_group system_v_memory_constants() { return names; }

}  // namespace ipcmark
