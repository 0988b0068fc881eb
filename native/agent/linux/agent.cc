// The Linux agent: one thread that waits for requests, for peers' lines and for their ends, and never for a
// peer.
#include "agent/agent.h"

#include <fcntl.h>
#include <poll.h>
#include <signal.h>
#include <sys/prctl.h>
#include <sys/signalfd.h>
#include <sys/stat.h>
#include <unistd.h>

#include <cerrno>
#include <cstdlib>
#include <cstring>
#include <list>

#include "agent/linux/blocked.h"
#include "agent/linux/counters.h"
#include "agent/linux/crew.h"
#include "agent/request.h"
#include "core/call.h"
#include "core/process_state.h"
#include "core/residue.h"

namespace ipcmark {

namespace {

struct ending {
  std::string id, scope;
};

struct agent_state {
  crew peers;
  std::string unread;
  bool greeted = false;
  bool over = false;
  int exit_code = 0;
  std::string run;
  std::list<ending> endings;          // `end` requests whose processes are not all gone yet
  std::list<blocked_question> asked;  // `blocked` requests without an answer yet
};

bool output_failed = false;

void answer_with(std::string_view id, const answer& a) { write_out(a.json(id)); }

// Where the run's files are made. Others may pass through, for cases in which another user tries to open one.
bool make_run_folder(const std::string& run, answer& a) {
  const char* temporary = ::getenv("TMPDIR");
  const std::string folder =
      std::string(temporary == nullptr || *temporary == '\0' ? "/tmp" : temporary) + "/" + run;
  if (::mkdir(folder.c_str(), 0711) == -1 && errno != EEXIST) {
    a.refuse("no folder can be made at " + folder + ": " + std::strerror(errno) +
             "; set TMPDIR to one that can be written");
    return false;
  }
  a.out.add("folder", folder);
  return true;
}

void greet(agent_state& s, answer& a, arguments given) {
  if (given.empty() || given[0].is != value::kind::integer || given.size() > 2) {
    return a.refuse("hello takes the protocol's version and, if any, the run's name");
  }
  if (given[0].number != protocol_version) {
    s.over = true;
    s.exit_code = exit_usage;
    return a.refuse("this agent speaks version " + std::to_string(protocol_version) +
                    " of the protocol, and was greeted in " + std::to_string(given[0].number) +
                    "; build the agent and the harness from one source");
  }
  if (given.size() == 2) {
    std::string why;
    if (!text_from(given[1], s.run, why) || !run_in(s.run)) return a.refuse("hello: that is no run's name");
    ::setenv(run_variable, s.run.c_str(), 1);
    if (!make_run_folder(s.run, a)) return;
  }
  s.greeted = true;
  a.out.add("protocol", protocol_version).add("version", IPCMARK_VERSION);
  describe_system(a.out);
}

void removed(answer& a, const std::vector<leftover>& gone) {
  node names = node::list();
  for (const leftover& l : gone) names.items.emplace_back(l.name);
  a.ret = static_cast<int64_t>(gone.size());
  a.out.add("removed", std::move(names));
}

void show_state(agent_state& s, answer& a, std::string_view peer) {
  const member* m = s.peers.find(peer);
  const std::optional<process_state> seen = m == nullptr ? std::nullopt : process_state_of(m->pid);
  if (!seen) return a.refuse("there is no peer '" + std::string(peer) + "'");
  a.out.add("process", to_node(*seen));
}

void start_peer(agent_state& s, answer& a, std::string_view id, std::string_view name) {
  std::string why;
  if (!is_peer_name(name))
    return a.refuse("a peer's name is SCOPE/ROLE, of letters, digits, '.', '_' and '-'");
  if (!s.peers.start(name, id, why)) return a.refuse(why);
  a.silent = true;
}

void signal_peer(agent_state& s, answer& a, std::string_view name, const value& signal) {
  int number = 0;
  std::string why;
  if (!from_value<int>::convert(signal, number, why) || !s.peers.send_signal(name, number, why))
    return a.refuse(why);
}

void end_scope(agent_state& s, answer& a, std::string_view id, std::string_view scope) {
  s.peers.kill_scope(std::string(scope));
  s.endings.push_back({std::string(id), std::string(scope)});
  a.silent = true;
}

void ask_blocked(agent_state& s, answer& a, std::string_view id, arguments given) {
  std::string why;
  int milliseconds = 0;
  if (!from_value<int>::convert(given[1], milliseconds, why)) return a.refuse(why);
  if (s.peers.find(given[0].text) == nullptr) return a.refuse("there is no peer '" + given[0].text + "'");
  s.asked.push_back(ask(id, given[0].text, milliseconds));
  a.silent = true;
}

void agent_verb(agent_state& s, std::string_view id, std::string_view verb, std::string_view rest) {
  answer a;
  std::vector<value> given;
  std::string why;
  const auto texts = [&](size_t count) {
    if (given.size() >= 1 && given.size() == count && given[0].is == value::kind::text) return true;
    a.refuse(std::string(verb) + " takes " + std::to_string(count) + (count == 1 ? " word" : " words"));
    return false;
  };
  if (!parse_values(rest, given, why)) {
    a.refuse(why);
  } else if (verb == "hello") {
    greet(s, a, given);
  } else if (!s.greeted) {
    a.refuse("say hello first: 1 agent hello " + std::to_string(protocol_version));
  } else if (verb == "start") {
    if (texts(1)) start_peer(s, a, id, given[0].text);
  } else if (verb == "blocked") {
    if (texts(2)) ask_blocked(s, a, id, given);
  } else if (verb == "kill") {
    if (texts(1)) signal_peer(s, a, given[0].text, value::of(int64_t{SIGKILL}));
  } else if (verb == "signal") {
    if (texts(2)) signal_peer(s, a, given[0].text, given[1]);
  } else if (verb == "state") {
    if (texts(1)) show_state(s, a, given[0].text);
  } else if (verb == "end") {
    if (texts(1)) end_scope(s, a, id, given[0].text);
  } else if (verb == "sweep") {
    s.run.empty() ? a.refuse("sweep needs a run's name: greet with one") : removed(a, sweep(s.run));
  } else if (verb == "calls") {
    list_calls(a);
  } else if (verb == "constants") {
    list_constants(a);
  } else if (verb == "bye") {
    s.over = true;
  } else {
    a.refuse("the agent has no verb '" + std::string(verb) + "'");
  }
  if (!a.silent) answer_with(id, a);
}

void request(agent_state& s, std::string_view line) {
  std::string_view rest = line;
  const std::string_view id = take_word(rest);
  if (id.empty()) return;
  if (!is_id(id)) return write_out(refusal("", "a request begins with a whole number: ID TO VERB ARGUMENT…"));
  const std::string_view to = take_word(rest), verb = take_word(rest);
  std::string why;
  if (verb.empty()) {
    why = "a request is ID TO VERB ARGUMENT…";
  } else if (line.find('\0') != std::string_view::npos) {
    why = "a line may not hold a NUL";
  } else if (to == "agent") {
    return agent_verb(s, id, verb, rest);
  } else if (!s.greeted) {
    why = "say hello first: 1 agent hello " + std::to_string(protocol_version);
  } else if (s.peers.forward(to, id, verb, rest, why)) {
    return;
  }
  write_out(refusal(id, why));
}

void read_requests(agent_state& s) {
  char piece[65536];
  const ssize_t got = ::read(STDIN_FILENO, piece, sizeof piece);
  if (got == -1 && (errno == EINTR || errno == EAGAIN)) return;
  if (got <= 0) {
    s.over = true;
    return;
  }
  const size_t searched = s.unread.size();
  s.unread.append(piece, static_cast<size_t>(got));
  size_t at = 0;
  for (size_t end = s.unread.find('\n', searched); end != std::string::npos && !s.over;
       end = s.unread.find('\n', at)) {
    request(s, std::string_view(s.unread).substr(at, end - at));
    at = end + 1;
  }
  s.unread.erase(0, at);
  if (s.unread.size() > longest_line) {
    write_out(refusal("", "a line is longer than 8 MiB; the agent ends"));
    s.over = true;
    s.exit_code = exit_usage;
  }
}

void settle_endings(agent_state& s) {
  s.endings.remove_if([&](const ending& e) {
    if (s.peers.any_left(e.scope)) return false;
    s.peers.forget_scope(e.scope);
    answer_with(e.id, answer{});
    return true;
  });
}

// Waiting peers are looked at again soon; ends of processes that are no peers are told by nobody.
timespec patience(const agent_state& s) {
  if (!s.asked.empty()) return {0, 300'000};
  return {0, 1'000'000};
}

void turn(agent_state& s, int signals) {
  std::vector<pollfd> set{{STDIN_FILENO, POLLIN, 0}, {signals, POLLIN, 0}};
  std::vector<std::string> names;
  for (const auto& m : s.peers.members()) {
    const auto wanted = static_cast<short>(m->to.empty() ? POLLIN : POLLIN | POLLOUT);
    set.push_back({m->channel, wanted, 0});
    set.push_back({m->process, POLLIN, 0});
    names.push_back(m->name);
  }
  const timespec soon = patience(s);
  const bool waits = s.asked.empty() && s.endings.empty();
  if (::ppoll(set.data(), set.size(), waits ? nullptr : &soon, nullptr) == -1 && errno != EINTR) {
    s.over = true;
    s.exit_code = exit_broken;
    return;
  }
  for (size_t i = 0; i < names.size(); i++) {
    member* m = s.peers.find(names[i]);  // by name: reading one peer may end another
    if (m == nullptr) continue;
    const pollfd& line = set[2 + 2 * i];
    if ((line.revents & POLLOUT) != 0) s.peers.flush(*m);
    if ((line.revents & (POLLIN | POLLHUP | POLLERR)) != 0) s.peers.receive(*m);
    if (set[3 + 2 * i].revents != 0) s.peers.forked_ended(*m);
  }
  signalfd_siginfo info;
  while (::read(signals, &info, sizeof info) == sizeof info) {
    if (info.ssi_signo != SIGCHLD) s.over = true;
  }
  s.peers.reap();
  if (set[0].revents != 0) read_requests(s);
  settle_endings(s);
  s.asked.remove_if([&](blocked_question& q) { return settle(q, s.peers); });
}

// Ctrl-C in a terminal reaches the whole foreground group: the harness decides then, and only a person who
// types to the agent itself means the agent.
int take_signals() {
  ::signal(SIGPIPE, SIG_IGN);
  sigset_t set;
  sigemptyset(&set);
  for (const int n : {SIGCHLD, SIGTERM, SIGHUP}) sigaddset(&set, n);
  if (::isatty(STDIN_FILENO) == 1) {
    sigaddset(&set, SIGINT);
  } else {
    ::signal(SIGINT, SIG_IGN);
  }
  ::sigprocmask(SIG_BLOCK, &set, nullptr);
  return ::signalfd(-1, &set, SFD_NONBLOCK | SFD_CLOEXEC);
}

void end_everything(agent_state& s, int signals) {
  s.peers.kill_all();
  // What SIGKILL does not end within this time waits inside the kernel, and no agent can do more.
  for (int looks = 0; looks < 2000 && !s.peers.members().empty(); looks++) {
    pollfd wait{signals, POLLIN, 0};
    ::poll(&wait, 1, 1);
    signalfd_siginfo info;
    while (::read(signals, &info, sizeof info) == sizeof info) {
    }
    s.peers.reap();
    for (size_t i = s.peers.members().size(); i-- > 0;) {
      member& m = *s.peers.members()[i];
      if (m.pid <= 0 || process_state_of(m.pid).value_or(process_state{}).state == "zombie")
        s.peers.forked_ended(m);
    }
  }
  if (!s.run.empty()) sweep(s.run);
}

}  // namespace

void write_out(std::string_view text) {
  std::string line(text);
  line += '\n';
  for (size_t at = 0; at < line.size() && !output_failed;) {
    const ssize_t sent = ::write(STDOUT_FILENO, line.data() + at, line.size() - at);
    if (sent == -1 && errno == EAGAIN) {
      pollfd room{STDOUT_FILENO, POLLOUT, 0};
      ::poll(&room, 1, -1);
    } else if (sent == -1 && errno != EINTR) {
      output_failed = true;
    } else if (sent > 0) {
      at += static_cast<size_t>(sent);
    }
  }
}

int run_agent() {
  // Orphans of peers come to the agent, so that they too are ended and reaped.
  ::prctl(PR_SET_CHILD_SUBREAPER, 1);
  const int signals = take_signals();
  if (signals == -1 || !make_counters()) return exit_broken;
  agent_state s;
  while (!s.over && !output_failed) turn(s, signals);
  end_everything(s, signals);
  return s.exit_code;
}

}  // namespace ipcmark
