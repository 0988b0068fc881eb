// Moving data between descriptors without a buffer of one's own, of which one is a pipe. An offset of -1
// stands for none: the descriptor's own position is used, and a pipe has no other.
#include <fcntl.h>
#include <sys/sendfile.h>
#include <sys/uio.h>

#include <algorithm>
#include <cstdlib>
#include <cstring>

#include "calls/linux/named.h"
#include "calls/linux/table.h"

namespace ipcmark {

namespace {

off_t* offset_or_none(off_t& offset) { return offset == -1 ? nullptr : &offset; }

void splice_data(answer& a, int in, off_t in_offset, int out, off_t out_offset, size_t n, unsigned flags) {
  a.timed([&] { return ::splice(in, offset_or_none(in_offset), out, offset_or_none(out_offset), n, flags); });
}

void send_file(answer& a, int out, int in, off_t offset, size_t n) {
  a.timed([&] { return ::sendfile(out, in, offset_or_none(offset), n); });
}

void splice_memory(answer& a, int descriptor, void* address, size_t n, unsigned flags) {
  const iovec piece{address, n};
  a.timed([&] { return ::vmsplice(descriptor, &piece, 1, flags); });
}

// The pipe has the pages and no copy of them, and nothing tells when they have been read: what was spliced
// stays where it is, on pages of its own, for as long as the process lives.
void splice_bytes(answer& a, int descriptor, buffer from, unsigned flags) {
  constexpr size_t page = 4096;
  const size_t room = std::max(page, (from.size() + page - 1) / page * page);
  void* pages = std::aligned_alloc(page, room);
  if (pages == nullptr) return a.refuse("vmsplice: there is no memory left");
  std::memcpy(pages, from.data(), from.size());
  splice_memory(a, descriptor, pages, from.size(), flags);
}

constexpr call calls[] = {
    shaped<splice_data>("splice", "in in-offset out out-offset length flags"),
    plain<::tee>("tee", "in out length flags"),
    shaped<splice_bytes>("vmsplice", "descriptor bytes flags"),
    shaped<splice_memory>("vmsplice-memory", "descriptor address length flags"),
    shaped<send_file>("sendfile", "out in offset length"),
};

constexpr constant names[] = {
    NAMED(SPLICE_F_MOVE),
    NAMED(SPLICE_F_NONBLOCK),
    NAMED(SPLICE_F_MORE),
    NAMED(SPLICE_F_GIFT),
};

}  // namespace

call_group splice_calls() { return calls; }
constant_group splice_constants() { return names; }

}  // namespace ipcmark
