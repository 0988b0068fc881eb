#include "transports/linux/read_write.h"

#include "transports/linux/table.h"

namespace ipcmark {

transport_loops fd_loops() { return loops_of<descriptor_transport<read_write>>("fd"); }

}  // namespace ipcmark
