#include <linux/capability.h>
#include <linux/seccomp.h>
#include <sys/prctl.h>
#include <sys/syscall.h>
#include <sys/utsname.h>
#include <unistd.h>

#include "agent/agent.h"
#include "core/constant.h"

namespace ipcmark {

void describe_system(node& out) {
  utsname u{};
  ::uname(&u);
  out.add("os", "linux").add("system", std::string(u.sysname) + " " + u.release + " " + u.machine);
  out.add("pid", ::getpid()).add("uid", ::geteuid());
  __user_cap_header_struct header{_LINUX_CAPABILITY_VERSION_3, 0};
  __user_cap_data_struct sets[2] = {};
  ::syscall(SYS_capget, &header, sets);
  node names = node::list();
  for (int n = 0; n < 64; n++) {
    if ((sets[n / 32].effective >> n % 32 & 1) == 0) continue;
    const std::string name = value_name("CAP_", n);
    if (name.find('?') == std::string::npos) names.items.emplace_back(name);
  }
  out.add("capabilities", std::move(names));
  // Such a filter may say EPERM in the system's name.
  out.add("filtered", ::prctl(PR_GET_SECCOMP) == SECCOMP_MODE_FILTER);
}

}  // namespace ipcmark
