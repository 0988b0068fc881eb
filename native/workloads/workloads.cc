#include "workloads/workloads.h"

#include "os/cpu.h"
#include "workloads/loops.h"
#include "workloads/options.h"

namespace ipcmark {

message_fault (*transport_fault)(uint64_t message) = nullptr;

namespace {

using handle_list = const std::vector<int64_t>&;

const role_facts* role_called(std::string_view workload, std::string_view name) {
  for (const role_facts& r : roles) {
    if (r.workload == workload && r.name == name) return &r;
  }
  return nullptr;
}

std::string names_of(std::string_view workload) {
  std::string names;
  for (const role_facts& r : roles) {
    if (r.workload != workload) continue;
    if (!names.empty()) names += " and ";
    names += std::string("a ") + r.name;
  }
  return names;
}

// Runs on the transport of that name; refuses when there is none.
void run_named(answer& a, role r, const std::string& name, const link_spec& link) {
  const std::string& method = link.options.method;
  std::string known;
  for (const transport_loops& t : transports()) {
    if (t.name == name && t.method == method) return t.run(r, a, link);
    known += known.empty() ? "" : ", ";
    known += t.name;
    if (*t.method != 0) known += std::string(" [method ") + t.method + "]";
  }
  const std::string asked = method.empty() ? "" : " with the method '" + method + "'";
  a.refuse("no transport is called '" + name + "'" + asked + "; there is " + known);
}

void run_workload(answer& a, std::string_view workload, const std::string& role_name,
                  const std::string& transport, handle_list handles, const option_list& given) {
  const role_facts* role = role_called(workload, role_name);
  if (role == nullptr) {
    return a.refuse(std::string(workload) + " has " + names_of(workload) + ", no '" + role_name + "'");
  }
  workload_options o;
  std::string why;
  if (!read_options(given, role->leads, o, why)) return a.refuse(std::move(why));
  const size_t needed = role->sends && role->receives ? 2 : 1;
  if (handles.size() != needed) {
    return a.refuse(needed == 2 ? "the handles are [SEND RECEIVE]" : "one handle is needed, such as [4]");
  }
  pinned here;
  if (o.cpu >= 0 && !here.pin(o.cpu)) {
    a.code = last_error();
    why = "processor " + std::to_string(o.cpu) + " is not there, or not allowed: " + error_name(a.code);
  }
  awake_cores awake;
  if (!why.empty() || !awake.keep(o.awake, why)) {
    a.ret = -1;
    a.out.add("unsupported", why);
    return;
  }
  run_named(a, role->id, transport,
            {.to = role->sends ? handles.front() : no_handle,
             .from = role->receives ? handles.back() : no_handle,
             .leads = role->leads,
             .options = o});
  if (!o.awake.empty() && a.refused.empty()) a.out.add("awakeBy", awake.by());
}

// -------------------------------------------------------------------------------------------------- calls

void pingpong_call(answer& a, std::string& role, std::string& transport, std::vector<int64_t>& handles,
                   option_list& o) {
  run_workload(a, "pingpong", role, transport, handles, o);
}

void stream_call(answer& a, std::string& role, std::string& transport, std::vector<int64_t>& handles,
                 option_list& o) {
  run_workload(a, "stream", role, transport, handles, o);
}

void topology_call(answer& a) {
  node cpus = node::list(), allowed = node::list();
  for (const cpu_place& place : cpu_topology()) cpus.items.push_back(as_node(place));
  for (const int cpu : allowed_cpus()) allowed.items.emplace_back(cpu);
  a.ret = static_cast<int64_t>(cpus.items.size());
  a.out.add("cpus", std::move(cpus));
  a.out.add("allowed", std::move(allowed));
}

}  // namespace

call_group workload_calls() {
  static constexpr call calls[] = {
      shaped<pingpong_call>("pingpong", "role transport handles options"),
      shaped<stream_call>("stream", "role transport handles options"),
      shaped<topology_call>("topology", ""),
  };
  return calls;
}

}  // namespace ipcmark
