// Processes: programs with chosen descriptors, as a shell starts them, and how they ended.
#include <fcntl.h>
#include <signal.h>
#include <sys/prctl.h>
#include <sys/resource.h>
#include <sys/wait.h>
#include <unistd.h>

#include "calls/linux/table.h"

namespace ipcmark {

namespace {

void leave(answer& a, int code) {
  a.silent = true;
  ::_exit(code);
}

using redirections = std::vector<std::pair<int, int>>;

// A program with its words as exec takes them; `self` is the agent.
struct program {
  program(std::string name, std::vector<std::string> arguments) : words(std::move(arguments)) {
    const bool self = name == "self";
    words.insert(words.begin(), self ? "ipcmark-agent" : name);
    path = self ? "/proc/self/exe" : std::move(name);
    for (std::string& w : words) vector.push_back(w.data());
    vector.push_back(nullptr);
  }
  program(const program&) = delete;
  program& operator=(const program&) = delete;

  std::string path;
  std::vector<std::string> words;
  std::vector<char*> vector;
};

// Between fork and exec: what a shell does, and the program dies with the peer that started it.
[[noreturn]] void become(const program& p, const redirections& to) {
  prctl(PR_SET_PDEATHSIG, SIGKILL);
  for (const auto& [from, onto] : to) {
    // dup2 onto itself would leave the close-on-exec flag.
    if (from == onto ? ::fcntl(from, F_SETFD, 0) == -1 : ::dup2(from, onto) == -1) ::_exit(126);
  }
  ::execvp(p.path.c_str(), p.vector.data());
  ::_exit(127);
}

void spawn(answer& a, std::string name, std::vector<std::string> words, std::optional<redirections> to) {
  const program p(std::move(name), std::move(words));
  a.timed([&] {
    const pid_t pid = ::fork();
    if (pid == 0) become(p, to.value_or(redirections{}));
    return pid;
  });
}

void exec_program(answer& a, std::string name, std::vector<std::string> words) {
  const program p(std::move(name), std::move(words));
  a.timed([&] { return ::execvp(p.path.c_str(), p.vector.data()); });
}

void wait_for(answer& a, pid_t pid, std::optional<int> options) {
  int status = 0;
  const pid_t ended = a.timed([&] { return ::waitpid(pid, &status, options.value_or(0)); });
  if (ended <= 0) return;
  if (WIFEXITED(status)) a.out.add("code", WEXITSTATUS(status));
  if (WIFSIGNALED(status)) a.out.add("signal", value_name("SIG", WTERMSIG(status)));
  if (WIFSTOPPED(status)) a.out.add("stopped", value_name("SIG", WSTOPSIG(status)));
  if (WIFCONTINUED(status)) a.out.add("continued", true);
}

void get_limit(answer& a, int resource) {
  rlimit limit{};
  a.timed([&] { return ::getrlimit(static_cast<__rlimit_resource_t>(resource), &limit); });
  if (a.ok()) a.out.add("soft", limit.rlim_cur).add("hard", limit.rlim_max);
}
void set_limit(answer& a, int resource, uint64_t soft, uint64_t hard) {
  const rlimit limit{soft, hard};
  a.timed([&] { return ::setrlimit(static_cast<__rlimit_resource_t>(resource), &limit); });
}

constexpr call calls[] = {
    shaped<leave>("exit", "code"),
    shaped<spawn>("spawn", "program [argument…] [[[from to]…]]"),
    shaped<exec_program>("exec", "program [argument…]"),
    shaped<wait_for>("waitpid", "pid [options]"),
    plain<::getpid>("getpid", ""),
    plain<::getppid>("getppid", ""),
    plain<::sysconf>("sysconf", "name"),
    shaped<get_limit>("getrlimit", "resource"),
    shaped<set_limit>("setrlimit", "resource soft hard"),
};

}  // namespace

call_group process_calls() { return calls; }

}  // namespace ipcmark
