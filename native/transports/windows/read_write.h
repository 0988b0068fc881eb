// ReadFile and WriteFile on a synchronous handle: anonymous pipes, named pipes and mailslots. Such a handle
// waits in its calls. Whether something is there can be asked beforehand, and is, by who does not want to
// wait for it in ReadFile; that there is room cannot.
#pragma once

#include "os/windows.h"
#include "transports/transport.h"
#include "transports/windows/patience.h"

namespace ipcmark {

class handle_transport {
 public:
  explicit handle_transport(const link_spec& link)
      : to_(as_handle(link.to)), from_(as_handle(link.from)), wait_(link.options.wait) {
    if (wait_ == waiting::epoll)
      unsupported =
          "no call of Windows tells when a synchronous pipe or mailslot is ready; its own calls wait";
    if (link.from != no_handle) is_mailslot_ = GetMailslotInfo(from_, nullptr, nullptr, nullptr, nullptr);
  }
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
      if (wait_ != waiting::block && !there()) [[unlikely]]
        return false;
      DWORD n = 0;
      const BOOL received = ReadFile(from_, data, static_cast<DWORD>(length), &n, nullptr);
      system_calls++;
      if (!received) return failed("ReadFile");
      if (n == length) [[likely]]
        return true;
      data += n;
      length -= n;
    }
  }

  std::string unsupported;
  transfer_failure failure;
  uint64_t system_calls = 0;

 private:
  static HANDLE as_handle(int64_t h) { return reinterpret_cast<HANDLE>(static_cast<intptr_t>(h)); }
  bool failed(const char* call) {
    const DWORD error = GetLastError();
    failure = {.call = call, .code = error, .end_of_file = error == ERROR_BROKEN_PIPE};
    return false;
  }

  // Until something is there, or ReadFile is to wait for it.
  bool there() {
    for (unsigned tries = 0; !may_block(wait_, tries); tries++) {
      bool found = false;
      if (!ask(found)) return false;
      if (found) return true;
      give_way(wait_, system_calls);
    }
    return true;
  }
  bool ask(bool& found) {
    system_calls++;
    if (is_mailslot_) {
      DWORD next_size = MAILSLOT_NO_MESSAGE;
      if (!GetMailslotInfo(from_, nullptr, &next_size, nullptr, nullptr)) return failed("GetMailslotInfo");
      found = next_size != MAILSLOT_NO_MESSAGE;
    } else {
      DWORD available = 0;
      if (!PeekNamedPipe(from_, nullptr, 0, nullptr, &available, nullptr)) return failed("PeekNamedPipe");
      found = available > 0;
    }
    return true;
  }

  HANDLE to_;
  HANDLE from_;
  waiting wait_;
  bool is_mailslot_ = false;
};

}  // namespace ipcmark
