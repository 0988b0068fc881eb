// What the three families of System V have in common: a key, who may do what, and a removal by hand.
#pragma once

#include <sys/ipc.h>

#include "core/call.h"
#include "os/system_v.h"

namespace ipcmark {

// Makes an object by `get`, or finds one, and sees to it that a sweep will know what was made.
template <class F>
void get_noted(answer& a, const system_v_family& family, key_t key, int flags, F&& get) {
  const bool makes = key == IPC_PRIVATE || (flags & IPC_CREAT) != 0;
  std::string why;
  if (makes && key != IPC_PRIVATE && !note_key(family, key, why)) return a.refuse(why);
  const int id = a.timed(get);
  if (id == -1 || key != IPC_PRIVATE || note_id(family, id, why)) return;
  family.remove(id);
  a.refuse(why);
}

// Who it belongs to, who made it, and its mode with what IPC_RMID and shmctl(2) add to it.
void give_permissions(answer& a, const ipc_perm& permissions);

// The new owner and mode of an IPC_SET. Everything that the call would change has to be said: it is made
// once.
ipc_perm owned_by(uid_t user, gid_t group, mode_t mode);

}  // namespace ipcmark
