#include "agent/windows/crew.h"

#include <algorithm>

#include "agent/request.h"
#include "agent/verbs.h"
#include "agent/windows/counters.h"
#include "agent/windows/deposit.h"
#include "agent/windows/exit_event.h"
#include "agent/windows/peer_process.h"

namespace ipcmark {

namespace {

// Wine now and then loses a process at its birth and says ERROR_INTERNAL_ERROR. Starting a peer is the
// agent's own work and no claim on trial, so it tries again.
constexpr int attempts = 3;

bool born(prepared_process& prepared, PROCESS_INFORMATION& started) {
  for (int left = attempts; left > 0; left--) {
    if (prepared.start(started) != 0) return true;
    if (GetLastError() != ERROR_INTERNAL_ERROR) return false;
  }
  return false;
}

constexpr size_t piece_size = 65536;

bool refused_by_system(const char* what, std::string& why) {
  return why = std::string(what) + ": " + error_name(GetLastError()), false;
}

}  // namespace

bool crew::open() {
  SECURITY_ATTRIBUTES inheritable{sizeof inheritable, nullptr, TRUE};
  null_device_ =
      unique_handle(CreateFileW(L"NUL", GENERIC_READ | GENERIC_WRITE, FILE_SHARE_READ | FILE_SHARE_WRITE,
                                &inheritable, OPEN_EXISTING, 0, nullptr));
  return null_device_ && make_counters(section_);
}

member* crew::find(std::string_view name) {
  for (const auto& m : all_) {
    if (m->name == name) return m.get();
  }
  return nullptr;
}

call_counter& crew::counter(const member& m) const { return counter_at(m.slot); }

bool crew::prepare(member& m, channel_ends& ends, bool inheritable, std::string& why) {
  if (free_slots_.empty() && next_slot_ == most_counters) return why = "too many peers at once", false;
  if (!make_channel(ends, inheritable)) return refused_by_system("CreateNamedPipe", why);
  m.wire = std::move(ends.agent);
  if (!port_.attach(m.wire.get())) return refused_by_system("CreateIoCompletionPort", why);
  if (free_slots_.empty()) free_slots_.push_back(next_slot_++);
  m.slot = free_slots_.back();
  free_slots_.pop_back();
  counter_at(m.slot).entered = counter_at(m.slot).left = 0;
  counter_at(m.slot).pid = 0;
  m.number = ++latest_number_;
  m.scope = scope_of(m.name);
  return true;
}

bool crew::start(std::string_view name, std::string_view start_id, std::string& why) {
  if (find(name) != nullptr) return why = "there is a peer of that name already", false;
  auto m = std::make_unique<member>();
  m->name = name;
  m->start_id = start_id;
  channel_ends ends;
  if (!prepare(*m, ends, true, why)) return false;
  member& made = *all_.emplace_back(std::move(m));
  if (begin(made, ends.peer.get(), why) && listen(made, why)) return true;
  drop(made);
  return false;
}

bool crew::begin(member& m, HANDLE peers_end, std::string& why) {
  process_plan plan = peer_plan(m.name, m.slot, peers_end, section_.get());
  // It has its channel, the counters and the null device, and nothing else of the agent's.
  plan.inherited = {peers_end, section_.get()};
  plan.standard = {null_device_.get(), null_device_.get(), null_device_.get()};
  plan.flags |= CREATE_SUSPENDED;
  prepared_process prepared(std::move(plan));
  PROCESS_INFORMATION started{};
  if (!born(prepared, started)) return refused_by_system("CreateProcess", why);
  const unique_handle thread(started.hThread);
  m.process = unique_handle(started.hProcess);
  m.pid = started.dwProcessId;
  if (join_job(m, why)) {
    if (ResumeThread(thread.get()) != static_cast<DWORD>(-1)) return true;
    refused_by_system("ResumeThread", why);
  }
  TerminateProcess(m.process.get(), killed_code);
  return false;
}

bool crew::join_job(const member& m, std::string& why) {
  const auto [scope, is_new] = jobs_.try_emplace(m.scope);
  if (is_new && !scope->second.open(port_.handle())) {
    refused_by_system("a job for the scope", why);
    // Without its handle it would stand for the agent's own job.
    jobs_.erase(scope);
    return false;
  }
  return scope->second.add(m.process.get()) || refused_by_system("AssignProcessToJobObject", why);
}

bool crew::listen(member& m, std::string& why) {
  auto t = std::make_unique<transfer>();
  t->member = m.number;
  t->reading = true;
  t->bytes.resize(piece_size);
  return port_.read(m.wire.get(), std::move(t)) || refused_by_system("ReadFile of the peer's channel", why);
}

bool crew::send(member& m, std::string line, std::string& why) {
  auto t = std::make_unique<transfer>();
  t->member = m.number;
  t->bytes = std::move(line);
  if (!port_.write(m.wire.get(), std::move(t)))
    return why = "the peer does not take requests any more", false;
  m.under_way++;
  return true;
}

bool crew::forward(std::string_view name, std::string_view id, std::string_view verb, std::string_view rest,
                   std::string& why) {
  member* m = find(name);
  if (m == nullptr || !m->wire) return why = "there is no peer '" + std::string(name) + "'", false;
  if (verb == "fork") return fork(*m, id, rest, why);
  return send(*m, std::string(id).append(" ").append(verb).append(rest).append("\n"), why);
}

bool crew::fork(member& parent, std::string_view id, std::string_view rest, std::string& why) {
  std::vector<value> named;  // a word, or a text in quotes
  if (!parse_values(take_word(rest), named, why)) return false;
  const std::string child = named.size() == 1 ? named[0].text : "";
  if (!is_peer_name(child) || scope_of(child) != parent.scope) {
    return why = "fork takes a name, SCOPE/ROLE, of the same scope as its parent", false;
  }
  if (find(child) != nullptr) return why = "there is a peer of that name already", false;
  if (!parent.process) return why = "the peer is not ready yet", false;
  auto born = std::make_unique<member>();
  born->name = child;
  channel_ends ends;
  if (!prepare(*born, ends, false, why)) return false;
  member& made = *all_.emplace_back(std::move(born));
  if (hand_over(parent, made, ends.peer.get(), id, rest, why)) return true;
  drop(made);
  return false;
}

// What is put into the parent is the child's: the parent closes it when the child has it.
bool crew::hand_over(member& parent, member& child, HANDLE childs_end, std::string_view id,
                     std::string_view rest, std::string& why) {
  deposit given(parent.process.get());
  HANDLE channel = nullptr, counters = nullptr;
  if (!given.put(childs_end, channel) || !given.put(section_.get(), counters)) {
    return refused_by_system("DuplicateHandle into the parent", why);
  }
  std::string line(id);
  line.append(" fork ").append(child.name).append(" " + std::to_string(child.slot));
  line.append(" " + std::to_string(as_integer(channel)) + " " + std::to_string(as_integer(counters)));
  line.append(rest).append("\n");
  if (!listen(child, why) || !send(parent, std::move(line), why)) return false;
  given.leave();
  return true;
}

void crew::arrived(packet& p) {
  const uint64_t number = p.done->member;
  const auto found =
      std::find_if(all_.begin(), all_.end(), [&](const auto& m) { return m->number == number; });
  if (found == all_.end() || !p.done->reading) return;
  member& m = **found;
  if (p.failed) return m.wire = unique_handle(), void();
  m.from.append(p.done->bytes, 0, p.count);
  size_t at = 0;
  for (size_t end; (end = m.from.find('\n', at)) != std::string::npos; at = end + 1) {
    line_from(m, std::string_view(m.from).substr(at, end - at));
  }
  m.from.erase(0, at);
  if (!port_.read(m.wire.get(), std::move(p.done))) m.wire = unique_handle();
}

void crew::line_from(member& m, std::string_view line) {
  if (!m.ready) return ready(m, line);
  m.under_way--;
  write_out(line);
}

// A peer's first line is its ready event. It is alive while it waits for its first request, so its number is
// its own still.
void crew::ready(member& m, std::string_view line) {
  m.ready = true;
  m.pid = static_cast<DWORD>(counter(m).pid.load());
  if (!m.process) {
    constexpr DWORD rights =
        PROCESS_TERMINATE | PROCESS_DUP_HANDLE | PROCESS_QUERY_INFORMATION | PROCESS_VM_READ | SYNCHRONIZE;
    m.process = unique_handle(OpenProcess(rights, FALSE, m.pid));
  }
  write_out(line);
  if (m.start_id.empty()) return;
  answer a;
  a.ret = m.pid;
  a.out.add("pid", m.pid);
  write_out(a.json(m.start_id));
}

// A peer's last lines come before its end does: its channel is at its end only when they have been read.
void crew::reap() {
  for (size_t i = all_.size(); i-- > 0;) {
    member& m = *all_[i];
    if (m.wire) continue;
    if (m.process && WaitForSingleObject(m.process.get(), 0) == WAIT_TIMEOUT) continue;
    // One that never was ready was never told of: its parent could not start it.
    if (m.ready || !m.start_id.empty()) write_out(exit_event(m.name, m.process.get()));
    if (!m.ready && !m.start_id.empty()) write_out(refusal(m.start_id, "the peer ended before it was ready"));
    drop(m);
  }
}

bool crew::any_leaving() const {
  return std::any_of(all_.begin(), all_.end(), [](const auto& m) { return !m->wire; });
}

void crew::drop(member& m) {
  free_slots_.push_back(m.slot);
  std::erase_if(all_, [&](const auto& each) { return each.get() == &m; });
}

bool crew::kill(std::string_view name, std::string& why) {
  member* m = find(name);
  if (m == nullptr || !m->process) return why = "there is no peer '" + std::string(name) + "'", false;
  // One that is about to end by itself may refuse to be killed.
  if (TerminateProcess(m->process.get(), killed_code) == 0 && GetLastError() != ERROR_ACCESS_DENIED) {
    return refused_by_system("TerminateProcess", why);
  }
  return true;
}

// Programs that peers have started are in the job too.
bool crew::any_left(const std::string& scope) const {
  const bool peers = std::any_of(all_.begin(), all_.end(), [&](const auto& m) { return m->scope == scope; });
  const auto found = jobs_.find(scope);
  return peers || (found != jobs_.end() && !found->second.empty());
}

void crew::kill_scope(const std::string& scope) {
  if (const auto found = jobs_.find(scope); found != jobs_.end()) found->second.kill();
}

void crew::kill_all() {
  for (auto& [scope, processes] : jobs_) processes.kill();
}

}  // namespace ipcmark
