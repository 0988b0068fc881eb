// Processes from outside, and what runs leave behind.
#include "addon/exports.h"

#include "addon/convert.h"
#include "core/process_state.h"
#include "core/residue.h"

namespace ipcmark {

namespace {

bool pid_argument(const Napi::CallbackInfo& given, int64_t& pid) {
  value v;
  std::string why;
  if (value_from(given[0], v, why) && v.is == value::kind::integer) return pid = v.number, true;
  if (!given.Env().IsExceptionPending()) {
    Napi::TypeError::New(given.Env(), "a process is named by its number").ThrowAsJavaScriptException();
  }
  return false;
}

// A typing error must not be taken for a run that left nothing.
bool run_argument(const Napi::CallbackInfo& given, std::string& run) {
  if (!text_argument(given, 0, "a run", run)) return false;
  if (run_in(run)) return true;
  Napi::TypeError::New(given.Env(),
                       "'" + run + "' is no run's name; one looks like ipcmark-linux-3k9-1x2y3z-q7c0fz")
      .ThrowAsJavaScriptException();
  return false;
}

Napi::Value shown(Napi::Env env, const std::vector<leftover>& objects) {
  node list = node::list();
  for (const leftover& object : objects) {
    list.items.push_back(node::object()
                             .add("kind", object.kind)
                             .add("name", object.name)
                             .add("run", run_in(object.tag).value_or("")));
  }
  return to_javascript(env, list);
}

Napi::Value state_of(const Napi::CallbackInfo& given) {
  int64_t pid = 0;
  if (!pid_argument(given, pid)) return given.Env().Undefined();
  const auto state = process_state_of(pid);
  return state ? to_javascript(given.Env(), to_node(*state)) : given.Env().Undefined();
}

Napi::Value list_children(const Napi::CallbackInfo& given) {
  int64_t pid = 0;
  if (!pid_argument(given, pid)) return given.Env().Undefined();
  const std::vector<int64_t> children = children_of(pid);
  return to_javascript(given.Env(), node::list({children.begin(), children.end()}));
}

Napi::Value make_run(const Napi::CallbackInfo& given) { return Napi::String::New(given.Env(), new_run()); }

Napi::Value residue_of_run(const Napi::CallbackInfo& given) {
  std::string run;
  return run_argument(given, run) ? shown(given.Env(), residue_of(run)) : given.Env().Undefined();
}

Napi::Value sweep_run(const Napi::CallbackInfo& given) {
  std::string run;
  return run_argument(given, run) ? shown(given.Env(), sweep(run)) : given.Env().Undefined();
}

Napi::Value residue_of_the_dead(const Napi::CallbackInfo& given) {
  return shown(given.Env(), find_residue());
}

}  // namespace

void export_processes(Napi::Object exports) {
  const Napi::Env env = exports.Env();
  exports.Set("processState", Napi::Function::New<state_of>(env, "processState"));
  exports.Set("children", Napi::Function::New<list_children>(env, "children"));
  exports.Set("newRun", Napi::Function::New<make_run>(env, "newRun"));
  exports.Set("residueOf", Napi::Function::New<residue_of_run>(env, "residueOf"));
  exports.Set("sweep", Napi::Function::New<sweep_run>(env, "sweep"));
  exports.Set("residue", Napi::Function::New<residue_of_the_dead>(env, "residue"));
}

}  // namespace ipcmark
