// System V keys, and what its queues, semaphores and shared memory have in common.
#include "calls/linux/system_v.h"

#include <sys/shm.h>

#include "calls/linux/named.h"
#include "calls/linux/table.h"

namespace ipcmark {

void give_permissions(answer& a, const ipc_perm& permissions) {
  a.out.add("key", static_cast<uint32_t>(permissions.__key));
  a.out.add("uid", permissions.uid).add("gid", permissions.gid);
  a.out.add("creator-uid", permissions.cuid).add("creator-gid", permissions.cgid);
  a.out.add("mode", permissions.mode & 0777u);
  a.out.add("flags", flag_names("SHM_", permissions.mode & ~0777u));
}

ipc_perm owned_by(uid_t user, gid_t group, mode_t mode) {
  ipc_perm permissions{};
  permissions.uid = user;
  permissions.gid = group;
  permissions.mode = static_cast<decltype(permissions.mode)>(mode);
  return permissions;
}

namespace {

constexpr call calls[] = {
    plain<::ftok>("ftok", "path id"),
};

constexpr constant names[] = {
    NAMED(IPC_PRIVATE),
    NAMED(IPC_CREAT),
    NAMED(IPC_EXCL),
    NAMED(IPC_NOWAIT),
};

}  // namespace

call_group system_v_calls() { return calls; }
constant_group system_v_constants() { return names; }

}  // namespace ipcmark
