// The call table as JavaScript sees it.
#include "addon/exports.h"

#include "addon/convert.h"
#include "core/call.h"

namespace ipcmark {

namespace {

Napi::Value outcome_or_refusal(Napi::Env env, const answer& a) {
  if (a.refused.empty()) return to_outcome(env, a);
  Napi::TypeError::New(env, a.refused).ThrowAsJavaScriptException();
  return env.Undefined();
}

// On the thread of JavaScript: what a call costs from there is what is measured.
Napi::Value call_now(const Napi::CallbackInfo& given) {
  std::string name;
  std::vector<value> values;
  if (!text_argument(given, 0, "the name of a call", name) || !values_from(given, 1, values)) {
    return given.Env().Undefined();
  }
  answer a;
  perform(a, name, values);
  return outcome_or_refusal(given.Env(), a);
}

// On a thread of the pool, for calls that block and for workloads.
class pending_call : public Napi::AsyncWorker {
 public:
  pending_call(Napi::Env env, std::string name, std::vector<value> values)
      : AsyncWorker(env, "ipcmark.callAsync"),
        name_(std::move(name)),
        values_(std::move(values)),
        promise_(Napi::Promise::Deferred::New(env)) {}

  Napi::Promise promise() const { return promise_.Promise(); }

 protected:
  void Execute() override { perform(answer_, name_, values_); }
  void OnOK() override {
    if (answer_.refused.empty()) {
      promise_.Resolve(to_outcome(Env(), answer_));
    } else {
      promise_.Reject(Napi::TypeError::New(Env(), answer_.refused).Value());
    }
  }

 private:
  std::string name_;
  std::vector<value> values_;
  answer answer_;
  Napi::Promise::Deferred promise_;
};

Napi::Value call_later(const Napi::CallbackInfo& given) {
  std::string name;
  std::vector<value> values;
  if (!text_argument(given, 0, "the name of a call", name) || !values_from(given, 1, values)) {
    return given.Env().Undefined();
  }
  auto* pending = new pending_call(given.Env(), std::move(name), std::move(values));
  const Napi::Promise promise = pending->promise();
  pending->Queue();  // which owns it from now on
  return promise;
}

Napi::Value list_calls(const Napi::CallbackInfo& given) {
  node list = node::list();
  for (const call_group& group : call_groups()) {
    for (const call& c : group) {
      list.items.push_back(node::object().add("name", c.name).add("parameters", c.parameters));
    }
  }
  return to_javascript(given.Env(), list);
}

Napi::Value list_constants(const Napi::CallbackInfo& given) {
  auto object = Napi::Object::New(given.Env());
  for (const constant& c : constants()) object.Set(c.name, static_cast<double>(c.number));
  return object;
}

Napi::Value name_error(const Napi::CallbackInfo& given) {
  std::vector<value> values;
  uint32_t code = 0;
  std::string why;
  if (!values_from(given, 0, values)) return given.Env().Undefined();
  if (values.size() != 1 || !from_value<uint32_t>::convert(values[0], code, why)) {
    Napi::TypeError::New(given.Env(), "the number of an error is needed").ThrowAsJavaScriptException();
    return given.Env().Undefined();
  }
  return Napi::String::New(given.Env(), error_name(code));
}

}  // namespace

void export_calls(Napi::Object exports) {
  const Napi::Env env = exports.Env();
  exports.Set("call", Napi::Function::New<call_now>(env, "call"));
  exports.Set("callAsync", Napi::Function::New<call_later>(env, "callAsync"));
  exports.Set("calls", Napi::Function::New<list_calls>(env, "calls"));
  exports.Set("constants", Napi::Function::New<list_constants>(env, "constants"));
  exports.Set("errorName", Napi::Function::New<name_error>(env, "errorName"));
}

}  // namespace ipcmark
