#include "transports/linux/read_write.h"

#include "transports/linux/table.h"

namespace ipcmark {

transport_loops fd_loops() { return loops_of<fd_transport>("fd"); }

}  // namespace ipcmark
