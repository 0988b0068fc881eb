// Locks on ranges of files. They belong to the process and the handle by which they were acquired.
#include "calls/windows/named.h"
#include "calls/windows/overlapped.h"

namespace ipcmark {

namespace {

struct range {
  uint64_t start = 0, length = 0;
  DWORD low() const { return static_cast<DWORD>(length & MAXDWORD); }
  DWORD high() const { return static_cast<DWORD>(length >> 32); }
};

void place(OVERLAPPED& at, uint64_t start) {
  at.Offset = static_cast<DWORD>(start & MAXDWORD);
  at.OffsetHigh = static_cast<DWORD>(start >> 32);
}

void lock_file(answer& a, HANDLE file, DWORD flags, uint64_t start, uint64_t length,
               maybe_overlapped overlapped) {
  operation o;
  o.file = file;
  place(o.overlapped, start);
  const range r{start, length};
  carry_out(a, std::move(o), overlapped, [&](operation& under_way, OVERLAPPED*) {
    return LockFileEx(under_way.file, flags, 0, r.low(), r.high(), &under_way.overlapped);
  });
}

BOOL unlock_file(HANDLE file, uint64_t start, uint64_t length) {
  const range r{start, length};
  return UnlockFile(file, static_cast<DWORD>(start & MAXDWORD), static_cast<DWORD>(start >> 32), r.low(),
                    r.high());
}

BOOL unlock_file_ex(HANDLE file, uint64_t start, uint64_t length) {
  OVERLAPPED at{};
  place(at, start);
  const range r{start, length};
  return UnlockFileEx(file, 0, r.low(), r.high(), &at);
}

constexpr call calls[] = {
    shaped<lock_file>("LockFileEx", "handle flags start length [overlapped]"),
    plain<unlock_file>("UnlockFile", "handle start length"),
    plain<unlock_file_ex>("UnlockFileEx", "handle start length"),
};

constexpr constant names[] = {NAMED(LOCKFILE_EXCLUSIVE_LOCK), NAMED(LOCKFILE_FAIL_IMMEDIATELY)};

}  // namespace

call_group lock_calls() { return calls; }
constant_group lock_constants() { return names; }

}  // namespace ipcmark
