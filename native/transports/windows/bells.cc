#include "transports/windows/bells.h"

namespace ipcmark {

attempt wait_for(bell& by, HANDLE object, DWORD milliseconds) {
  by.system_calls++;
  switch (WaitForSingleObject(object, milliseconds)) {
    case WAIT_OBJECT_0:
      return attempt::rung;
    case WAIT_TIMEOUT:
      return attempt::silent;
    case WAIT_ABANDONED:
      return by.failed("WaitForSingleObject", WAIT_ABANDONED), attempt::failed;
    default:
      return by.failed("WaitForSingleObject", GetLastError()), attempt::failed;
  }
}

std::span<const bell_facts> bells() {
  static const bell_facts all[] = {
      event_bell(),
      semaphore_bell(),
      mutex_baton(),
      file_baton(),
  };
  return all;
}

}  // namespace ipcmark
