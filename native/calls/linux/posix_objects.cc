// What POSIX gives a name of the form `/name`: semaphores and shared memory; and the memory of Linux that has
// none. A semaphore is known by its address, which is what sem_open answers.
#include <fcntl.h>
#include <limits.h>
#include <semaphore.h>
#include <sys/mman.h>
#include <unistd.h>

#include "calls/linux/deadline.h"
#include "calls/linux/named.h"
#include "calls/linux/table.h"

namespace ipcmark {

namespace {

sem_t* semaphore_at(void* address) { return static_cast<sem_t*>(address); }

template <auto F>
int on_semaphore(void* address) {
  return F(semaphore_at(address));
}

// Answers an address, and -1 as every other call where sem_open says SEM_FAILED.
void open_semaphore(answer& a, std::string name, int flags, std::optional<mode_t> mode,
                    std::optional<unsigned> value) {
  a.timed([&] {
    sem_t* const opened = ::sem_open(name.c_str(), flags, mode.value_or(0), value.value_or(0));
    return opened == SEM_FAILED ? intptr_t{-1} : reinterpret_cast<intptr_t>(opened);
  });
}

int initialise_semaphore(void* address, int shared, unsigned value) {
  return ::sem_init(semaphore_at(address), shared, value);
}

void get_value(answer& a, void* address) {
  int value = 0;
  a.timed([&] { return ::sem_getvalue(semaphore_at(address), &value); });
  if (a.ok()) a.out.add("value", value);
}

// Waits at most so many milliseconds from now; a negative number is a deadline in the past.
void wait_until(answer& a, void* address, int milliseconds) {
  a.timed([&] {
    const timespec deadline = deadline_in(milliseconds);
    return ::sem_timedwait(semaphore_at(address), &deadline);
  });
}

constexpr call calls[] = {
    shaped<open_semaphore>("sem_open", "name flags [mode value]"),
    plain<on_semaphore<::sem_close>>("sem_close", "semaphore"),
    plain<::sem_unlink>("sem_unlink", "name"),
    plain<initialise_semaphore>("sem_init", "address shared value"),
    plain<on_semaphore<::sem_post>>("sem_post", "semaphore"),
    plain<on_semaphore<::sem_wait>>("sem_wait", "semaphore"),
    plain<on_semaphore<::sem_trywait>>("sem_trywait", "semaphore"),
    shaped<wait_until>("sem_timedwait", "semaphore milliseconds"),
    shaped<get_value>("sem_getvalue", "semaphore"),
    plain<::shm_open>("shm_open", "name flags mode"),
    plain<::shm_unlink>("shm_unlink", "name"),
    plain<::memfd_create>("memfd_create", "name flags"),
    plain<::fallocate>("fallocate", "descriptor mode offset length"),
};

constexpr constant names[] = {
    NAMED(SEM_VALUE_MAX), NAMED(_SC_SEM_VALUE_MAX), NAMED(MFD_CLOEXEC),  NAMED(MFD_ALLOW_SEALING),
    NAMED(MFD_HUGETLB),   NAMED(F_ADD_SEALS),       NAMED(F_GET_SEALS),  NAMED(F_SEAL_SEAL),
    NAMED(F_SEAL_SHRINK), NAMED(F_SEAL_GROW),       NAMED(F_SEAL_WRITE), NAMED(F_SEAL_FUTURE_WRITE),
};

}  // namespace

call_group posix_object_calls() { return calls; }
constant_group posix_object_constants() { return names; }

}  // namespace ipcmark
