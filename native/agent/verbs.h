// What the harness asks of the agent itself, the same on every system, and how its input is taken apart. What
// a system does about it is an `agent_host`.
#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <string_view>

#include "core/answer.h"
#include "core/value.h"

namespace ipcmark {

struct agent_host {
  virtual ~agent_host() = default;
  // Those that answer a bool refuse with false, and say why. `start`, `end` and `blocked` are answered by the
  // host, later.
  virtual bool start(std::string_view peer, std::string_view id, std::string& why) = 0;
  virtual bool forward(std::string_view peer, std::string_view id, std::string_view verb,
                       std::string_view rest, std::string& why) = 0;
  virtual bool kill(std::string_view peer, std::string& why) = 0;
  virtual bool signal(std::string_view peer, const value& signal, std::string& why) = 0;
  virtual bool ask_blocked(std::string_view peer, std::string_view id, int milliseconds,
                           std::string& why) = 0;
  virtual void end(std::string_view scope, std::string_view id) = 0;
  virtual std::optional<int64_t> pid_of(std::string_view peer) = 0;
  // Makes the run's folder and puts the run's name into the environment of whatever is started from now on.
  virtual bool open_run(const std::string& run, answer& a, std::string& why) = 0;
};

struct conversation {
  std::string unread;
  bool greeted = false;
  std::string run;
  bool over = false;
  int exit_code = 0;
};

// Carries out every request that a piece of input completes.
void take_input(conversation& c, agent_host& host, std::string_view piece);

// One line to the harness; agent/<os>/agent.cc.
void write_out(std::string_view line);

}  // namespace ipcmark
