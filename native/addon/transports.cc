// Transports for loops in JavaScript: the very classes that the timed loops run on, a call for each message.
#include "addon/exports.h"

#include "addon/convert.h"
#include "core/call.h"
#include "workloads/loops.h"

namespace ipcmark {

namespace {

struct bytes_argument {
  char* data;
  size_t length;
};

// The whole of a Uint8Array; throws a TypeError and answers false when it is none. One question to Node: this
// is asked for each message.
bool read_bytes(const Napi::CallbackInfo& given, bytes_argument& to) {
  napi_typedarray_type type = napi_int8_array;
  void* data = nullptr;
  const napi_status status =
      napi_get_typedarray_info(given.Env(), given[0], &type, &to.length, &data, nullptr, nullptr);
  to.data = static_cast<char*>(data);
  if (status == napi_ok && type == napi_uint8_array) return true;
  Napi::TypeError::New(given.Env(), "a message is a Uint8Array").ThrowAsJavaScriptException();
  return false;
}

// `code` is the error's name, `end-of-file`, or `mismatch` where what came makes no sense.
Napi::Value fail(Napi::Env env, const transfer_failure& failure) {
  const bool nonsense = *failure.nonsense != 0;
  const std::string code = nonsense              ? "mismatch"
                           : failure.end_of_file ? "end-of-file"
                                                 : error_name(failure.code);
  const std::string says = failure.end_of_file ? " found the end of file" : " failed with " + code;
  Napi::Error error = Napi::Error::New(env, nonsense ? failure.nonsense : failure.call + says);
  error.Set("code", code);
  error.ThrowAsJavaScriptException();
  return env.Undefined();
}

// What `openTransport` answers.
class transport_object : public Napi::ObjectWrap<transport_object> {
 public:
  struct parts {
    const transport_loops& made_by;
    int64_t to;
    int64_t from;
    bool leads;
    workload_options options;
  };

  explicit transport_object(const Napi::CallbackInfo& given) : ObjectWrap(given) {
    parts& p = *given[0].As<Napi::External<parts>>().Data();
    options_ = std::move(p.options);
    link_ = p.made_by.open({.to = p.to, .from = p.from, .leads = p.leads, .options = options_});
    if (const std::string why = link_->unsupported(); !why.empty()) {
      Napi::Error error = Napi::Error::New(given.Env(), why);
      error.Set("code", "unsupported");
      error.ThrowAsJavaScriptException();
    }
  }

  static Napi::Function define(Napi::Env env) {
    return DefineClass(
        env, "Transport",
        {InstanceMethod<&transport_object::send>("send"), InstanceMethod<&transport_object::recv>("recv"),
         InstanceMethod<&transport_object::system_calls>("systemCalls")});
  }

 private:
  Napi::Value send(const Napi::CallbackInfo& given) {
    bytes_argument bytes;
    if (!read_bytes(given, bytes)) return given.Env().Undefined();
    if (!link_->send(bytes.data, bytes.length)) return fail(given.Env(), link_->failure());
    return given.Env().Undefined();
  }
  Napi::Value recv(const Napi::CallbackInfo& given) {
    bytes_argument bytes;
    if (!read_bytes(given, bytes)) return given.Env().Undefined();
    if (!link_->recv(bytes.data, bytes.length)) return fail(given.Env(), link_->failure());
    return given.Env().Undefined();
  }
  Napi::Value system_calls(const Napi::CallbackInfo& given) {
    return Napi::Number::New(given.Env(), static_cast<double>(link_->system_calls()));
  }

  workload_options options_;
  std::unique_ptr<open_transport> link_;
};

// Reads `name [to, from] leads options`, as a workload does; refuses with a sentence.
bool read_parts(const Napi::CallbackInfo& given, std::string& name, std::vector<int64_t>& handles,
                bool& leads, workload_options& options, std::string& why) {
  std::vector<value> values;
  if (!values_from(given, 0, values)) return false;
  option_list listed;
  int role = 0;
  if (values.size() != 4) return why = "a name, handles, whether it leads and options are needed", false;
  if (!from_value<std::string>::convert(values[0], name, why) ||
      !from_value<std::vector<int64_t>>::convert(values[1], handles, why) ||
      !from_value<int>::convert(values[2], role, why) ||
      !from_value<option_list>::convert(values[3], listed, why)) {
    return false;
  }
  if (handles.size() != 2) return why = "the handles are [SEND RECEIVE], -1 for one that is not there", false;
  leads = role != 0;
  return read_options(listed, leads, options, why);
}

Napi::Value open_transport_call(const Napi::CallbackInfo& given) {
  const Napi::Env env = given.Env();
  std::string name, why;
  std::vector<int64_t> handles;
  bool leads = false;
  workload_options options;
  const transport_loops* made_by = nullptr;
  if (read_parts(given, name, handles, leads, options, why)) {
    made_by = transport_called(name, options.method, why);
  }
  if (made_by == nullptr) {
    if (!env.IsExceptionPending()) Napi::TypeError::New(env, why).ThrowAsJavaScriptException();
    return env.Undefined();
  }
  transport_object::parts parts{*made_by, handles[0], handles[1], leads, std::move(options)};
  return transport_object::define(env).New({Napi::External<transport_object::parts>::New(env, &parts)});
}

}  // namespace

void export_transports(Napi::Object exports) {
  exports.Set("openTransport", Napi::Function::New<open_transport_call>(exports.Env(), "openTransport"));
}

}  // namespace ipcmark
