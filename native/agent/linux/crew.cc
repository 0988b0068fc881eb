#include "agent/linux/crew.h"

#include <fcntl.h>
#include <signal.h>
#include <sys/prctl.h>
#include <sys/socket.h>
#include <sys/syscall.h>
#include <sys/wait.h>
#include <unistd.h>

#include <algorithm>
#include <cerrno>
#include <cstring>
#include <memory>

#include "agent/agent.h"
#include "agent/linux/channel.h"
#include "agent/linux/counters.h"
#include "agent/linux/exit_event.h"
#include "agent/request.h"
#include "agent/verbs.h"
#include "os/posix_names.h"

namespace ipcmark {

namespace {

std::string in_words(const char* what) { return std::string(what) + ": " + std::strerror(errno); }

// The state that a program finds when a shell starts it, whatever the agent has changed for itself.
void restore_signals() {
  for (int n = 1; n < NSIG; n++) ::signal(n, SIG_DFL);
  sigset_t none;
  sigemptyset(&none);
  ::sigprocmask(SIG_SETMASK, &none, nullptr);
}

void close_all_but(int first, int second) {
  const int low = std::min(first, second), high = std::max(first, second);
  const auto close_range = [](int from, int to) {
    if (from > to) return;
    const auto first = static_cast<unsigned>(from), last = static_cast<unsigned>(to);
    if (::syscall(SYS_close_range, first, last, 0u) == 0) return;
    // Before Linux 5.9 there is no such call.
    const long limit = ::sysconf(_SC_OPEN_MAX);
    for (int n = from; n <= to && n < limit; n++) ::close(n);
  };
  close_range(0, low - 1);
  close_range(low + 1, high - 1);
  close_range(high + 1, INT32_MAX);
}

}  // namespace

member* crew::find(std::string_view name) {
  for (const auto& m : all_) {
    if (m->name == name) return m.get();
  }
  return nullptr;
}

call_counter& crew::counter(const member& m) const { return counter_at(m.slot); }

bool crew::prepare(member& m, int (&channel)[2], int (&lifeline)[2], std::string& why) {
  if (free_slots_.empty() && next_slot_ == most_counters) return why = "too many peers at once", false;
  if (::socketpair(AF_UNIX, SOCK_STREAM | SOCK_CLOEXEC, 0, channel) == -1)
    return why = in_words("socketpair"), false;
  if (::pipe2(lifeline, O_CLOEXEC) == -1) {
    why = in_words("pipe");
    ::close(channel[0]);
    ::close(channel[1]);
    return false;
  }
  if (free_slots_.empty()) free_slots_.push_back(next_slot_++);
  m.slot = free_slots_.back();
  free_slots_.pop_back();
  counter_at(m.slot).entered = counter_at(m.slot).left = 0;
  counter_at(m.slot).pid = 0;
  m.channel = channel[0];
  m.lifeline = lifeline[1];
  m.scope = scope_of(m.name);
  ::fcntl(m.channel, F_SETFL, O_NONBLOCK);
  return true;
}

bool crew::start(std::string_view name, std::string_view start_id, std::string& why) {
  if (find(name) != nullptr) return why = "there is a peer of that name already", false;
  auto m = std::make_unique<member>();
  m->name = name;
  m->start_id = start_id;
  int channel[2], lifeline[2];
  if (!prepare(*m, channel, lifeline, why)) return false;
  const auto led = groups_.find(m->scope);
  const pid_t group = led == groups_.end() ? 0 : led->second;
  m->pid = ::fork();
  if (m->pid == 0) become_peer(*m, channel[1], lifeline[0], group);
  ::close(channel[1]);
  ::close(lifeline[0]);
  if (m->pid == -1) {
    why = in_words("fork");
    drop(*m);
    return false;
  }
  // Both sides set the group, so that it holds whichever of them comes first. A group whose members have all
  // gone cannot be joined: then this peer leads a new one.
  if (group == 0 || ::setpgid(m->pid, group) == -1) {
    ::setpgid(m->pid, m->pid);
    groups_[m->scope] = m->pid;
  }
  all_.push_back(std::move(m));
  return true;
}

void crew::become_peer(member& m, int channel, int lifeline, pid_t group) {
  ::prctl(PR_SET_CHILD_SUBREAPER, 0);
  ::prctl(PR_SET_PDEATHSIG, SIGKILL);
  if (group == 0 || ::setpgid(0, group) == -1) ::setpgid(0, 0);
  restore_signals();
  close_all_but(channel, lifeline);
  channel::system_part line;
  // The own descriptors move up first: one of them may be 0, 1 or 2 when the agent was started without those.
  if (!adopt(line, channel, lifeline)) ::_exit(exit_broken);
  ::open("/dev/null", O_RDWR);
  ::dup2(0, 1);
  ::dup2(0, 2);
  ipcmark::channel c;
  c.system = &line;
  call_counter& counter = counter_at(m.slot);
  counter.pid = ::getpid();
  c.write_line(ready_event(m.name, ::getpid()));
  serve(c, counter, m.name);
  ::_exit(0);
}

bool crew::forward(std::string_view name, std::string_view id, std::string_view verb, std::string_view rest,
                   std::string& why) {
  member* m = find(name);
  if (m == nullptr) return why = "there is no peer '" + std::string(name) + "'", false;
  // It has closed its side, so its end is under way, and the exit event will be the answer.
  if (m->channel == -1) return true;
  std::string line(id);
  line.append(" ").append(verb);
  if (verb == "fork") {
    std::vector<value> given;
    if (!parse_values(rest, given, why)) return false;
    const std::string child = given.size() == 1 ? given[0].text : "";
    if (!is_peer_name(child) || scope_of(child) != m->scope) {
      return why = "fork takes one name, SCOPE/ROLE, of the same scope as its parent", false;
    }
    if (find(child) != nullptr) return why = "there is a peer of that name already", false;
    if (!m->to.empty()) return why = "the peer has not read its earlier requests yet", false;
    auto born = std::make_unique<member>();
    born->name = child;
    born->own_child = false;
    int channel[2], lifeline[2];
    if (!prepare(*born, channel, lifeline, why)) return false;
    line += " " + child + " " + std::to_string(born->slot) + "\n";
    const bool sent = send_with_descriptors(m->channel, line, {channel[1], lifeline[0]});
    ::close(channel[1]);
    ::close(lifeline[0]);
    all_.push_back(std::move(born));
    if (!sent) return why = "the peer does not take requests any more", false;
    find(name)->under_way++;
    return true;
  }
  line.append(rest).append("\n");
  m->to += line;
  m->under_way++;
  flush(*m);
  return true;
}

void crew::flush(member& m) {
  while (!m.to.empty() && m.channel != -1) {
    const ssize_t sent = ::send(m.channel, m.to.data(), m.to.size(), MSG_NOSIGNAL);
    if (sent == -1 && errno == EINTR) continue;
    if (sent == -1) return;  // full, or gone: poll tells
    m.to.erase(0, static_cast<size_t>(sent));
  }
}

void crew::line_from(member& m, std::string_view line) {
  if (!m.ready) {  // a peer's first line is its ready event
    m.ready = true;
    m.pid = static_cast<pid_t>(counter(m).pid.load());
    if (!m.own_child) m.process = static_cast<int>(::syscall(SYS_pidfd_open, m.pid, 0u));
    write_out(line);
    if (!m.start_id.empty()) {
      write_out("{\"id\":" + m.start_id + ",\"ret\":" + std::to_string(m.pid) +
                ",\"ns\":0,\"out\":{\"pid\":" + std::to_string(m.pid) + "}}");
    }
    return;
  }
  m.under_way--;
  write_out(line);
}

void crew::receive(member& m) {
  char piece[65536];
  while (m.channel != -1) {
    const ssize_t got = ::recv(m.channel, piece, sizeof piece, 0);
    if (got == -1 && errno == EINTR) continue;
    if (got == -1 && (errno == EAGAIN || errno == EWOULDBLOCK)) return;
    if (got <= 0) {
      ::close(m.channel);
      m.channel = -1;
      return;
    }
    m.from.append(piece, static_cast<size_t>(got));
    size_t at = 0;
    for (size_t end; (end = m.from.find('\n', at)) != std::string::npos; at = end + 1) {
      line_from(m, std::string_view(m.from).substr(at, end - at));
    }
    m.from.erase(0, at);
  }
}

bool crew::never_born(member& m) {
  if (m.own_child || m.ready || m.channel != -1) return false;
  drop(m);
  return true;
}

// A forked peer whose end no descriptor tells, because the system has no pidfd or its parent was quicker: it
// is looked for once its channel has closed.
bool crew::look_for_unwatched() {
  bool any_left = false;
  for (size_t i = all_.size(); i-- > 0;) {
    member& m = *all_[i];
    if (m.own_child || !m.ready || m.process != -1 || m.channel != -1) continue;
    const bool gone = ::kill(m.pid, 0) == -1 && errno == ESRCH;
    if (gone || look_at_zombie(m.pid)) {
      forked_ended(m);
    } else {
      any_left = true;
    }
  }
  return any_left;
}

void crew::reap() {
  for (;;) {
    int status = 0;
    rusage usage{};
    const pid_t pid = ::wait4(-1, &status, WNOHANG, &usage);
    if (pid <= 0) return;
    const auto found = std::find_if(all_.begin(), all_.end(), [&](const auto& m) { return m->pid == pid; });
    if (found != all_.end())
      ended(**found, status, &usage);  // the rest are orphans of peers, and nobody's news
  }
}

// A peer that another peer forked: its parent may not have waited for it, and then the system still shows how
// it ended.
void crew::forked_ended(member& m) {
  const std::optional<forked_exit> how = look_at_zombie(m.pid);
  if (how && how->parent == ::getpid()) return;  // an orphan that has become ours: SIGCHLD tells
  receive(m);
  write_out(how ? exit_event(m.name, how->status, how->usage) : exit_event_unseen(m.name));
  drop(m);
}

void crew::ended(member& m, int status, const rusage* usage) {
  receive(m);  // what it said last comes first
  if (!m.ready) write_out(refusal(m.start_id, "the peer ended before it was ready"));
  write_out(exit_event(m.name, status, *usage));
  drop(m);
}

void crew::drop(member& m) {
  for (int* descriptor : {&m.channel, &m.lifeline, &m.process}) {
    if (*descriptor != -1) ::close(*descriptor);
    *descriptor = -1;
  }
  free_slots_.push_back(m.slot);
  std::erase_if(all_, [&](const auto& each) { return each.get() == &m; });
}

bool crew::send_signal(std::string_view name, int number, std::string& why) {
  const member* m = find(name);
  if (m == nullptr || m->pid <= 0) return why = "there is no peer '" + std::string(name) + "'", false;
  if (::kill(m->pid, number) == -1) return why = in_words("kill"), false;
  return true;
}

// Programs that peers have started are in the group too.
bool crew::any_left(const std::string& scope) {
  const auto group = groups_.find(scope);
  if (group == groups_.end()) return false;
  const bool peers = std::any_of(all_.begin(), all_.end(), [&](const auto& m) { return m->scope == scope; });
  return peers || ::kill(-group->second, 0) == 0;
}

void crew::kill_scope(const std::string& scope) {
  if (const auto group = groups_.find(scope); group != groups_.end()) ::kill(-group->second, SIGKILL);
  for (const auto& m : all_) {  // one that has left the group
    if (m->scope == scope && m->pid > 0) ::kill(m->pid, SIGKILL);
  }
}

void crew::forget_scope(const std::string& scope) {
  groups_.erase(scope);
  remove_names_of(scope);
}

void crew::kill_all() {
  std::vector<std::string> scopes;
  for (const auto& [scope, group] : groups_) scopes.push_back(scope);
  for (const std::string& scope : scopes) kill_scope(scope);
}

}  // namespace ipcmark
