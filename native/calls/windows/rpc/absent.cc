// Microsoft RPC where the agent was built without midl or widl: there are no such calls.
#include "calls/windows/table.h"

namespace ipcmark {

call_group rpc_calls() { return {}; }

}  // namespace ipcmark
