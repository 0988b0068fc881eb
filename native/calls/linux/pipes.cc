// Pipes and FIFOs.
#include <fcntl.h>
#include <sys/stat.h>
#include <unistd.h>

#include "calls/linux/table.h"

namespace ipcmark {

namespace {

void give_ends(answer& a, const int (&ends)[2]) {
  if (a.ok()) a.out.add("fds", node::list({ends[0], ends[1]}));
}
void make_pipe(answer& a) {
  int ends[2];
  a.timed([&] { return ::pipe(ends); });
  give_ends(a, ends);
}
void make_pipe_with_flags(answer& a, int flags) {
  int ends[2];
  a.timed([&] { return ::pipe2(ends, flags); });
  give_ends(a, ends);
}

constexpr call calls[] = {
    shaped<make_pipe>("pipe", ""),
    shaped<make_pipe_with_flags>("pipe2", "flags"),
    plain<::mkfifo>("mkfifo", "path mode"),
};

}  // namespace

call_group pipe_calls() { return calls; }

}  // namespace ipcmark
