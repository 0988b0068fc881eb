// Locks on files: fcntl(2) in both its kinds, and flock(2).
#include <fcntl.h>
#include <sys/file.h>

#include "calls/linux/named.h"
#include "calls/linux/table.h"

namespace ipcmark {

namespace {

constexpr constant types[] = {NAMED(F_RDLCK), NAMED(F_WRLCK), NAMED(F_UNLCK)};

const char* type_name(short type) {
  for (const constant& c : types) {
    if (c.number == type) return c.name;
  }
  return "?";
}

// A range of no length goes to the end of the file, however long that becomes.
void lock_range(answer& a, int descriptor, int command, short type, std::optional<off_t> start,
                std::optional<off_t> length, std::optional<pid_t> pid) {
  struct flock range {};
  range.l_type = type;
  range.l_whence = SEEK_SET;
  range.l_start = start.value_or(0);
  range.l_len = length.value_or(0);
  range.l_pid = pid.value_or(0);
  a.timed([&] { return ::fcntl(descriptor, command, &range); });
  if (!a.ok() || (command != F_GETLK && command != F_OFD_GETLK)) return;
  a.out.add("type", type_name(range.l_type));
  if (range.l_type == F_UNLCK) return;
  a.out.add("start", range.l_start).add("length", range.l_len).add("pid", range.l_pid);
}

constexpr call calls[] = {
    shaped<lock_range>("fcntl-lock", "descriptor command type [start [length [pid]]]"),
    plain<::flock>("flock", "descriptor operation"),
};

constexpr constant known[] = {
    NAMED(F_RDLCK), NAMED(F_WRLCK),     NAMED(F_UNLCK),      NAMED(F_SETLK),     NAMED(F_SETLKW),
    NAMED(F_GETLK), NAMED(F_OFD_SETLK), NAMED(F_OFD_SETLKW), NAMED(F_OFD_GETLK), NAMED(LOCK_SH),
    NAMED(LOCK_EX), NAMED(LOCK_UN),     NAMED(LOCK_NB),
};

}  // namespace

call_group lock_calls() { return calls; }
constant_group lock_constants() { return known; }

}  // namespace ipcmark
