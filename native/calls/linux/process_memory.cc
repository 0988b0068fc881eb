// Memory of another process, copied without its help. The caller's side is one buffer; the other's is a list
// of pieces.
#include <sys/uio.h>

#include <atomic>
#include <cstring>

#include "calls/linux/table.h"

namespace ipcmark {

namespace {

using pieces = std::vector<std::pair<uint64_t, length>>;

std::vector<iovec> vectors_of(const pieces& remote) {
  std::vector<iovec> vectors;
  for (const auto& [address, n] : remote) vectors.push_back({reinterpret_cast<void*>(address), n.bytes});
  return vectors;
}

void read_memory(answer& a, pid_t pid, pieces remote) {
  std::vector<iovec> there = vectors_of(remote);
  size_t room = 0;
  for (const iovec& piece : there) room += piece.iov_len;
  if (room > longest_buffer) return a.refuse("process_vm_readv: the pieces are longer than any buffer here");
  std::string into(room, '\0');
  const iovec here{into.data(), into.size()};
  const auto got = a.timed([&] { return ::process_vm_readv(pid, &here, 1, there.data(), there.size(), 0); });
  if (got >= 0) a.keep_bytes(into.data(), static_cast<size_t>(got));
}

void write_memory(answer& a, pid_t pid, buffer from, pieces remote) {
  std::vector<iovec> there = vectors_of(remote);
  const iovec here{from.data(), from.size()};
  a.timed([&] { return ::process_vm_writev(pid, &here, 1, there.data(), there.size(), 0); });
}

// A writer that never pauses, for readers beside it: all of it A, then all of it B, as fast as it can.
void alternate(answer& a, void* address, length n, uint64_t times) {
  a.timed([&] {
    for (uint64_t i = 0; i < times; i++) {
      std::memset(address, i % 2 == 0 ? 'A' : 'B', n);
      std::atomic_signal_fence(std::memory_order_seq_cst);  // no store is left out because the next undoes it
    }
    return 0;
  });
}

constexpr call calls[] = {
    shaped<read_memory>("process_vm_readv", "pid [[address length]…]"),
    shaped<write_memory>("process_vm_writev", "pid bytes [[address length]…]"),
    shaped<alternate>("memory-alternate", "address length times"),
};

}  // namespace

call_group process_memory_calls() { return calls; }

}  // namespace ipcmark
