#include "calls/linux/rpc/server.h"

#include <sys/socket.h>

#include "calls/linux/rpc/calls.h"
#include "calls/linux/rpc/xdr.h"

namespace ipcmark {

namespace {

// What a procedure is given, by type, and what it makes of it.
struct procedure {
  rpc_procedure number;
  xdr_values (*given)();
  void (*run)(SVCXPRT*, svc_req*, xdr_values& given);
};

xdr_values none() { return {}; }
xdr_values one(const char* type) {
  xdr_values values(1);
  values[0].type = type;
  return values;
}
xdr_value number_of(int64_t n) {
  xdr_value v;
  v.type = "int";
  v.number = n;
  return v;
}

void reply(SVCXPRT* to, xdr_values values) { rpc().svc_sendreply(to, as_xdrproc(xdr_transfer), &values); }

int executions = 0;

void say_nothing_back(SVCXPRT* to, svc_req*, xdr_values&) { reply(to, {}); }
void echo(SVCXPRT* to, svc_req*, xdr_values& given) {
  executions++;
  reply(to, given);
}
void twice(SVCXPRT* to, svc_req*, xdr_values& given) { reply(to, {number_of(2 * given[0].number)}); }
void measure(SVCXPRT* to, svc_req*, xdr_values& given) {
  reply(to, {number_of(static_cast<int64_t>(given[0].bytes.size()))});
}
void count(SVCXPRT* to, svc_req*, xdr_values&) { reply(to, {number_of(++executions)}); }
void count_silently(SVCXPRT*, svc_req*, xdr_values&) { executions++; }
void refuse(SVCXPRT* to, svc_req*, xdr_values&) { rpc().svcerr_auth(to, AUTH_TOOWEAK); }
void who(SVCXPRT* to, svc_req* request, xdr_values&) {
  if (request->rq_cred.oa_flavor != AUTH_SYS) return rpc().svcerr_auth(to, AUTH_TOOWEAK);
  const auto* claimed = reinterpret_cast<const authunix_parms*>(request->rq_clntcred);
  reply(to, {number_of(claimed->aup_uid), number_of(claimed->aup_gid)});
}

constexpr procedure procedures[] = {
    {rpc_null, none, say_nothing_back},
    {rpc_echo, [] { return one("opaque"); }, echo},
    {rpc_double, [] { return one("int"); }, twice},
    {rpc_length, [] { return one("string"); }, measure},
    {rpc_count, none, count},
    {rpc_silent, none, count_silently},
    {rpc_refuse, none, refuse},
    {rpc_who, none, who},
};

void dispatch(svc_req* request, SVCXPRT* from) {
  for (const procedure& p : procedures) {
    if (p.number != request->rq_proc) continue;
    xdr_values given = p.given();
    if (!svc_getargs(from, as_xdrproc(xdr_transfer), &given)) return rpc().svcerr_decode(from);
    return p.run(from, request, given);
  }
  rpc().svcerr_noproc(from);
}

SVCXPRT* transport_of(int descriptor, const rpc_library& library) {
  int type = 0;
  socklen_t size = sizeof type;
  if (::getsockopt(descriptor, SOL_SOCKET, SO_TYPE, &type, &size) == -1) return nullptr;
  return (type == SOCK_DGRAM ? library.svc_dg_create : library.svc_vc_create)(descriptor, 0, 0);
}

}  // namespace

// Serves one version of a program on a socket that is bound, and listens where it is a stream; does not
// return. Without a network to name, nothing is told to rpcbind.
void serve_rpc(answer& a, int descriptor, rpcprog_t program, rpcvers_t version) {
  std::string why;
  const rpc_library* library = rpc(why);
  if (library == nullptr) return lacks_rpc_library(a, why);
  SVCXPRT* transport = transport_of(descriptor, *library);
  if (transport == nullptr) return fails(a, RPC_TLIERROR);
  if (!library->svc_reg(transport, program, version, dispatch, nullptr)) return fails(a, RPC_FAILED);
  a.timed([&] { return library->svc_run(), -1; });
}

}  // namespace ipcmark
