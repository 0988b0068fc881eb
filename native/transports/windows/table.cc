#include "transports/windows/table.h"

#include "transports/rings.h"

namespace ipcmark {

std::span<const transport_loops> transports() {
  static const transport_loops all[] = {
      handle_loops(),     socket_loops(),    socket_batch_loops(),    ring_loops(),
      ring_batch_loops(), ring_loan_loops(), ring_loan_batch_loops(), ring_mp_loops(),
  };
  return all;
}

}  // namespace ipcmark
