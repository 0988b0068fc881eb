// `{"event":"exit","peer":…}`, from whatever the system still knows of the process.
#pragma once

#include <sys/resource.h>
#include <sys/types.h>

#include <optional>
#include <string>
#include <string_view>

namespace ipcmark {

std::string exit_event(std::string_view peer, int status, const rusage& usage);
// Its parent has waited for it already: only the parent knows how it ended.
std::string exit_event_unseen(std::string_view peer);

struct forked_exit {
  pid_t parent;
  int status;  // as wait4 gives it
  rusage usage;
};
// Nothing when the process has been reaped.
std::optional<forked_exit> look_at_zombie(pid_t pid);

}  // namespace ipcmark
