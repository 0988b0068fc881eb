#include "calls/linux/uring_request.h"

namespace ipcmark {

namespace {

// What stands behind opcode, user data and flags.
struct shape {
  uint8_t opcode;
  size_t fields;
  bool (*read)(arguments fields, uring_request& to, std::string& why);
};

template <class T>
bool field(const value& v, T& to, std::string& why) {
  return from_value<T>::convert(v, to, why);
}

bool bytes_in(arguments f, uring_request& to, std::string& why) {
  length n;
  if (!field(f[0], to.descriptor, why) || !field(f[1], n, why)) return false;
  to.receives = true;
  to.bytes.assign(n, '\0');
  return f.size() == 2 || field(f[2], to.operation, why);
}

bool bytes_out(arguments f, uring_request& to, std::string& why) {
  return field(f[0], to.descriptor, why) && bytes_from(f[1], to.bytes, why) &&
         (f.size() == 2 || field(f[2], to.operation, why));
}

bool cancel(arguments f, uring_request& to, std::string& why) { return field(f[0], to.target, why); }

bool message(arguments f, uring_request& to, std::string& why) {
  return field(f[0], to.descriptor, why) && field(f[1], to.result, why) && field(f[2], to.target, why);
}

bool nothing(arguments, uring_request&, std::string&) { return true; }

constexpr shape shapes[] = {
    {IORING_OP_NOP, 0, nothing},      {IORING_OP_READ, 2, bytes_in},  {IORING_OP_WRITE, 2, bytes_out},
    {IORING_OP_RECV, 3, bytes_in},    {IORING_OP_SEND, 3, bytes_out}, {IORING_OP_ASYNC_CANCEL, 1, cancel},
    {IORING_OP_MSG_RING, 3, message},
};

const shape* shape_of(uint8_t opcode) {
  for (const shape& s : shapes) {
    if (s.opcode == opcode) return &s;
  }
  return nullptr;
}

}  // namespace

bool from_value<uring_request>::convert(const value& v, uring_request& to, std::string& why) {
  constexpr size_t common = 3;
  if (v.is != value::kind::list || v.items.size() < common)
    return why = "a request is written [OPCODE USER-DATA FLAGS FIELD…]", false;
  if (!field(v.items[0], to.opcode, why) || !field(v.items[1], to.user_data, why) ||
      !field(v.items[2], to.flags, why)) {
    return false;
  }
  const shape* s = shape_of(to.opcode);
  if (s == nullptr) return why = "no request is known with opcode " + std::to_string(to.opcode), false;
  const arguments fields = arguments(v.items).subspan(common);
  if (fields.size() != s->fields)
    return why = "such a request has " + std::to_string(s->fields) + " fields behind its flags", false;
  return s->read(fields, to, why);
}

void uring_request::fill(io_uring_sqe& entry) {
  entry.opcode = opcode;
  entry.flags = flags;
  entry.user_data = user_data;
  entry.fd = descriptor;
  entry.msg_flags = operation;
  switch (opcode) {
    case IORING_OP_ASYNC_CANCEL:
      entry.addr = target;
      break;
    case IORING_OP_MSG_RING:
      entry.len = result;
      entry.off = target;
      break;
    case IORING_OP_READ:
    case IORING_OP_WRITE:
      entry.off = static_cast<uint64_t>(-1);  // wherever the descriptor is, and pipes are nowhere
      [[fallthrough]];
    default:
      entry.addr = reinterpret_cast<uintptr_t>(bytes.data());
      entry.len = static_cast<uint32_t>(bytes.size());
  }
}

}  // namespace ipcmark
