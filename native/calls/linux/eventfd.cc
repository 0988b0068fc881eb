// The eventfd: a counter of 64 bits behind a descriptor. It is read and written as eight bytes, and these
// calls write and read numbers.
#include <sys/eventfd.h>
#include <unistd.h>

#include "calls/linux/named.h"
#include "calls/linux/table.h"

namespace ipcmark {

namespace {

// JSON's readers hold numbers exactly up to here; what is larger is given as text.
constexpr uint64_t largest_exact = uint64_t{1} << 53;

void write_number(answer& a, int descriptor, uint64_t number) {
  a.timed([&] { return ::write(descriptor, &number, sizeof number); });
}

void read_number(answer& a, int descriptor) {
  uint64_t number = 0;
  a.timed([&] { return ::read(descriptor, &number, sizeof number); });
  if (a.ok()) a.out.add("value", number <= largest_exact ? node(number) : node(std::to_string(number)));
}

constexpr call calls[] = {
    plain<::eventfd>("eventfd", "initial-value flags"),
    shaped<write_number>("eventfd-write", "descriptor number"),
    shaped<read_number>("eventfd-read", "descriptor"),
};

constexpr constant names[] = {
    NAMED(EFD_SEMAPHORE),
    NAMED(EFD_NONBLOCK),
    NAMED(EFD_CLOEXEC),
};

}  // namespace

call_group eventfd_calls() { return calls; }
constant_group eventfd_constants() { return names; }

}  // namespace ipcmark
