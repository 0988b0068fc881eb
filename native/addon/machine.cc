// The clock, and the processors.
#include "addon/exports.h"

#include "addon/convert.h"
#include "core/affinity.h"
#include "core/call.h"
#include "core/clock.h"
#include "core/cpu.h"
#include "core/usage.h"
#include "os/usage.h"

namespace ipcmark {

namespace {

Napi::Value now(const Napi::CallbackInfo& given) { return Napi::BigInt::New(given.Env(), now_ns()); }

// As `timer` in a launch's measures, and the time.
Napi::Value clock(const Napi::CallbackInfo& given) {
  const clock_facts facts = measure_clock();
  auto object = Napi::Object::New(given.Env());
  object.Set("now", Napi::BigInt::New(given.Env(), now_ns()));
  object.Set("source", facts.source);
  object.Set("costNs", facts.cost_ns);
  object.Set("resolutionNs", static_cast<double>(facts.resolution_ns));
  return object;
}

Napi::Value topology(const Napi::CallbackInfo& given) {
  node list = node::list();
  for (const cpu_place& place : cpu_topology()) list.items.push_back(as_node(place));
  return to_javascript(given.Env(), list);
}

Napi::Value get_affinity(const Napi::CallbackInfo& given) {
  const std::vector<int> cpus = allowed_cpus();
  return to_javascript(given.Env(), node::list({cpus.begin(), cpus.end()}));
}

template <bool (*allow)(std::span<const int> cpus)>
Napi::Value set_affinity(const Napi::CallbackInfo& given) {
  const Napi::Env env = given.Env();
  std::vector<value> values;
  if (!values_from(given, 0, values)) return env.Undefined();
  std::vector<int> cpus;
  std::string why;
  if (values.size() != 1 || !from_value<std::vector<int>>::convert(values[0], cpus, why)) {
    Napi::TypeError::New(env, "a list of processor numbers is needed").ThrowAsJavaScriptException();
    return env.Undefined();
  }
  clear_error();
  if (!allow(cpus)) {
    Napi::Error::New(env, "the system does not allow these processors: " + error_name(last_error()))
        .ThrowAsJavaScriptException();
  }
  return env.Undefined();
}

template <usage (*ask)()>
Napi::Value usage_now(const Napi::CallbackInfo& given) {
  return to_javascript(given.Env(), as_node(ask()));
}

}  // namespace

void export_machine(Napi::Object exports) {
  const Napi::Env env = exports.Env();
  exports.Set("now", Napi::Function::New<now>(env, "now"));
  exports.Set("clock", Napi::Function::New<clock>(env, "clock"));
  exports.Set("topology", Napi::Function::New<topology>(env, "topology"));
  auto affinity = Napi::Object::New(env);
  affinity.Set("get", Napi::Function::New<get_affinity>(env, "get"));
  affinity.Set("set", Napi::Function::New<set_affinity<allow_cpus>>(env, "set"));
  affinity.Set("setProcess", Napi::Function::New<set_affinity<allow_process_cpus>>(env, "setProcess"));
  exports.Set("affinity", affinity);
  auto consumed = Napi::Object::New(env);
  consumed.Set("process", Napi::Function::New<usage_now<process_usage>>(env, "process"));
  consumed.Set("thread", Napi::Function::New<usage_now<thread_usage>>(env, "thread"));
  exports.Set("usage", consumed);
}

}  // namespace ipcmark
