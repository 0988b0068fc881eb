// The verb `fork` on Linux: fork() itself. The agent has sent a channel, a lifeline and the number of a
// counter along.
#include <unistd.h>

#include "agent/agent.h"
#include "agent/linux/channel.h"
#include "agent/linux/counters.h"

namespace ipcmark {

void fork_peer(answer& a, channel& c, call_counter*& counter, std::string& name, arguments given) {
  std::vector<int>& sent = c.system->descriptors;
  int64_t slot = 0;
  std::string why;
  const bool prepared = given.size() == 2 && given[0].is == value::kind::text && sent.size() == 2 &&
                        integer_from(given[1], 0, most_counters - 1, slot, why);
  if (!prepared) return a.refuse("fork takes (peer), and goes through the agent");
  const int socket = sent[0], lifeline = sent[1];
  sent.clear();
  const pid_t pid = a.timed([] { return ::fork(); });
  if (pid != 0) {
    ::close(socket);
    ::close(lifeline);
    return;
  }
  ::close(c.system->socket);
  ::close(c.system->lifeline);
  if (!adopt(*c.system, socket, lifeline)) ::_exit(exit_broken);
  counter = &counter_at(static_cast<size_t>(slot));
  counter->pid = ::getpid();
  name = given[0].text;
  a.silent = true;
  c.write_line(ready_event(name, ::getpid()));
}

}  // namespace ipcmark
