// Who a process is and what it may do.
#include <grp.h>
#include <linux/capability.h>
#include <sys/syscall.h>
#include <unistd.h>

#include "calls/linux/table.h"

namespace ipcmark {

namespace {

void set_groups(answer& a, std::vector<gid_t> groups) {
  a.timed([&] { return ::setgroups(groups.size(), groups.data()); });
}

// Gives one capability up for good, as a program does that has no need of it. glibc has no wrappers.
void drop_capability(answer& a, int capability) {
  __user_cap_header_struct header{_LINUX_CAPABILITY_VERSION_3, 0};
  __user_cap_data_struct sets[2] = {};
  if (a.timed([&] { return ::syscall(SYS_capget, &header, sets); }) == -1) return;
  if (capability < 0 || capability > 63)
    return a.refuse("drop-capability: a capability's number is at most 63");
  const uint32_t bit = 1u << (capability % 32);
  sets[capability / 32].effective &= ~bit;
  sets[capability / 32].permitted &= ~bit;
  a.timed([&] { return ::syscall(SYS_capset, &header, sets); });
}

constexpr call calls[] = {
    plain<::getuid>("getuid", ""),
    plain<::geteuid>("geteuid", ""),
    plain<::getegid>("getegid", ""),
    plain<::setresuid>("setresuid", "real effective saved"),
    plain<::setresgid>("setresgid", "real effective saved"),
    shaped<set_groups>("setgroups", "[gid…]"),
    shaped<drop_capability>("drop-capability", "capability"),
};

}  // namespace

call_group privilege_calls() { return calls; }

}  // namespace ipcmark
