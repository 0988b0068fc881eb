// The two queues of an io_uring, mapped: requests go in at the tail of one, completions come out at the head
// of the other. The kernel's own layout, with nothing between it and the calls.
#pragma once

#include <linux/io_uring.h>

#include <cstdint>
#include <memory>
#include <optional>

namespace ipcmark {

struct completion {
  uint64_t user_data = 0;
  int32_t result = 0;
  uint32_t flags = 0;
};

class ring {
 public:
  // Maps what io_uring_setup made; empty, and errno says why, where that fails.
  static std::unique_ptr<ring> map(int descriptor, const io_uring_params& made);
  ~ring();
  ring(const ring&) = delete;
  ring& operator=(const ring&) = delete;

  // A request to fill in, published with the next `enter`; null when the queue is full.
  io_uring_sqe* next_request();
  // io_uring_enter: hands over what was filled in and waits for so many completions.
  int enter(unsigned wait_for);
  std::optional<completion> next_completion();

 private:
  struct mapping {
    void* start = nullptr;
    size_t size = 0;
    ~mapping();
    bool map(int descriptor, size_t bytes, uint64_t offset);
    uint32_t* word(uint32_t offset) const;
  };

  ring() = default;

  int descriptor_ = -1;
  mapping queues_, completions_, requests_;
  uint32_t *request_head_ = nullptr, *request_tail_ = nullptr, *request_order_ = nullptr;
  uint32_t *completion_head_ = nullptr, *completion_tail_ = nullptr;
  uint32_t request_count_ = 0, completion_count_ = 0;
  uint32_t filled_ = 0;       // requests that the kernel has not been told of
  uint32_t handed_over_ = 0;  // what it was told of and has not accepted yet
  io_uring_sqe* request_slots_ = nullptr;
  const io_uring_cqe* completion_slots_ = nullptr;
};

}  // namespace ipcmark
