// Every transport of Linux. Adding one is its file, its name here, and its line in table.cc.
#pragma once

#include "workloads/loops.h"

namespace ipcmark {

transport_loops fd_loops();
transport_loops fd_batch_loops();
transport_loops fd_io_uring_loops();
transport_loops fd_zerocopy_loops();
transport_loops io_uring_loops();
transport_loops packet_loops();
transport_loops posix_mq_loops();
transport_loops raw_ip_loops();
transport_loops rds_loops();
transport_loops sysv_msg_loops();
transport_loops vmsplice_loops();

}  // namespace ipcmark
