// The agent's peers: how they are made, watched, relayed to and ended.
#pragma once

#include <cstdint>
#include <map>
#include <memory>
#include <string>
#include <string_view>
#include <vector>

#include "agent/peer.h"
#include "agent/windows/channel.h"
#include "agent/windows/job.h"
#include "agent/windows/port.h"

namespace ipcmark {

struct member {
  std::string name, scope;
  uint64_t number = 0;  // never used twice
  size_t slot = 0;
  unique_handle wire;     // the agent's end of the channel; none once the peer's has closed
  unique_handle process;  // of a peer that another started: none until it is ready
  DWORD pid = 0;
  std::string start_id;   // the `start` that waits for the peer to be ready
  std::string from;       // not relayed yet
  int64_t under_way = 0;  // requests sent and not answered
  bool ready = false;
};

class crew {
 public:
  explicit crew(port& p) : port_(p) {}
  bool open();

  // Each answers false and says why when the system refuses.
  bool start(std::string_view name, std::string_view start_id, std::string& why);
  bool forward(std::string_view name, std::string_view id, std::string_view verb, std::string_view rest,
               std::string& why);
  bool kill(std::string_view name, std::string& why);

  member* find(std::string_view name);
  call_counter& counter(const member& m) const;

  void arrived(packet& p);   // a transfer
  void reap();               // tells of those that have ended
  bool any_leaving() const;  // whether some have closed their channel and are not gone yet

  bool any_left(const std::string& scope) const;
  void kill_scope(const std::string& scope);
  void forget_scope(const std::string& scope) { jobs_.erase(scope); }
  void kill_all();
  bool empty() const { return all_.empty(); }

 private:
  bool prepare(member& m, channel_ends& ends, bool inheritable, std::string& why);
  bool begin(member& m, HANDLE peers_end, std::string& why);
  bool join_job(const member& m, std::string& why);
  bool fork(member& parent, std::string_view id, std::string_view rest, std::string& why);
  bool hand_over(member& parent, member& child, HANDLE childs_end, std::string_view id, std::string_view rest,
                 std::string& why);
  bool listen(member& m, std::string& why);
  bool send(member& m, std::string line, std::string& why);
  void line_from(member& m, std::string_view line);
  void ready(member& m, std::string_view line);
  void drop(member& m);

  port& port_;
  unique_handle section_;  // the counters
  unique_handle null_device_;
  std::vector<std::unique_ptr<member>> all_;
  std::map<std::string, job> jobs_;  // a scope is a job
  std::vector<size_t> free_slots_;
  size_t next_slot_ = 0;
  uint64_t latest_number_ = 0;
};

}  // namespace ipcmark
