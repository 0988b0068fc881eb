// ReadFile and WriteFile on a synchronous handle: anonymous pipes and named pipes.
#pragma once

#include "os/windows.h"
#include "transports/transport.h"

namespace ipcmark {

class handle_transport {
 public:
  explicit handle_transport(const link_spec& link) : to_(as_handle(link.to)), from_(as_handle(link.from)) {}
  handle_transport(const handle_transport&) = delete;
  handle_transport& operator=(const handle_transport&) = delete;

  bool send(const char* data, size_t length) {
    for (;;) {
      DWORD n = 0;
      const BOOL sent = WriteFile(to_, data, static_cast<DWORD>(length), &n, nullptr);
      system_calls++;
      if (!sent) return failure = {.call = "WriteFile", .code = GetLastError()}, false;
      if (n == length) [[likely]]
        return true;
      data += n;
      length -= n;
    }
  }
  // A message that is longer than what is asked for fails with ERROR_MORE_DATA: nothing here sends one.
  bool recv(char* data, size_t length) {
    for (;;) {
      DWORD n = 0;
      const BOOL received = ReadFile(from_, data, static_cast<DWORD>(length), &n, nullptr);
      system_calls++;
      if (!received) return failed();
      if (n == length) [[likely]]
        return true;
      data += n;
      length -= n;
    }
  }

  transfer_failure failure;
  uint64_t system_calls = 0;

 private:
  static HANDLE as_handle(int64_t h) { return reinterpret_cast<HANDLE>(static_cast<intptr_t>(h)); }
  bool failed() {
    const DWORD error = GetLastError();
    failure = {.call = "ReadFile", .code = error, .end_of_file = error == ERROR_BROKEN_PIPE};
    return false;
  }

  HANDLE to_;
  HANDLE from_;
};

}  // namespace ipcmark
