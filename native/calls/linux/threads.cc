// Another thread of the peer, for what only several threads of one process can show: one waits in a call, and
// another acts on what they share.
#include <sched.h>
#include <unistd.h>

#include <atomic>
#include <map>
#include <memory>
#include <thread>

#include "calls/linux/table.h"
#include "core/process_state.h"

namespace ipcmark {

namespace {

struct thread_call {
  std::string name;
  std::vector<value> given;
  answer said;
  std::atomic<pid_t> id = 0;
  std::atomic<bool> returned = false;
  std::thread runs;
};
// Never destroyed: a thread that still waits ends with the process, and nobody joins it.
auto& threads = *new std::map<int64_t, std::unique_ptr<thread_call>>;

// Has a new thread make a call; answers the thread's number.
void start_thread(answer& a, const call& c, arguments given) {
  if (given[0].is != value::kind::text || find_call(given[0].text) == nullptr)
    return detail::wrong_argument(a, c, 0, "a call's name is needed");
  auto made = std::make_unique<thread_call>();
  made->name = given[0].text;
  made->given.assign(given.begin() + 1, given.end());
  made->runs = std::thread([t = made.get()] {
    t->id = ::gettid();
    perform(t->said, t->name, t->given);
    t->returned = true;
  });
  while (made->id == 0) ::sched_yield();
  a.ret = made->id;
  threads[a.ret] = std::move(made);
}

thread_call* thread_named(answer& a, int64_t id) {
  const auto found = threads.find(id);
  if (found != threads.end()) return found->second.get();
  a.refuse("thread " + std::to_string(id) + " was not started, or has been joined");
  return nullptr;
}

// Comes back with 1 as soon as the thread waits inside its call, with 0 when its call has returned. It waits
// when it is found asleep twice and has not been on a processor in between.
void thread_blocked(answer& a, int64_t id) {
  const thread_call* thread = thread_named(a, id);
  std::optional<uint64_t> before;
  while (thread != nullptr && !thread->returned) {
    const std::optional<process_state> seen = process_state_of(id);
    const bool asleep = seen && seen->state == "sleeping" && seen->voluntary_switches;
    if (asleep && before == seen->voluntary_switches) return void(a.ret = 1);
    before = asleep ? seen->voluntary_switches : std::nullopt;
    ::usleep(250);
  }
}

// Waits for the thread's call to return; the answer is what that call said.
void join_thread(answer& a, int64_t id) {
  thread_call* thread = thread_named(a, id);
  if (thread == nullptr) return;
  thread->runs.join();
  a = std::move(thread->said);
  threads.erase(id);
}

constexpr call calls[] = {
    raw("thread", "call argument…", 1, start_thread),
    shaped<thread_blocked>("thread-blocked", "thread"),
    shaped<join_thread>("thread-join", "thread"),
};

}  // namespace

call_group thread_calls() { return calls; }

}  // namespace ipcmark
