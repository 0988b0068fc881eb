#include "calls/linux/ring.h"

#include <sys/mman.h>
#include <sys/syscall.h>
#include <unistd.h>

#include <algorithm>
#include <atomic>
#include <utility>

namespace ipcmark {

ring::mapping::~mapping() {
  if (start != nullptr) ::munmap(start, size);
}

bool ring::mapping::map(int descriptor, size_t bytes, uint64_t offset) {
  void* at = ::mmap(nullptr, bytes, PROT_READ | PROT_WRITE, MAP_SHARED | MAP_POPULATE, descriptor,
                    static_cast<off_t>(offset));
  if (at == MAP_FAILED) return false;
  start = at;
  size = bytes;
  return true;
}

uint32_t* ring::mapping::word(uint32_t offset) const {
  return reinterpret_cast<uint32_t*>(static_cast<char*>(start) + offset);
}

ring::~ring() = default;

std::unique_ptr<ring> ring::map(int descriptor, const io_uring_params& made) {
  std::unique_ptr<ring> r(new ring);
  r->descriptor_ = descriptor;
  const size_t requests = made.sq_off.array + made.sq_entries * sizeof(uint32_t);
  const size_t completions = made.cq_off.cqes + made.cq_entries * sizeof(io_uring_cqe);
  const bool in_one = (made.features & IORING_FEAT_SINGLE_MMAP) != 0;
  const size_t both = std::max(requests, completions);
  if (!r->queues_.map(descriptor, in_one ? both : requests, IORING_OFF_SQ_RING) ||
      (!in_one && !r->completions_.map(descriptor, completions, IORING_OFF_CQ_RING)) ||
      !r->requests_.map(descriptor, made.sq_entries * sizeof(io_uring_sqe), IORING_OFF_SQES)) {
    return nullptr;
  }
  const mapping& sq = r->queues_;
  const mapping& cq = in_one ? r->queues_ : r->completions_;
  r->request_head_ = sq.word(made.sq_off.head);
  r->request_tail_ = sq.word(made.sq_off.tail);
  r->request_order_ = sq.word(made.sq_off.array);
  r->request_count_ = made.sq_entries;
  r->request_slots_ = static_cast<io_uring_sqe*>(r->requests_.start);
  r->completion_head_ = cq.word(made.cq_off.head);
  r->completion_tail_ = cq.word(made.cq_off.tail);
  r->completion_count_ = made.cq_entries;
  r->completion_slots_ = reinterpret_cast<const io_uring_cqe*>(cq.word(made.cq_off.cqes));
  return r;
}

io_uring_sqe* ring::next_request() {
  const uint32_t head = std::atomic_ref(*request_head_).load(std::memory_order_acquire);
  const uint32_t tail = *request_tail_ + filled_;  // only this side moves the tail
  if (tail - head == request_count_) return nullptr;
  const uint32_t slot = tail & (request_count_ - 1);
  request_order_[slot] = slot;
  filled_++;
  return new (&request_slots_[slot]) io_uring_sqe{};
}

int ring::enter(unsigned wait_for) {
  const uint32_t filled = std::exchange(filled_, 0);
  // The kernel must not see the new tail before it can see the requests.
  std::atomic_ref(*request_tail_).store(*request_tail_ + filled, std::memory_order_release);
  handed_over_ += filled;
  const unsigned flags = wait_for > 0 ? IORING_ENTER_GETEVENTS : 0;
  const auto accepted = static_cast<int>(
      ::syscall(SYS_io_uring_enter, descriptor_, handed_over_, wait_for, flags, nullptr, size_t{0}));
  // What the kernel has left lies there still, and is offered again.
  if (accepted > 0) handed_over_ -= static_cast<uint32_t>(accepted);
  return accepted;
}

std::optional<completion> ring::next_completion() {
  const uint32_t head = *completion_head_;  // only this side moves the head
  if (head == std::atomic_ref(*completion_tail_).load(std::memory_order_acquire)) return {};
  const io_uring_cqe& entry = completion_slots_[head & (completion_count_ - 1)];
  const completion taken{entry.user_data, entry.res, entry.flags};
  // The kernel may fill the slot again as soon as it sees the new head.
  std::atomic_ref(*completion_head_).store(head + 1, std::memory_order_release);
  return taken;
}

}  // namespace ipcmark
