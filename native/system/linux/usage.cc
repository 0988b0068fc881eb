#include "os/usage.h"

namespace ipcmark {

namespace {

int64_t nanoseconds(const timeval& t) { return t.tv_sec * 1'000'000'000LL + t.tv_usec * 1'000LL; }

usage usage_by(int who) {
  rusage r{};
  ::getrusage(who, &r);
  return usage_of(r);
}

}  // namespace

usage usage_of(const rusage& r) {
  return {
      .user_ns = nanoseconds(r.ru_utime),
      .system_ns = nanoseconds(r.ru_stime),
      .voluntary_switches = r.ru_nvcsw,
      .involuntary_switches = r.ru_nivcsw,
      .minor_faults = r.ru_minflt,
      .max_rss_kib = r.ru_maxrss,
  };
}

usage process_usage() { return usage_by(RUSAGE_SELF); }
usage thread_usage() { return usage_by(RUSAGE_THREAD); }

}  // namespace ipcmark
