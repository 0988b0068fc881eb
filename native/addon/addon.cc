// The same core inside Node. It keeps no state of its own, so that worker threads may load it too.
#include "addon/exports.h"

namespace ipcmark {

namespace {

Napi::Object load(Napi::Env, Napi::Object exports) {
  exports.Set("version", IPCMARK_VERSION);
  export_calls(exports);
  export_machine(exports);
  export_processes(exports);
  export_transports(exports);
  return exports;
}

}  // namespace

NODE_API_MODULE(ipcmark, load)

}  // namespace ipcmark
