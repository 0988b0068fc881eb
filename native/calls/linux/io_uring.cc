// io_uring without a library: a ring is made and mapped, requests are put into it, completions are taken out.
// A child of fork() has the mapping too, and shares the queues with its parent: only one may use them.
#include <sys/syscall.h>
#include <sys/uio.h>
#include <unistd.h>

#include <cerrno>
#include <map>

#include "calls/linux/named.h"
#include "calls/linux/ring.h"
#include "calls/linux/table.h"
#include "calls/linux/uring_request.h"
#include "os/error.h"

namespace ipcmark {

namespace {

int set_up(uint32_t entries, io_uring_params& params) {
  return static_cast<int>(::syscall(SYS_io_uring_setup, entries, &params));
}

// ----------------------------------------------------------------------------- queues in a script's hands

struct session {
  std::unique_ptr<ring> queues;
  std::map<uint64_t, uring_request> under_way;  // by user data
};

std::map<int, session>& sessions() {
  static std::map<int, session> all;
  return all;
}

session* session_of(answer& a, int descriptor) {
  const auto found = sessions().find(descriptor);
  if (found != sessions().end()) return &found->second;
  a.refuse("descriptor " + std::to_string(descriptor) + " is no ring that io_uring_setup made here");
  return nullptr;
}

void make_ring(answer& a, uint32_t entries, uint32_t flags) {
  io_uring_params params{};
  params.flags = flags;
  const int descriptor = a.timed([&] { return set_up(entries, params); });
  if (descriptor == -1) return;
  session s;
  s.queues = ring::map(descriptor, params);
  if (s.queues == nullptr) {
    a.code = last_error();
    a.ret = -1;
    ::close(descriptor);
    return;
  }
  a.out.add("features", flag_names("IORING_FEAT_", params.features));
  sessions()[descriptor] = std::move(s);
}

void submit(answer& a, int descriptor, std::vector<uring_request> requests) {
  session* s = session_of(a, descriptor);
  if (s == nullptr) return;
  for (uring_request& r : requests) {
    io_uring_sqe* entry = s->queues->next_request();
    if (entry == nullptr) return a.refuse("io_uring_submit: the ring has fewer entries");
    uring_request& kept = s->under_way[r.user_data] = std::move(r);
    kept.fill(*entry);
  }
  a.timed([&] { return s->queues->enter(0); });
}

// A result below zero is an error's number.
node describe(session& s, const completion& done) {
  node row = node::object();
  row.add("userData", done.user_data).add("res", done.result);
  if (done.result < 0) row.add("error", error_name(static_cast<uint32_t>(-done.result)));
  if (done.flags != 0) row.add("flags", flag_names("IORING_CQE_F_", done.flags));
  const auto request = s.under_way.find(done.user_data);
  if (request == s.under_way.end()) return row;
  const uring_request& asked = request->second;
  if (asked.receives && done.result > 0)
    row.add("hex", to_hex(asked.bytes.substr(0, static_cast<size_t>(done.result))));
  s.under_way.erase(request);
  return row;
}

void wait_for_completions(answer& a, int descriptor, unsigned count) {
  session* s = session_of(a, descriptor);
  if (s == nullptr) return;
  a.timed([&] { return s->queues->enter(count); });
  node completions = node::list();
  while (const auto done = s->queues->next_completion()) completions.items.push_back(describe(*s, *done));
  a.out.add("completions", std::move(completions));
}

// ----------------------------------------------------------------------------- one request and its answer

// Each process has a ring of its own for these, made when it is first needed; a child gives up its parent's.
class own_ring {
 public:
  static ring* get() {
    static own_ring mine;
    if (mine.owner_ != ::getpid()) mine.make();
    return mine.queues_.get();
  }

 private:
  void make() {
    queues_.reset();
    if (descriptor_ != -1) ::close(descriptor_);
    io_uring_params params{};
    descriptor_ = set_up(4, params);
    if (descriptor_ == -1) return;
    queues_ = ring::map(descriptor_, params);
    if (queues_ != nullptr) owner_ = ::getpid();
  }

  std::unique_ptr<ring> queues_;
  int descriptor_ = -1;
  pid_t owner_ = 0;
};

constexpr uint64_t the_request = 1, its_cancellation = 2;

int put(ring& queues, uring_request& r, unsigned wait_for) {
  r.fill(*queues.next_request());
  return queues.enter(wait_for);
}

// A signal has ended the wait, and the request is still with the kernel, which has its buffer: it is taken
// back. What the kernel had done by then stands.
int take_back(ring& queues) {
  uring_request cancel;
  cancel.opcode = IORING_OP_ASYNC_CANCEL;
  cancel.user_data = its_cancellation;
  cancel.target = the_request;
  put(queues, cancel, 2);
  int result = -EINTR;
  for (int left = 2; left > 0;) {
    const auto done = queues.next_completion();
    if (!done) {
      queues.enter(static_cast<unsigned>(left));
      continue;
    }
    left--;
    if (done->user_data == the_request && done->result != -ECANCELED) result = done->result;
  }
  return result;
}

void carry_out(answer& a, uring_request r) {
  ring* queues = own_ring::get();
  if (queues == nullptr) {
    a.code = last_error();
    a.ret = -1;
    return;
  }
  r.user_data = the_request;
  if (a.timed([&] { return put(*queues, r, 1); }) == -1) return;
  const auto done = queues->next_completion();
  const int result = done ? done->result : take_back(*queues);
  a.ret = result < 0 ? -1 : result;
  a.code = result < 0 ? static_cast<uint32_t>(-result) : 0;
  if (r.receives && result >= 0) a.keep_bytes(r.bytes.data(), static_cast<size_t>(result));
}

uring_request transfer(uint8_t opcode, int descriptor, std::optional<uint32_t> flags) {
  uring_request r;
  r.opcode = opcode;
  r.descriptor = descriptor;
  r.operation = flags.value_or(0);
  return r;
}

void send_by_ring(answer& a, int descriptor, buffer from, uint8_t opcode, std::optional<uint32_t> flags) {
  uring_request r = transfer(opcode, descriptor, flags);
  r.bytes = std::move(from.bytes);
  carry_out(a, std::move(r));
}

void receive_by_ring(answer& a, int descriptor, length n, uint8_t opcode, std::optional<uint32_t> flags) {
  uring_request r = transfer(opcode, descriptor, flags);
  r.receives = true;
  r.bytes.assign(n, '\0');
  carry_out(a, std::move(r));
}

constexpr call calls[] = {
    shaped<make_ring>("io_uring_setup", "entries flags"),
    shaped<submit>("io_uring_submit", "ring [[opcode user-data flags field…]…]"),
    shaped<wait_for_completions>("io_uring_wait", "ring completions"),
    shaped<send_by_ring>("io_uring-send", "descriptor bytes opcode [flags]"),
    shaped<receive_by_ring>("io_uring-recv", "descriptor length opcode [flags]"),
};

constexpr constant names[] = {
    NAMED(IORING_SETUP_CQSIZE),
    NAMED(IORING_SETUP_CLAMP),
    NAMED(IORING_FEAT_SINGLE_MMAP),
    NAMED(IORING_FEAT_NODROP),
    NAMED(IORING_FEAT_SUBMIT_STABLE),
    NAMED(IORING_FEAT_RW_CUR_POS),
    NAMED(IORING_FEAT_CUR_PERSONALITY),
    NAMED(IORING_FEAT_FAST_POLL),
    NAMED(IORING_FEAT_POLL_32BITS),
    NAMED(IORING_FEAT_SQPOLL_NONFIXED),
    NAMED(IORING_FEAT_EXT_ARG),
    NAMED(IORING_FEAT_NATIVE_WORKERS),
    NAMED(IORING_FEAT_RSRC_TAGS),
    NAMED(IORING_FEAT_CQE_SKIP),
    NAMED(IORING_FEAT_LINKED_FILE),
    NAMED(IORING_OP_NOP),
    NAMED(IORING_OP_READ),
    NAMED(IORING_OP_WRITE),
    NAMED(IORING_OP_SEND),
    NAMED(IORING_OP_RECV),
    NAMED(IORING_OP_ASYNC_CANCEL),
    NAMED(IORING_OP_MSG_RING),
    NAMED(RWF_NOWAIT),
    NAMED(IOSQE_IO_LINK),
    NAMED(IOSQE_IO_HARDLINK),
    NAMED(IOSQE_ASYNC),
    NAMED(IORING_CQE_F_BUFFER),
    NAMED(IORING_CQE_F_MORE),
    NAMED(IORING_CQE_F_SOCK_NONEMPTY),
    NAMED(IORING_CQE_F_NOTIF),
};

}  // namespace

call_group io_uring_calls() { return calls; }
constant_group io_uring_constants() { return names; }

}  // namespace ipcmark
