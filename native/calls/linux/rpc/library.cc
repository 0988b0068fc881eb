#include "calls/linux/rpc/library.h"

#include <dlfcn.h>

namespace ipcmark {

namespace {

struct opened {
  rpc_library functions{};
  bool complete = false;
  std::string why;
};

opened open_library() {
  opened o;
  void* handle = ::dlopen("libtirpc.so.3", RTLD_NOW | RTLD_LOCAL);
  if (handle == nullptr) return o.why = ::dlerror(), o;
  const auto find = [&](auto& function, const char* name) {
    void* found = ::dlsym(handle, name);
    if (found == nullptr) o.why = std::string("libtirpc.so.3 has no ") + name;
    function = reinterpret_cast<std::remove_reference_t<decltype(function)>>(found);
  };
  rpc_library& f = o.functions;
  find(f.clnt_create, "clnt_create");
  find(f.clnt_vc_create, "clnt_vc_create");
  find(f.clnt_dg_create, "clnt_dg_create");
  find(f.creation_error, "__rpc_createerr");
  find(f.authunix_create, "authunix_create");
  find(f.svc_vc_create, "svc_vc_create");
  find(f.svc_dg_create, "svc_dg_create");
  find(f.svc_reg, "svc_reg");
  find(f.svc_run, "svc_run");
  find(f.svc_sendreply, "svc_sendreply");
  find(f.svcerr_decode, "svcerr_decode");
  find(f.svcerr_noproc, "svcerr_noproc");
  find(f.svcerr_auth, "svcerr_auth");
  find(f.xdrmem_create, "xdrmem_create");
  find(f.xdr_int, "xdr_int");
  find(f.xdr_u_int, "xdr_u_int");
  find(f.xdr_hyper, "xdr_hyper");
  find(f.xdr_bool, "xdr_bool");
  find(f.xdr_string, "xdr_string");
  find(f.xdr_bytes, "xdr_bytes");
  find(f.xdr_opaque, "xdr_opaque");
  o.complete = o.why.empty();
  return o;
}

const opened& library() {
  static const opened o = open_library();
  return o;
}

}  // namespace

const rpc_library* rpc(std::string& why) {
  const opened& o = library();
  why = o.why;
  return o.complete ? &o.functions : nullptr;
}

const rpc_library& rpc() { return library().functions; }

}  // namespace ipcmark
