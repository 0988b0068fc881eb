// Namespaces: a process that leaves those of its parent sees another network, other users, other System V
// objects.
#include <sched.h>

#include "calls/linux/named.h"
#include "calls/linux/table.h"

namespace ipcmark {

namespace {

constexpr call calls[] = {
    plain<::unshare>("unshare", "flags"),
};

constexpr constant known[] = {
    NAMED(CLONE_NEWNET),
    NAMED(CLONE_NEWUSER),
};

}  // namespace

call_group namespace_calls() { return calls; }
constant_group namespace_constants() { return known; }

}  // namespace ipcmark
