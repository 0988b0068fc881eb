#include "tests/doorbell.h"

#include <sys/eventfd.h>
#include <unistd.h>

namespace ipcmark::tests {

doorbell::doorbell() : handle_(::eventfd(0, EFD_CLOEXEC)) {}
doorbell::~doorbell() { ::close(static_cast<int>(handle_)); }
bell_option doorbell::as_option() const { return {"eventfd", {handle_}}; }

}  // namespace ipcmark::tests
