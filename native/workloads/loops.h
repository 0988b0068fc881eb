// Every loop on one transport. A transport's source file makes them with `loops_of`, and the table of its
// system lists what it made: so that each is compiled by itself.
#pragma once

#include <span>

#include "core/answer.h"
#include "transports/transport.h"
#include "workloads/fault.h"
#include "workloads/pingpong.h"
#include "workloads/stream.h"

namespace ipcmark {

enum class role { initiator, responder, producer, consumer };

// What one end of a workload is for.
struct role_facts {
  role id;
  const char* workload;
  const char* name;
  bool leads;
  bool sends;
  bool receives;
};
inline constexpr role_facts roles[] = {
    {role::initiator, "pingpong", "initiator", true, true, true},
    {role::responder, "pingpong", "responder", false, true, true},
    {role::producer, "stream", "producer", true, true, false},
    {role::consumer, "stream", "consumer", false, false, true},
};

struct transport_loops {
  const char* name;
  const char* method;  // empty: each message by a call of its own
  void (*run)(role r, answer& a, const link_spec& spec);
};

// Those of this system.
std::span<const transport_loops> transports();

namespace detail {

template <transport T>
void run_role(role r, answer& a, const link_spec& spec) {
  T link(spec);
  if constexpr (may_be_unsupported<T>) {
    if (!link.unsupported.empty()) {
      a.ret = -1;
      a.out.add("unsupported", link.unsupported);
      return;
    }
  }
  const workload_options& o = spec.options;
  switch (r) {
    case role::initiator:
      return pingpong::run_initiator(a, link, o);
    case role::responder:
      return pingpong::run_responder(a, link, o);
    case role::producer:
      return stream::run_producer(a, link, o);
    case role::consumer:
      return stream::run_consumer(a, link, o);
  }
}

template <transport T>
void run_on(role r, answer& a, const link_spec& spec) {
  return transport_fault == nullptr ? run_role<T>(r, a, spec) : run_role<faulty<T>>(r, a, spec);
}

}  // namespace detail

template <transport T>
constexpr transport_loops loops_of(const char* name, const char* method = "") {
  return {name, method, &detail::run_on<T>};
}

}  // namespace ipcmark
