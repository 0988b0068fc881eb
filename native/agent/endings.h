// `end`: a scope has ended when the last of its processes has gone, and is answered then.
#pragma once

#include <list>
#include <string>

#include "agent/verbs.h"

namespace ipcmark {

struct ending {
  std::string id, scope;
};

// Answers those whose processes are all gone. `Crew` is the system's own.
template <class Crew>
void settle_endings(std::list<ending>& endings, Crew& peers) {
  endings.remove_if([&](const ending& e) {
    if (peers.any_left(e.scope)) return false;
    peers.forget_scope(e.scope);
    write_out(answer{}.json(e.id));
    return true;
  });
}

}  // namespace ipcmark
