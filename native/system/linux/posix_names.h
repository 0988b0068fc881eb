// POSIX names in a run's name: shared memory and semaphores, which Linux shows below /dev/shm, and message
// queues. Those are shown where somebody has mounted their file system and nowhere else, so whoever makes one
// notes it first, by a link in the run's folder that leads to its name:
//
//     queue-5f3a9c01 -> /ipcmark-linux-3k9-1x2y3z-q7c0fz-agent1-case7-1-queue
#pragma once

#include <string>
#include <vector>

#include "core/residue.h"

namespace ipcmark {

// Before a queue of that name may be made. Answers false and says why when no note can be left, and so
// nothing may be made; of names that are not this run's there is nothing to note.
bool note_queue(const std::string& name, std::string& why);

std::vector<leftover> list_shared_memory();

// Those that are shown, and those that are noted in one of these folders, and are there.
std::vector<leftover> list_message_queues(const std::vector<leftover>& folders);
bool remove_message_queue(const leftover& object);

// Removes what the peers of a scope have named. Few queues fit a user's allowance: they cannot wait for the
// sweep.
void remove_names_of(const std::string& scope);

}  // namespace ipcmark
