// Transports over memory, which are the same on every system: the tables of both list them.
#pragma once

#include "workloads/loops.h"

namespace ipcmark {

transport_loops ring_loops();
transport_loops ring_batch_loops();
transport_loops ring_loan_loops();
transport_loops ring_loan_batch_loops();
transport_loops ring_mp_loops();

}  // namespace ipcmark
