// send(2) and recv(2), as every socket has them; a plain write of a sequenced packet would mark the end of a
// record, and RDS takes no marks.
#include "transports/linux/read_write.h"
#include "transports/linux/table.h"

namespace ipcmark {

transport_loops rds_loops() { return loops_of<descriptor_transport<read_write>>("rds"); }

}  // namespace ipcmark
