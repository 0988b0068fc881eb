#include "os/cpu.h"

#include <fcntl.h>
#include <signal.h>
#include <sys/prctl.h>
#include <sys/syscall.h>
#include <sys/wait.h>
#include <unistd.h>

#include <algorithm>
#include <cerrno>
#include <charconv>
#include <string_view>

#include "os/error.h"
#include "os/proc.h"

namespace ipcmark {

namespace {

int number_or(std::string_view text, int otherwise) {
  int number = 0;
  return std::from_chars(text.data(), text.data() + text.size(), number).ec == std::errc() ? number
                                                                                           : otherwise;
}

// `0-3,8` as the kernel writes it.
std::vector<int> cpus_of(std::string_view list) {
  std::vector<int> cpus;
  while (!list.empty()) {
    const size_t comma = std::min(list.find(','), list.size());
    const std::string_view range = list.substr(0, comma);
    const int first = number_or(range, -1);
    const size_t dash = range.find('-');
    const int last = dash == std::string_view::npos ? first : number_or(range.substr(dash + 1), first);
    for (int cpu = first; cpu >= 0 && cpu <= last; cpu++) cpus.push_back(cpu);
    list.remove_prefix(std::min(comma + 1, list.size()));
  }
  return cpus;
}

const std::string cpu_folder = "/sys/devices/system/cpu/";

int node_of(int cpu) {
  const std::string folder = "/sys/devices/system/node/";
  for (const int node : cpus_of(read_proc(folder + "online"))) {
    const std::vector<int> cpus = cpus_of(read_proc(folder + "node" + std::to_string(node) + "/cpulist"));
    if (std::ranges::find(cpus, cpu) != cpus.end()) return node;
  }
  return 0;
}

// Caches are listed from the nearest on, so the last one that is there is the widest.
int widest_cache_of(int cpu) {
  const std::string folder = cpu_folder + "cpu" + std::to_string(cpu) + "/cache/index";
  int cache = cpu;
  for (int index = 0;; index++) {
    const std::string shared = read_proc(folder + std::to_string(index) + "/shared_cpu_list");
    if (shared.empty()) return cache;
    cache = number_or(shared, cpu);
  }
}

// ----------------------------------------------------------------------------------------- staying awake

// Whether a processor idles by polling when no latency is tolerated; without such a state the request
// changes nothing.
bool can_poll(int cpu) {
  return read_proc(cpu_folder + "cpu" + std::to_string(cpu) + "/cpuidle/state0/name").starts_with("POLL");
}

// The request stands for as long as the descriptor is open. -1 where the system does not let us.
int request_no_latency() {
  const int fd = ::open("/dev/cpu_dma_latency", O_WRONLY | O_CLOEXEC);
  const int32_t microseconds = 0;
  if (fd >= 0 && ::write(fd, &microseconds, sizeof microseconds) == sizeof microseconds) return fd;
  if (fd >= 0) ::close(fd);
  return -1;
}

void close_everything() {
  if (::syscall(SYS_close_range, 0u, ~0u, 0u) == 0) return;
  for (int fd = 0, most = static_cast<int>(::sysconf(_SC_OPEN_MAX)); fd < most; fd++) ::close(fd);
}

// The child. Says over `ready` how it went, 0 or an errno, lets go of every descriptor (a pipe's end among
// them would keep that pipe from its end of file), and spins until it is killed.
[[noreturn]] void spin(int cpu, pid_t parent, int ready) {
  ::prctl(PR_SET_PDEATHSIG, SIGKILL);
  ::prctl(PR_SET_NAME, "ipcmark-awake");
  if (::getppid() != parent) ::_exit(0);  // it was gone before the kernel was told
  cpu_mask only;
  int error = 0;
  const sched_param none{};
  CPU_SET_S(static_cast<size_t>(cpu), only.size(), only.set());
  if (::sched_setaffinity(0, only.size(), only.set()) != 0 || ::sched_setscheduler(0, SCHED_IDLE, &none) != 0)
    error = errno;
  if (::write(ready, &error, sizeof error) != sizeof error || error != 0) ::_exit(1);
  close_everything();
  for (;;) {
#if defined(__x86_64__) || defined(__i386__)
    __builtin_ia32_pause();
#else
    asm volatile("" ::: "memory");
#endif
  }
}

// 0, or the error that kept it from spinning; `started` has it either way, to be reaped.
int start_spinner(int cpu, std::vector<pid_t>& started) {
  int ready[2];
  if (::pipe2(ready, O_CLOEXEC) != 0) return errno;
  const pid_t parent = ::getpid();
  const pid_t child = ::fork();
  if (child == 0) spin(cpu, parent, ready[1]);
  int error = child < 0 ? errno : 0;
  ::close(ready[1]);
  if (child > 0) started.push_back(child);
  if (child > 0 && ::read(ready[0], &error, sizeof error) != sizeof error) error = ECHILD;
  ::close(ready[0]);
  return error;
}

}  // namespace

std::vector<cpu_place> cpu_topology() {
  std::vector<cpu_place> places;
  for (const int cpu : cpus_of(read_proc(cpu_folder + "online"))) {
    const std::string topology = cpu_folder + "cpu" + std::to_string(cpu) + "/topology/";
    places.push_back({
        .cpu = cpu,
        .core = number_or(read_proc(topology + "thread_siblings_list"), cpu),
        .package = std::max(0, number_or(read_proc(topology + "physical_package_id"), 0)),
        .node = node_of(cpu),
        .cache = widest_cache_of(cpu),
    });
  }
  // A sandbox may hide /sys: then each processor is taken for a core of its own.
  if (places.empty()) {
    for (const int cpu : allowed_cpus()) places.push_back({.cpu = cpu, .core = cpu, .cache = cpu});
  }
  return places;
}

std::vector<int> allowed_cpus() {
  std::vector<int> cpus;
  cpu_mask mask;
  if (::sched_getaffinity(0, mask.size(), mask.set()) != 0) return cpus;
  for (size_t cpu = 0; cpu < mask.size() * 8; cpu++) {
    if (CPU_ISSET_S(cpu, mask.size(), mask.set())) cpus.push_back(static_cast<int>(cpu));
  }
  return cpus;
}

bool pinned::pin(int cpu) {
  cpu_mask only;
  if (cpu < 0 || static_cast<size_t>(cpu) >= only.size() * 8) return errno = EINVAL, false;
  if (!pinned_ && ::sched_getaffinity(0, before_.size(), before_.set()) != 0) return false;
  CPU_SET_S(static_cast<size_t>(cpu), only.size(), only.set());
  if (::sched_setaffinity(0, only.size(), only.set()) != 0) return false;
  return pinned_ = true;
}

pinned::~pinned() {
  if (pinned_) ::sched_setaffinity(0, before_.size(), before_.set());
}

bool awake_cores::keep(std::span<const int> cpus, std::string& why) {
  if (cpus.empty()) return true;
  if (std::ranges::all_of(cpus, can_poll)) latency_request_ = request_no_latency();
  by_ = latency_request_ >= 0 ? "cpu-dma-latency" : "idle-priority-spinner";
  if (latency_request_ >= 0) return true;
  return std::ranges::all_of(cpus, [&](int cpu) {
    const int error = start_spinner(cpu, spinners_);
    if (error != 0) why = "processor " + std::to_string(cpu) + " cannot be kept awake: " + error_name(error);
    return error == 0;
  });
}

awake_cores::~awake_cores() {
  if (latency_request_ >= 0) ::close(latency_request_);
  for (const pid_t spinner : spinners_) {
    // Where others keep the processor busy, an idle priority would have it wait its turn even to die.
    const sched_param none{};
    ::sched_setscheduler(spinner, SCHED_OTHER, &none);
    ::kill(spinner, SIGKILL);
    while (::waitpid(spinner, nullptr, 0) < 0 && errno == EINTR) {
    }
  }
}

}  // namespace ipcmark
