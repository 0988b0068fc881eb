// The one place where the agent waits: a completion port, at which requests, peers' lines and the ends of
// processes arrive.
#pragma once

#include <cstdint>
#include <memory>
#include <string>

#include "os/handle.h"

namespace ipcmark {

enum class arrival : ULONG_PTR { nothing, input, transfer, job };

// One read or write on a peer's channel. It belongs to the system until it arrives.
struct transfer {
  OVERLAPPED overlapped{};
  uint64_t member = 0;  // by number: the peer may have gone meanwhile
  bool reading = false;
  std::string bytes;
};

struct packet {
  arrival what = arrival::nothing;
  DWORD count = 0;
  bool failed = false;
  std::unique_ptr<transfer> done;     // of a transfer
  std::unique_ptr<std::string> text;  // of input; empty at its end
};

class port {
 public:
  bool open();
  HANDLE handle() const { return handle_.get(); }
  bool attach(HANDLE pipe);
  // Takes the transfer over; false when it could not begin, and then nothing arrives.
  bool read(HANDLE pipe, std::unique_ptr<transfer> t);
  bool write(HANDLE pipe, std::unique_ptr<transfer> t);
  // From any thread.
  void post_input(std::string text);
  packet wait(DWORD milliseconds);

 private:
  unique_handle handle_;
};

}  // namespace ipcmark
