// The Linux agent: one thread that waits for requests, for peers' lines and for their ends, and never for a
// peer.
#include "agent/agent.h"

#include <fcntl.h>
#include <poll.h>
#include <signal.h>
#include <sys/prctl.h>
#include <sys/resource.h>
#include <sys/signalfd.h>
#include <sys/stat.h>
#include <unistd.h>

#include <cerrno>
#include <cstdlib>
#include <cstring>
#include <list>

#include "agent/linux/counters.h"
#include "agent/linux/crew.h"
#include "agent/blocked.h"
#include "agent/endings.h"
#include "agent/verbs.h"
#include "core/call.h"
#include "core/process_state.h"
#include "core/residue.h"
#include "os/temporary.h"

namespace ipcmark {

namespace {

bool output_failed = false;

struct linux_host : agent_host {
  crew peers;
  std::list<ending> endings;          // `end` requests whose processes are not all gone yet
  std::list<blocked_question> asked;  // `blocked` requests without an answer yet

  bool start(std::string_view peer, std::string_view id, std::string& why) override {
    return peers.start(peer, id, why);
  }
  bool forward(std::string_view peer, std::string_view id, std::string_view verb, std::string_view rest,
               std::string& why) override {
    return peers.forward(peer, id, verb, rest, why);
  }
  bool kill(std::string_view peer, std::string& why) override {
    return peers.send_signal(peer, SIGKILL, why);
  }
  bool signal(std::string_view peer, const value& signal, std::string& why) override {
    int number = 0;
    return from_value<int>::convert(signal, number, why) && peers.send_signal(peer, number, why);
  }
  bool ask_blocked(std::string_view peer, std::string_view id, int milliseconds, std::string& why) override {
    if (peers.find(peer) == nullptr) return why = "there is no peer '" + std::string(peer) + "'", false;
    asked.push_back(ask(id, peer, milliseconds));
    return true;
  }
  void end(std::string_view scope, std::string_view id) override {
    peers.kill_scope(std::string(scope));
    endings.push_back({std::string(id), std::string(scope)});
  }
  std::optional<int64_t> pid_of(std::string_view peer) override {
    const member* m = peers.find(peer);
    return m == nullptr || m->pid <= 0 ? std::nullopt : std::optional<int64_t>(m->pid);
  }
  bool open_run(const std::string& run, answer& a, std::string& why) override;

  std::optional<watched> watch(std::string_view peer) {
    const member* m = peers.find(peer);
    if (m == nullptr) return std::nullopt;
    return watched{peers.counter(*m), m->pid, m->under_way};
  }
};

// Where the run's files are made. Others may pass through, for cases in which another user tries to open one.
bool linux_host::open_run(const std::string& run, answer& a, std::string& why) {
  const std::string folder = temporary_folder() + "/" + run;
  if (::mkdir(folder.c_str(), 0711) == -1 && errno != EEXIST) {
    why = "no folder can be made at " + folder + ": " + std::strerror(errno) + "; set " + temporary_variable +
          " to one that can be written";
    return false;
  }
  ::chmod(folder.c_str(), 0711);  // whatever the umask made of it
  ::setenv(run_variable, run.c_str(), 1);
  a.out.add("folder", folder);
  return true;
}

void read_requests(linux_host& h, conversation& c) {
  char piece[65536];
  const ssize_t got = ::read(STDIN_FILENO, piece, sizeof piece);
  if (got == -1 && (errno == EINTR || errno == EAGAIN)) return;
  c.over = c.over || got <= 0;
  if (got > 0) take_input(c, h, {piece, static_cast<size_t>(got)});
}

// Waiting peers are looked at again soon; ends of processes that are no peers are told by nobody.
timespec patience(const linux_host& h) {
  if (!h.asked.empty()) return {0, 300'000};
  return {0, 1'000'000};
}

void turn(linux_host& h, conversation& c, int signals) {
  const timespec soon = patience(h);
  const bool unwatched = h.peers.look_for_unwatched();
  const bool waits = h.asked.empty() && h.endings.empty() && !unwatched;
  std::vector<pollfd> set{{STDIN_FILENO, POLLIN, 0}, {signals, POLLIN, 0}};
  std::vector<std::string> names;
  for (const auto& m : h.peers.members()) {
    const auto wanted = static_cast<short>(m->to.empty() ? POLLIN : POLLIN | POLLOUT);
    set.push_back({m->channel, wanted, 0});
    set.push_back({m->process, POLLIN, 0});
    names.push_back(m->name);
  }
  if (::ppoll(set.data(), set.size(), waits ? nullptr : &soon, nullptr) == -1 && errno != EINTR) {
    c.over = true;
    c.exit_code = exit_broken;
    return;
  }
  for (size_t i = 0; i < names.size(); i++) {
    member* m = h.peers.find(names[i]);  // by name: reading one peer may end another
    if (m == nullptr) continue;
    const pollfd& line = set[2 + 2 * i];
    if ((line.revents & POLLOUT) != 0) h.peers.flush(*m);
    if ((line.revents & (POLLIN | POLLHUP | POLLERR)) != 0) h.peers.receive(*m);
    if (h.peers.never_born(*m)) continue;
    if (set[3 + 2 * i].revents != 0) h.peers.forked_ended(*m);
  }
  signalfd_siginfo info;
  while (::read(signals, &info, sizeof info) == sizeof info) {
    if (info.ssi_signo != SIGCHLD) c.over = true;
  }
  h.peers.reap();
  if (set[0].revents != 0) read_requests(h, c);
  settle_endings(h.endings, h.peers);
  h.asked.remove_if([&](blocked_question& q) { return settle(q, h.watch(q.peer)); });
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

// Cases have peers killed on purpose: no core file stays behind of them. One that wants it can raise its own
// limit.
void leave_no_cores() {
  rlimit cores{};
  ::getrlimit(RLIMIT_CORE, &cores);
  cores.rlim_cur = 0;
  ::setrlimit(RLIMIT_CORE, &cores);
}

void end_everything(linux_host& h, const conversation& c, int signals) {
  h.peers.kill_all();
  // What SIGKILL does not end within this time waits inside the kernel, and no agent can do more.
  for (int looks = 0; looks < 2000 && !h.peers.members().empty(); looks++) {
    pollfd wait{signals, POLLIN, 0};
    ::poll(&wait, 1, 1);
    signalfd_siginfo info;
    while (::read(signals, &info, sizeof info) == sizeof info) {
    }
    h.peers.reap();
    for (size_t i = h.peers.members().size(); i-- > 0;) {
      member& m = *h.peers.members()[i];
      // One whose parent has waited for it is not even a zombie.
      const auto now = m.pid <= 0 ? std::nullopt : process_state_of(m.pid);
      if (!now || now->state == "zombie") h.peers.forked_ended(m);
    }
  }
  settle_endings(h.endings, h.peers);
  if (!c.run.empty()) sweep(c.run);
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
  leave_no_cores();
  const int signals = take_signals();
  if (signals == -1 || !make_counters()) return exit_broken;
  linux_host h;
  conversation c;
  while (!c.over && !output_failed) turn(h, c, signals);
  end_everything(h, c, signals);
  return c.exit_code;
}

}  // namespace ipcmark
