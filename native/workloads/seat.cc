#include "workloads/seat.h"

#include <string>

#include "os/error.h"

namespace ipcmark {

bool seat::take(const workload_options& o, answer& a) {
  std::string why;
  if (o.cpu >= 0 && !here_.pin(o.cpu)) {
    a.code = last_error();
    why = "processor " + std::to_string(o.cpu) + " is not there, or not allowed: " + error_name(a.code);
  }
  if (why.empty() && awake_.keep(o.awake, why)) return true;
  a.ret = -1;
  a.out.add("unsupported", why);
  return false;
}

void seat::tell(answer& a) const {
  if (*awake_.by() != 0 && a.refused.empty()) a.out.add("awakeBy", awake_.by());
}

}  // namespace ipcmark
