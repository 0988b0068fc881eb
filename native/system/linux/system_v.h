// System V objects in a run's name. They have a number for a key and nothing else that a sweep could know
// them by, so whoever makes one notes it first, by a file in the run's folder:
//
//     system-v-msg-0x5f3a9c01                 the queue with this key
//     system-v-shm-id-4-4026531839-27b5f0     what has no key, by its id, the system's own and its boot
//
// A note is never taken back: nobody else draws the keys of a run. It counts only for what its own writer has
// made, so that no user's note makes a sweep by another remove a third one's object.
#pragma once

#include <sys/ipc.h>

#include <string>
#include <string_view>
#include <vector>

#include "core/residue.h"

namespace ipcmark {

// One of the three families, in the word by which ipcrm(1) calls it.
struct system_v_family {
  const char* word;
  int (*find)(key_t key);  // the id of what has that key, or -1
  int (*look_at)(int id, ipc_perm& permissions);
  int (*remove)(int id);
};
extern const system_v_family system_v_queues, system_v_semaphores, system_v_memory;

// Before an object with that key may be made. What is there already is somebody's, and is not noted. Answers
// false and says why when no note can be left, and so nothing may be made; without a run there is nothing to
// note.
bool note_key(const system_v_family& family, key_t key, std::string& why);

// After an object without a key was made.
bool note_id(const system_v_family& family, int id, std::string& why);

// What the notes in a run's folder lead to, and is there. `name` is such as `msg 65538`.
std::vector<leftover> noted_in(const std::string& folder, std::string_view tag);

bool remove_system_v(const leftover& object);

}  // namespace ipcmark
