// How a process comes to have memory in its address space. Loads and stores there are the same on both
// systems (core/memory.h).
#include <sys/mman.h>

#include "calls/linux/named.h"
#include "calls/linux/table.h"

namespace ipcmark {

namespace {

constexpr call calls[] = {
    plain<::mmap>("mmap", "address length protection flags descriptor offset"),
    plain<::munmap>("munmap", "address length"),
    plain<::mprotect>("mprotect", "address length protection"),
};

constexpr constant names[] = {
    NAMED(PROT_NONE),           NAMED(PROT_READ),     NAMED(PROT_WRITE), NAMED(PROT_EXEC),
    NAMED(MAP_SHARED),          NAMED(MAP_PRIVATE),   NAMED(MAP_FIXED),  NAMED(MAP_SHARED_VALIDATE),
    NAMED(MAP_FIXED_NOREPLACE), NAMED(MAP_ANONYMOUS), NAMED(MAP_LOCKED), NAMED(MAP_NORESERVE),
    NAMED(MAP_HUGETLB),         NAMED(MAP_POPULATE),  NAMED(MS_SYNC),    NAMED(MS_ASYNC),
    NAMED(MS_INVALIDATE),
};

}  // namespace

call_group memory_calls() { return calls; }
constant_group memory_constants() { return names; }

}  // namespace ipcmark
