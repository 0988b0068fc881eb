// One request to an io_uring as a script writes it: `[OPCODE USER-DATA FLAGS FIELD…]`, and the fields are
//
//     IORING_OP_NOP
//     IORING_OP_READ   DESCRIPTOR LENGTH          IORING_OP_WRITE  DESCRIPTOR BYTES
//     IORING_OP_RECV   DESCRIPTOR LENGTH FLAGS    IORING_OP_SEND   DESCRIPTOR BYTES FLAGS
//     IORING_OP_ASYNC_CANCEL  USER-DATA           IORING_OP_MSG_RING  RING RESULT USER-DATA
//
// The buffer is part of it, and has to stay where it is until the kernel has answered.
#pragma once

#include <linux/io_uring.h>

#include <string>

#include "core/call.h"

namespace ipcmark {

struct uring_request {
  uint8_t opcode = IORING_OP_NOP;
  uint8_t flags = 0;
  uint64_t user_data = 0;
  int descriptor = -1;
  std::string bytes;       // sent from, or received into
  bool receives = false;   // what comes back is in `bytes`
  uint32_t operation = 0;  // flags of the operation itself
  uint32_t result = 0;     // of a message to another ring
  uint64_t target = 0;     // user data of the request to cancel, or of the message

  void fill(io_uring_sqe& entry);
};

template <>
struct from_value<uring_request> {
  static bool convert(const value& v, uring_request& to, std::string& why);
};

}  // namespace ipcmark
