// The agent's peers: how they are made, watched, relayed to, reaped and ended.
#pragma once

#include <sys/resource.h>
#include <sys/types.h>

#include <cstdint>
#include <map>
#include <memory>
#include <string>
#include <string_view>
#include <vector>

#include "agent/peer.h"

namespace ipcmark {

struct member {
  std::string name, scope;
  size_t slot = 0;
  int channel = -1;   // the agent's end; -1 once the peer has closed its own
  int lifeline = -1;  // the write end, held so that the peer lives
  int process = -1;   // a pidfd, for a peer that another peer forked: its end is not told to us by SIGCHLD
  pid_t pid = -1;
  bool own_child = true;
  std::string start_id;   // the `start` that waits for the peer to be ready
  std::string from, to;   // not relayed yet
  int64_t under_way = 0;  // requests sent and not answered
  bool ready = false;
};

class crew {
 public:
  // Each answers false and says why when the system refuses.
  bool start(std::string_view name, std::string_view start_id, std::string& why);
  bool forward(std::string_view name, std::string_view id, std::string_view verb, std::string_view rest,
               std::string& why);
  bool send_signal(std::string_view name, int number, std::string& why);

  member* find(std::string_view name);
  std::vector<std::unique_ptr<member>>& members() { return all_; }
  call_counter& counter(const member& m) const;

  void receive(member& m);     // relays what has come over the channel
  bool never_born(member& m);  // forgets a peer whose parent failed to fork it, or ended before it could
  void flush(member& m);       // sends what did not fit
  void reap();                 // after SIGCHLD
  void forked_ended(member& m);
  bool look_for_unwatched();  // true while it has to be asked again

  bool any_left(const std::string& scope);
  void kill_scope(const std::string& scope);
  void forget_scope(const std::string& scope);
  void kill_all();

 private:
  bool prepare(member& m, int (&channel)[2], int (&lifeline)[2], std::string& why);
  [[noreturn]] void become_peer(member& m, int channel, int lifeline, pid_t group);
  void line_from(member& m, std::string_view line);
  void ended(member& m, int status, const rusage* usage);
  void drop(member& m);

  std::vector<std::unique_ptr<member>> all_;
  std::map<std::string, pid_t> groups_;  // a scope is a process group, led by its first peer
  std::vector<size_t> free_slots_;
  size_t next_slot_ = 0;
};

}  // namespace ipcmark
