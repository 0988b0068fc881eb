// Faults inside timed loops, where no call is made that a decorator could break: one message of those that a
// side sends is lost, sent twice or damaged. workloads/fault.h has the transport that does it.
#include "faults/faults.h"
#include "workloads/fault.h"

namespace ipcmark {

namespace {

message_fault chosen = message_fault::none;
int64_t concerned = 0;

message_fault fault_of(uint64_t message) {
  return message == static_cast<uint64_t>(concerned) ? chosen : message_fault::none;
}

// DETAIL is the message's number; what announces the first phase is number 0.
void run_with(message_fault kind, fault& f, answer& a, const call& c, arguments given) {
  concerned = f.number;
  chosen = kind;
  transport_fault = fault_of;
  c.invoke(a, c, given);
  transport_fault = nullptr;
}

}  // namespace

void lose_message(fault& f, answer& a, const call& c, arguments given) {
  run_with(message_fault::drop, f, a, c, given);
}
void double_message(fault& f, answer& a, const call& c, arguments given) {
  run_with(message_fault::duplicate, f, a, c, given);
}
void damage_message(fault& f, answer& a, const call& c, arguments given) {
  run_with(message_fault::corrupt, f, a, c, given);
}

}  // namespace ipcmark
