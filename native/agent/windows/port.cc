#include "agent/windows/port.h"

namespace ipcmark {

namespace {

// What begins now arrives later even where it has succeeded already; what fails at once does not arrive.
bool begun(BOOL ok, std::unique_ptr<transfer>& t) {
  if (ok == 0 && GetLastError() != ERROR_IO_PENDING) return false;
  (void)t.release();
  return true;
}

}  // namespace

bool port::open() {
  handle_ = unique_handle(CreateIoCompletionPort(INVALID_HANDLE_VALUE, nullptr, 0, 1));
  return static_cast<bool>(handle_);
}

bool port::attach(HANDLE pipe) {
  return CreateIoCompletionPort(pipe, handle_.get(), static_cast<ULONG_PTR>(arrival::transfer), 0) != nullptr;
}

bool port::read(HANDLE pipe, std::unique_ptr<transfer> t) {
  t->overlapped = {};
  const auto size = static_cast<DWORD>(t->bytes.size());
  return begun(ReadFile(pipe, t->bytes.data(), size, nullptr, &t->overlapped), t);
}

bool port::write(HANDLE pipe, std::unique_ptr<transfer> t) {
  t->overlapped = {};
  const auto size = static_cast<DWORD>(t->bytes.size());
  return begun(WriteFile(pipe, t->bytes.data(), size, nullptr, &t->overlapped), t);
}

void port::post_input(std::string text) {
  auto owned = std::make_unique<std::string>(std::move(text));
  const auto key = static_cast<ULONG_PTR>(arrival::input);
  if (PostQueuedCompletionStatus(handle_.get(), 0, key, reinterpret_cast<OVERLAPPED*>(owned.get())) != 0) {
    (void)owned.release();
  }
}

packet port::wait(DWORD milliseconds) {
  packet p;
  ULONG_PTR key = 0;
  OVERLAPPED* overlapped = nullptr;
  p.failed = GetQueuedCompletionStatus(handle_.get(), &p.count, &key, &overlapped, milliseconds) == 0;
  if (overlapped == nullptr && p.failed) return p;  // the time is over
  p.what = static_cast<arrival>(key);
  if (p.what == arrival::transfer) p.done.reset(CONTAINING_RECORD(overlapped, transfer, overlapped));
  if (p.what == arrival::input) p.text.reset(reinterpret_cast<std::string*>(overlapped));
  return p;
}

}  // namespace ipcmark
