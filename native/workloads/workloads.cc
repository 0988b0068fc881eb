#include "workloads/workloads.h"

#include "os/cpu.h"
#include "workloads/baseline.h"
#include "workloads/handoff.h"
#include "workloads/lifecycle.h"
#include "workloads/loops.h"
#include "workloads/options.h"
#include "workloads/roundtrip.h"
#include "workloads/seat.h"

namespace ipcmark {

message_fault (*transport_fault)(uint64_t message) = nullptr;

const transport_loops* transport_called(const std::string& name, const std::string& method,
                                        std::string& why) {
  std::string known;
  for (const transport_loops& t : transports()) {
    if (t.name == name && t.method == method) return &t;
    known += known.empty() ? "" : ", ";
    known += t.name;
    if (*t.method != 0) known += std::string(" [method ") + t.method + "]";
  }
  const std::string asked = method.empty() ? "" : " with the method '" + method + "'";
  why = "no transport is called '" + name + "'" + asked + "; there is " + known;
  return nullptr;
}

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

void run_workload(answer& a, std::string_view workload, const std::string& role_name,
                  const std::string& transport, handle_list handles, const option_list& given) {
  const role_facts* role = role_called(workload, role_name);
  if (role == nullptr) {
    return a.refuse(std::string(workload) + " has " + names_of(workload) + ", no '" + role_name + "'");
  }
  workload_options o;
  std::string why;
  if (!read_options(given, role->leads, o, why)) return a.refuse(std::move(why));
  if (o.size == 0) return a.refuse("the option 'size' is needed: bytes in one message");
  const size_t needed = role->sends && role->receives ? 2 : 1;
  if (role->several ? handles.empty() : handles.size() != needed) {
    return a.refuse(needed == 2 ? "the handles are [SEND RECEIVE]" : "one handle is needed, such as [4]");
  }
  seat here;
  if (!here.take(o, a)) return;
  const transport_loops* loops = transport_called(transport, o.method, why);
  if (loops == nullptr) return a.refuse(std::move(why));
  loops->run(role->id, a,
             {.to = role->sends ? handles.front() : no_handle,
              .from = role->receives ? handles[needed - 1] : no_handle,
              .leads = role->leads,
              .options = o,
              .others = std::span(handles).subspan(needed)});
  here.tell(a);
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

void openloop_call(answer& a, std::string& role, std::string& transport, std::vector<int64_t>& handles,
                   option_list& o) {
  run_workload(a, "openloop", role, transport, handles, o);
}

void fan_call(answer& a, std::string& role, std::string& transport, std::vector<int64_t>& handles,
              option_list& o) {
  run_workload(a, "fan", role, transport, handles, o);
}

// What the clock says that every process of the system shares.
void now_call(answer& a) { a.ret = now_ns(); }

void topology_call(answer& a) {
  node cpus = node::list(), allowed = node::list();
  for (const cpu_place& place : cpu_topology()) cpus.items.push_back(as_node(place));
  for (const int cpu : allowed_cpus()) allowed.items.emplace_back(cpu);
  a.ret = static_cast<int64_t>(cpus.items.size());
  a.out.add("cpus", std::move(cpus));
  a.out.add("allowed", std::move(allowed));
}

// For loops that are not ours, and have nobody to keep processors from halting: until the process ends.
void keep_awake_call(answer& a, std::vector<int> cpus) {
  static awake_cores awake;
  std::string why;
  if (*awake.by() != 0) return a.refuse("keep-awake: this process keeps processors awake already");
  if (awake.keep(cpus, why)) {
    a.out.add("awakeBy", awake.by());
  } else {
    a.ret = -1;
    a.out.add("unsupported", why);
  }
}

}  // namespace

call_group workload_calls() {
  static constexpr call calls[] = {
      shaped<pingpong_call>("pingpong", "role transport handles options"),
      shaped<stream_call>("stream", "role transport handles options"),
      shaped<baseline_call>("baseline", "name role handles options"),
      shaped<openloop_call>("openloop", "role transport handles options"),
      shaped<fan_call>("fan", "role transport handles options"),
      shaped<now_call>("now", ""),
      shaped<handoff_call>("handoff", "role bell handles options"),
      shaped<lifecycle_call>("lifecycle", "role board story options"),
      shaped<roundtrip_call>("roundtrip", "[call…] options"),
      shaped<copies_call>("copies", "[call…] expected options"),
      shaped<stay_on_call>("stay-on", "[cpu…]"),
      shaped<topology_call>("topology", ""),
      shaped<keep_awake_call>("keep-awake", "[cpu…]"),
  };
  return calls;
}

}  // namespace ipcmark
