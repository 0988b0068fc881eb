// Every loop on one transport. A transport's source file makes them with `loops_of`, and the table of its
// system lists what it made: so that each is compiled by itself.
#pragma once

#include <span>

#include "core/answer.h"
#include "transports/open_transport.h"
#include "transports/transport.h"
#include "workloads/fan.h"
#include "workloads/fault.h"
#include "workloads/lossy.h"
#include "workloads/openloop.h"
#include "workloads/pingpong.h"
#include "workloads/stream.h"

namespace ipcmark {

enum class role {
  initiator,
  responder,
  producer,
  consumer,
  lossy_producer,
  lossy_consumer,
  openloop_producer,
  openloop_consumer,
  fan_producer,
  fan_consumer,
};

// What one end of a workload is for.
struct role_facts {
  role id;
  const char* workload;
  const char* name;
  bool leads;
  bool sends;
  bool receives;
  bool several;  // may have several links
};
inline constexpr role_facts roles[] = {
    {role::initiator, "pingpong", "initiator", true, true, true},
    {role::responder, "pingpong", "responder", false, true, true},
    {role::producer, "stream", "producer", true, true, false},
    {role::consumer, "stream", "consumer", false, false, true},
    {role::lossy_producer, "stream", "lossy-producer", true, true, true},
    {role::lossy_consumer, "stream", "lossy-consumer", false, true, true},
    {role::openloop_producer, "openloop", "producer", true, true, false},
    {role::openloop_consumer, "openloop", "consumer", false, false, true},
    {role::fan_producer, "fan", "producer", true, true, false, true},
    {role::fan_consumer, "fan", "consumer", false, false, true, true},
};

struct transport_loops {
  const char* name;
  const char* method;  // empty: each message by a call of its own
  void (*run)(role r, answer& a, const link_spec& spec);
  // For a loop that is not ours. What `spec` refers to has to outlive it.
  std::unique_ptr<open_transport> (*open)(const link_spec& spec);
};

// Those of this system.
std::span<const transport_loops> transports();

// The one of a name, by the method that is asked for; nothing, and what there is, when there is none.
const transport_loops* transport_called(const std::string& name, const std::string& method, std::string& why);

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
    case role::lossy_producer:
      return lossy::run_producer(a, link, spec);
    case role::lossy_consumer:
      return lossy::run_consumer(a, link, o);
    case role::openloop_producer:
      return openloop::run_producer(a, link, o);
    case role::openloop_consumer:
      return openloop::run_consumer(a, link, o);
    case role::fan_producer:
      return fan::run_producer(a, link, spec);
    case role::fan_consumer:
      return fan::run_consumer(a, link, spec);
  }
}

template <transport T>
void run_on(role r, answer& a, const link_spec& spec) {
  return is_tampered(spec.options) ? run_role<faulty<T>>(r, a, spec) : run_role<T>(r, a, spec);
}

}  // namespace detail

template <transport T>
constexpr transport_loops loops_of(const char* name, const char* method = "") {
  return {name, method, &detail::run_on<T>, &open_as<T>};
}

}  // namespace ipcmark
