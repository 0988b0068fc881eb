#include "tests/doorbell.h"

#include "os/windows.h"

namespace ipcmark::tests {

namespace {
HANDLE as_handle(int64_t h) { return reinterpret_cast<HANDLE>(static_cast<intptr_t>(h)); }
}  // namespace

doorbell::doorbell()
    : handle_(
          static_cast<int64_t>(reinterpret_cast<intptr_t>(CreateEventW(nullptr, FALSE, FALSE, nullptr)))) {}
doorbell::~doorbell() { CloseHandle(as_handle(handle_)); }
bell_option doorbell::as_option() const { return {"win-event", {handle_}}; }

}  // namespace ipcmark::tests
