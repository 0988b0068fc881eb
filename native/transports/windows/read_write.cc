#include "transports/windows/read_write.h"

#include "transports/windows/table.h"

namespace ipcmark {

transport_loops handle_loops() { return loops_of<handle_transport>("handle"); }

}  // namespace ipcmark
