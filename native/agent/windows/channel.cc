#include "agent/windows/channel.h"

namespace ipcmark {

namespace {

constexpr DWORD pipe_buffer = 65536;

std::wstring fresh_name() {
  static int made = 0;
  return L"\\\\.\\pipe\\ipcmark-agent-" + std::to_wstring(GetCurrentProcessId()) + L"-" +
         std::to_wstring(++made);
}

}  // namespace

bool make_channel(channel_ends& ends, bool inheritable) {
  const std::wstring name = fresh_name();
  ends.agent = unique_handle(CreateNamedPipeW(
      name.c_str(), PIPE_ACCESS_DUPLEX | FILE_FLAG_OVERLAPPED | FILE_FLAG_FIRST_PIPE_INSTANCE,
      PIPE_TYPE_BYTE | PIPE_REJECT_REMOTE_CLIENTS, 1, pipe_buffer, pipe_buffer, 0, nullptr));
  if (!ends.agent) return false;
  SECURITY_ATTRIBUTES attributes{sizeof attributes, nullptr, inheritable};
  // Nobody who serves this pipe may act as us: it is our own, but names can be taken.
  constexpr DWORD anonymous = SECURITY_SQOS_PRESENT | SECURITY_ANONYMOUS;
  ends.peer = unique_handle(CreateFileW(name.c_str(), GENERIC_READ | GENERIC_WRITE, 0, &attributes,
                                        OPEN_EXISTING, anonymous, nullptr));
  return static_cast<bool>(ends.peer);
}

bool channel::read_line(std::string& line) {
  for (size_t searched = 0;;) {
    if (const size_t end = system->unread.find('\n', searched); end != std::string::npos) {
      line.assign(system->unread, 0, end);
      system->unread.erase(0, end + 1);
      return true;
    }
    searched = system->unread.size();
    char piece[pipe_buffer];
    DWORD got = 0;
    if (ReadFile(system->pipe.get(), piece, sizeof piece, &got, nullptr) == 0) return false;
    system->unread.append(piece, got);
  }
}

void channel::write_line(std::string line) {
  line += '\n';
  for (size_t at = 0; at < line.size();) {
    DWORD sent = 0;
    const auto left = static_cast<DWORD>(line.size() - at);
    // When the agent has gone, the next read says so.
    if (WriteFile(system->pipe.get(), line.data() + at, left, &sent, nullptr) == 0) return;
    at += sent;
  }
}

}  // namespace ipcmark
