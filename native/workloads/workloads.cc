#include "workloads/workloads.h"

#include "os/cpu.h"
#include "os/transports.h"
#include "workloads/fault.h"
#include "workloads/options.h"
#include "workloads/pingpong.h"
#include "workloads/stream.h"

namespace ipcmark {

message_fault (*transport_fault)(uint64_t message) = nullptr;

namespace {

// -------------------------------------------------------------------------------------------------- roles

using loop_options = const workload_options&;

// One end of a workload: whether it leads, what its handles are for, and its loop on any transport.
struct initiator {
  static constexpr bool leads = true, sends = true, receives = true;
  template <transport T>
  static void run(answer& a, T& link, loop_options o) {
    pingpong::run_initiator(a, link, o);
  }
};
struct responder {
  static constexpr bool leads = false, sends = true, receives = true;
  template <transport T>
  static void run(answer& a, T& link, loop_options o) {
    pingpong::run_responder(a, link, o);
  }
};
struct producer {
  static constexpr bool leads = true, sends = true, receives = false;
  template <transport T>
  static void run(answer& a, T& link, loop_options o) {
    stream::run_producer(a, link, o);
  }
};
struct consumer {
  static constexpr bool leads = false, sends = false, receives = true;
  template <transport T>
  static void run(answer& a, T& link, loop_options o) {
    stream::run_consumer(a, link, o);
  }
};

using handle_list = const std::vector<int64_t>&;

template <class Role, transport T>
void run_on(answer& a, handle_list handles, loop_options o) {
  const int64_t to = Role::sends ? handles.front() : no_handle;
  const int64_t from = Role::receives ? handles.back() : no_handle;
  if (transport_fault != nullptr) {
    faulty<T> link(to, from);
    Role::run(a, link, o);
  } else {
    T link(to, from);
    Role::run(a, link, o);
  }
}

// Runs on the transport of that name; refuses when there is none.
template <class Role, transport... T>
void run_named(transport_list<T...>, answer& a, const std::string& name, handle_list handles,
               loop_options o) {
  const bool known = ((name == T::name && (run_on<Role, T>(a, handles, o), true)) || ...);
  if (known) return;
  std::string names;
  ((names += names.empty() ? T::name : std::string(", ") + T::name), ...);
  a.refuse("no transport is called '" + name + "'; there is " + names);
}

template <class Role>
void run_role(answer& a, const std::string& transport, handle_list handles, const option_list& given) {
  workload_options o;
  std::string why;
  if (!read_options(given, Role::leads, o, why)) return a.refuse(std::move(why));
  constexpr size_t needed = Role::sends && Role::receives ? 2 : 1;
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
  run_named<Role>(transports{}, a, transport, handles, o);
  if (!o.awake.empty() && a.refused.empty()) a.out.add("awakeBy", awake.by());
}

// -------------------------------------------------------------------------------------------------- calls

void pingpong_call(answer& a, std::string& role, std::string& transport, std::vector<int64_t>& handles,
                   option_list& o) {
  if (role == "initiator") return run_role<initiator>(a, transport, handles, o);
  if (role == "responder") return run_role<responder>(a, transport, handles, o);
  a.refuse("pingpong has an initiator and a responder, no '" + role + "'");
}

void stream_call(answer& a, std::string& role, std::string& transport, std::vector<int64_t>& handles,
                 option_list& o) {
  if (role == "producer") return run_role<producer>(a, transport, handles, o);
  if (role == "consumer") return run_role<consumer>(a, transport, handles, o);
  a.refuse("stream has a producer and a consumer, no '" + role + "'");
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
