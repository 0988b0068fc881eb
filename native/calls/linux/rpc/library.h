// libtirpc, opened when it is first needed: the agent is carried to machines that do not have it, and is not
// to need any library there. What it was built with are its headers alone.
#pragma once

#include <rpc/rpc.h>

#include <string>

namespace ipcmark {

// Its functions, each by its own name and with its own type.
struct rpc_library {
  decltype(&::clnt_create) clnt_create;
  decltype(&::clnt_vc_create) clnt_vc_create;
  decltype(&::clnt_dg_create) clnt_dg_create;
  decltype(&::__rpc_createerr) creation_error;
  decltype(&::authunix_create) authunix_create;
  decltype(&::svc_vc_create) svc_vc_create;
  decltype(&::svc_dg_create) svc_dg_create;
  decltype(&::svc_reg) svc_reg;
  decltype(&::svc_run) svc_run;
  decltype(&::svc_sendreply) svc_sendreply;
  decltype(&::svcerr_decode) svcerr_decode;
  decltype(&::svcerr_noproc) svcerr_noproc;
  decltype(&::svcerr_auth) svcerr_auth;
  decltype(&::xdrmem_create) xdrmem_create;
  decltype(&::xdr_int) xdr_int;
  decltype(&::xdr_u_int) xdr_u_int;
  decltype(&::xdr_hyper) xdr_hyper;
  decltype(&::xdr_bool) xdr_bool;
  decltype(&::xdr_string) xdr_string;
  decltype(&::xdr_bytes) xdr_bytes;
  decltype(&::xdr_opaque) xdr_opaque;
};

// Null, and why in a sentence, where it is not installed.
const rpc_library* rpc(std::string& why);

// For where it must be there already, because something that it made is in hand.
const rpc_library& rpc();

}  // namespace ipcmark
