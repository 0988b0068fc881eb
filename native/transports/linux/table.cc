#include "transports/linux/table.h"

#include "transports/rings.h"

namespace ipcmark {

std::span<const transport_loops> transports() {
  static const transport_loops all[] = {
      fd_loops(),         fd_batch_loops(),  fd_io_uring_loops(),     fd_zerocopy_loops(),
      io_uring_loops(),   packet_loops(),    posix_mq_loops(),        raw_ip_loops(),
      rds_loops(),        sysv_msg_loops(),  vmsplice_loops(),        ring_loops(),
      ring_batch_loops(), ring_loan_loops(), ring_loan_batch_loops(), ring_mp_loops(),
  };
  return all;
}

}  // namespace ipcmark
