// The Windows agent: one thread that waits for requests, for peers' lines and for their ends, and never for a
// peer. A second thread only reads standard input, which may be anything and cannot be waited for together
// with the rest.
#include "agent/agent.h"

#include <list>
#include <thread>

#include "agent/blocked.h"
#include "agent/endings.h"
#include "agent/verbs.h"
#include "agent/windows/crew.h"
#include "core/residue.h"
#include "os/error.h"
#include "os/standard_io.h"
#include "os/temporary.h"
#include "os/text.h"

namespace ipcmark {

namespace {

constexpr size_t piece_size = 65536;

bool output_failed = false;

struct windows_host : agent_host {
  port arrivals;
  crew peers{arrivals};
  std::list<ending> endings;          // `end` requests whose processes are not all gone yet
  std::list<blocked_question> asked;  // `blocked` requests without an answer yet

  bool start(std::string_view peer, std::string_view id, std::string& why) override {
    return peers.start(peer, id, why);
  }
  bool forward(std::string_view peer, std::string_view id, std::string_view verb, std::string_view rest,
               std::string& why) override {
    return peers.forward(peer, id, verb, rest, why);
  }
  bool kill(std::string_view peer, std::string& why) override { return peers.kill(peer, why); }
  bool signal(std::string_view, const value&, std::string& why) override {
    return why = "Windows has no signals; kill ends a peer", false;
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
    return m == nullptr || m->pid == 0 ? std::nullopt : std::optional<int64_t>(m->pid);
  }
  bool open_run(const std::string& run, answer& a, std::string& why) override;

  std::optional<watched> watch(std::string_view peer) {
    const member* m = peers.find(peer);
    if (m == nullptr) return std::nullopt;
    return watched{peers.counter(*m), m->pid, m->under_way};
  }
};

bool windows_host::open_run(const std::string& run, answer& a, std::string& why) {
  const std::wstring folder = temporary_folder() + L"\\" + wide(run);
  if (CreateDirectoryW(folder.c_str(), nullptr) == 0 && GetLastError() != ERROR_ALREADY_EXISTS) {
    return why = "no folder can be made at " + narrow(folder) + ": " + error_name(GetLastError()) + "; set " +
                 temporary_variable + " to one that can be written",
           false;
  }
  SetEnvironmentVariableW(wide(run_variable).c_str(), wide(run).c_str());
  a.out.add("folder", narrow(folder));
  return true;
}

void turn(windows_host& h, conversation& c) {
  // Waiting peers are looked at again soon. Ends are announced, but the system does not promise to announce
  // every one.
  const bool looks_again = !h.asked.empty() || !h.endings.empty() || h.peers.any_leaving();
  packet p = h.arrivals.wait(looks_again ? 1 : INFINITE);
  if (p.what == arrival::transfer) h.peers.arrived(p);
  if (p.what == arrival::input) {
    c.over = c.over || p.text->empty();
    take_input(c, h, *p.text);
  }
  h.peers.reap();
  settle_endings(h.endings, h.peers);
  h.asked.remove_if([&](blocked_question& q) { return settle(q, h.watch(q.peer)); });
}

void end_everything(windows_host& h, const conversation& c) {
  h.peers.kill_all();
  // What does not end within this time waits inside the kernel, and no agent can do more.
  for (int looks = 0; looks < 2000 && !h.peers.empty(); looks++) {
    packet p = h.arrivals.wait(1);
    if (p.what == arrival::transfer) h.peers.arrived(p);
    h.peers.reap();
  }
  settle_endings(h.endings, h.peers);
  if (!c.run.empty()) sweep(c.run);
}

// Ctrl-C in a console reaches every process in it: the harness decides then.
BOOL WINAPI leave_it_to_the_harness(DWORD event) {
  return event == CTRL_C_EVENT || event == CTRL_BREAK_EVENT;
}

}  // namespace

void write_out(std::string_view text) {
  std::string line(text);
  line += '\n';
  output_failed = output_failed || !write_standard_output(line);
}

int run_agent() {
  SetErrorMode(SEM_FAILCRITICALERRORS | SEM_NOGPFAULTERRORBOX);
  if (GetFileType(GetStdHandle(STD_INPUT_HANDLE)) != FILE_TYPE_CHAR) {
    SetConsoleCtrlHandler(leave_it_to_the_harness, TRUE);
  }
  static windows_host h;  // static: the reading thread posts to it until the process ends
  if (!h.arrivals.open() || !h.peers.open()) return exit_broken;
  std::thread([] {
    for (std::string piece; read_standard_input(piece, piece_size) && !piece.empty();)
      h.arrivals.post_input(piece);
    h.arrivals.post_input({});
    Sleep(INFINITE);  // to end while the process does is a race: under Wine one in a hundred was killed by it
  }).detach();
  conversation c;
  while (!c.over && !output_failed) turn(h, c);
  end_everything(h, c);
  // All has been said, and nothing is left that an orderly exit would tidy up while the other thread waits.
  TerminateProcess(GetCurrentProcess(), static_cast<UINT>(c.exit_code));
  return c.exit_code;
}

}  // namespace ipcmark
