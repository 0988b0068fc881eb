#include "agent/agent.h"
#include "core/call.h"

namespace ipcmark {

void list_calls(answer& a) {
  node names = node::object();
  for (const call_group& group : call_groups()) {
    for (const call& c : group) names.add(c.name, c.parameters);
  }
  a.ret = static_cast<int64_t>(names.members.size());
  a.out.add("calls", std::move(names));
}

void list_constants(answer& a) {
  node names = node::object();
  for (const constant& c : constants()) names.add(c.name, c.number);
  a.ret = static_cast<int64_t>(names.members.size());
  a.out.add("constants", std::move(names));
}

}  // namespace ipcmark
