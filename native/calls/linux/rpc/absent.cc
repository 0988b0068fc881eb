// ONC RPC where the agent was built without the headers of libtirpc: there are no such calls.
#include "calls/linux/table.h"

namespace ipcmark {

call_group rpc_calls() { return {}; }
constant_group rpc_constants() { return {}; }

}  // namespace ipcmark
