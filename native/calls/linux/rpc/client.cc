// The client's side of ONC RPC, and XDR by itself. A client stands for a program at an address that is
// written out: nothing is asked of rpcbind. What a call is given and brings back is written as XDR values.
#include <netinet/in.h>

#include <map>

#include "calls/address.h"
#include "calls/linux/deadline.h"
#include "calls/linux/named.h"
#include "calls/linux/rpc/calls.h"
#include "calls/linux/rpc/server.h"
#include "calls/linux/rpc/xdr.h"
#include "calls/linux/table.h"

namespace ipcmark {

namespace {

std::map<int, CLIENT*>& clients() {
  static std::map<int, CLIENT*> all;
  return all;
}

int keep(CLIENT* client) {
  static int last = 0;
  clients()[++last] = client;
  return last;
}

CLIENT* client_of(answer& a, int number) {
  const auto found = clients().find(number);
  if (found != clients().end()) return found->second;
  a.refuse("there is no client " + std::to_string(number) + "; rpc-client makes them");
  return nullptr;
}

const rpc_library* library_or_answer(answer& a) {
  std::string why;
  const rpc_library* library = rpc(why);
  if (library == nullptr) lacks_rpc_library(a, why);
  return library;
}

// The statuses that have an error of the system behind them; with others it is an old one.
void add_errno(answer& a, clnt_stat status, int error) {
  const bool of_system = status == RPC_CANTSEND || status == RPC_CANTRECV || status == RPC_SYSTEMERROR;
  if (of_system && error != 0) a.out.add("errno", error_name(static_cast<uint32_t>(error)));
}

// What the library says when it could not make a client: its status, and the system's error behind it.
void created(answer& a, CLIENT* client) {
  if (client != nullptr) {
    a.ret = keep(client);
    return;
  }
  const auto& error = *rpc().creation_error();
  fails(a, error.cf_stat);
  add_errno(a, error.cf_stat, error.cf_error.re_errno);
}

// A client on a socket of one's own: it connects where it is a stream.
void make_client(answer& a, int descriptor, address to, rpcprog_t program, rpcvers_t version) {
  const rpc_library* library = library_or_answer(a);
  if (library == nullptr) return;
  int type = 0;
  socklen_t size = sizeof type;
  a.timed([&] { return ::getsockopt(descriptor, SOL_SOCKET, SO_TYPE, &type, &size); });
  if (!a.ok()) return;
  const auto create = type == SOCK_DGRAM ? library->clnt_dg_create : library->clnt_vc_create;
  netbuf server{to.size, to.size, &to.raw};
  CLIENT* client = nullptr;
  a.timed([&] { return client = create(descriptor, &server, program, version, 0, 0), 0; });
  created(a, client);
}

// A client for a program somewhere on a host, as rpcbind there knows it.
void look_up_client(answer& a, std::string host, rpcprog_t program, rpcvers_t version, std::string network) {
  const rpc_library* library = library_or_answer(a);
  if (library == nullptr) return;
  CLIENT* client = nullptr;
  a.timed([&] { return client = library->clnt_create(host.c_str(), program, version, network.c_str()), 0; });
  created(a, client);
}

// AUTH_SYS: who the caller says it is.
void claim_identity(answer& a, int number, uid_t uid, gid_t gid) {
  CLIENT* client = client_of(a, number);
  if (client == nullptr) return;
  char machine[] = "ipcmark";
  AUTH* claim = nullptr;
  a.timed([&] { return (claim = rpc().authunix_create(machine, uid, gid, 0, nullptr)) != nullptr ? 0 : -1; });
  if (claim != nullptr) client->cl_auth = claim;
}

// After how long a datagram client sends its call again.
void set_retry(answer& a, int number, int milliseconds) {
  CLIENT* client = client_of(a, number);
  if (client == nullptr) return;
  timeval time = short_duration(milliseconds);
  a.timed([&] { return clnt_control(client, CLSET_RETRY_TIMEOUT, reinterpret_cast<char*>(&time)) ? 0 : -1; });
}

// No deadline was asked for: one that no case waits for.
constexpr int patience_ms = 60'000;

void say_why(answer& a, CLIENT* client) {
  rpc_err error{};
  clnt_geterr(client, &error);
  fails(a, error.re_status);
  if (error.re_status == RPC_PROGVERSMISMATCH)
    a.out.add("low", error.re_vers.low).add("high", error.re_vers.high);
  add_errno(a, error.re_status, error.re_errno);
}

bool invoke(answer& a, int number, rpcproc_t procedure, xdr_values& given, xdr_values& results,
            std::optional<int> milliseconds) {
  CLIENT* client = client_of(a, number);
  if (client == nullptr) return false;
  const timeval time = short_duration(milliseconds.value_or(patience_ms));
  clnt_stat status = RPC_FAILED;
  a.timed([&] {
    status = clnt_call(client, procedure, as_xdrproc(xdr_transfer), reinterpret_cast<char*>(&given),
                       as_xdrproc(xdr_transfer), reinterpret_cast<char*>(&results), time);
    return 0;
  });
  if (status != RPC_SUCCESS) say_why(a, client);
  return status == RPC_SUCCESS;
}

void call_procedure(answer& a, int number, rpcproc_t procedure, xdr_values given, xdr_values results,
                    std::optional<int> milliseconds) {
  if (!invoke(a, number, procedure, given, results, milliseconds)) return;
  node list = node::list();
  for (const xdr_value& v : results) list.items.push_back(v.as_node());
  a.out.add("results", std::move(list));
}

void call_echo(answer& a, int number, buffer bytes, std::optional<int> milliseconds) {
  xdr_values given(1);
  given[0].type = "opaque";
  xdr_values results = given;
  given[0].bytes = std::move(bytes.bytes);
  if (!invoke(a, number, rpc_echo, given, results, milliseconds)) return;
  a.ret = static_cast<int64_t>(results[0].bytes.size());
  a.keep_bytes(results[0].bytes.data(), results[0].bytes.size());
}

void encode(answer& a, xdr_values values) {
  const rpc_library* library = library_or_answer(a);
  if (library == nullptr) return;
  std::string room(size_t{1} << 16, '\0');
  XDR stream{};
  library->xdrmem_create(&stream, room.data(), static_cast<u_int>(room.size()), XDR_ENCODE);
  if (a.timed([&] { return xdr_transfer(&stream, &values) ? 0 : -1; }) == -1)
    return fails(a, RPC_CANTENCODEARGS);
  a.ret = XDR_GETPOS(&stream);
  a.keep_bytes(room.data(), static_cast<size_t>(a.ret));
}

void decode(answer& a, buffer bytes, xdr_values values) {
  const rpc_library* library = library_or_answer(a);
  if (library == nullptr) return;
  XDR stream{};
  library->xdrmem_create(&stream, bytes.data(), static_cast<u_int>(bytes.size()), XDR_DECODE);
  if (a.timed([&] { return xdr_transfer(&stream, &values) ? 0 : -1; }) == -1)
    return fails(a, RPC_CANTDECODERES);
  a.ret = XDR_GETPOS(&stream);
  node list = node::list();
  for (const xdr_value& v : values) list.items.push_back(v.as_node());
  a.out.add("values", std::move(list));
}

// Whether the library is here at all.
void look_for_library(answer& a) { library_or_answer(a); }

constexpr call calls[] = {
    shaped<look_for_library>("rpc-library", ""),
    shaped<serve_rpc>("rpc-serve", "descriptor program version"),
    shaped<make_client>("rpc-client", "descriptor address program version"),
    shaped<look_up_client>("rpc-client-by-name", "host program version network"),
    shaped<claim_identity>("rpc-claim-identity", "client uid gid"),
    shaped<set_retry>("rpc-set-retry", "client milliseconds"),
    shaped<call_procedure>("rpc-call", "client procedure [[type value]…] [[type]…] [milliseconds]"),
    shaped<call_echo>("rpc-echo", "client bytes [milliseconds]"),
    shaped<encode>("xdr-encode", "[[type value]…]"),
    shaped<decode>("xdr-decode", "bytes [[type]…]"),
};

#define STATUS(name) \
  { #name, int64_t{first_rpc_error } + name }
constexpr constant names[] = {
    STATUS(RPC_CANTENCODEARGS),   STATUS(RPC_CANTDECODERES),   STATUS(RPC_CANTSEND),
    STATUS(RPC_CANTRECV),         STATUS(RPC_TIMEDOUT),        STATUS(RPC_INTR),
    STATUS(RPC_VERSMISMATCH),     STATUS(RPC_AUTHERROR),       STATUS(RPC_PROGUNAVAIL),
    STATUS(RPC_PROGVERSMISMATCH), STATUS(RPC_PROCUNAVAIL),     STATUS(RPC_CANTDECODEARGS),
    STATUS(RPC_SYSTEMERROR),      STATUS(RPC_UNKNOWNHOST),     STATUS(RPC_UNKNOWNPROTO),
    STATUS(RPC_UNKNOWNADDR),      STATUS(RPC_RPCBFAILURE),     STATUS(RPC_PROGNOTREGISTERED),
    STATUS(RPC_FAILED),           STATUS(RPC_N2AXLATEFAILURE), STATUS(RPC_TLIERROR),
    STATUS(RPC_UDERROR),          STATUS(RPC_CANTCONNECT),
};
#undef STATUS

}  // namespace

call_group rpc_calls() { return calls; }
constant_group rpc_constants() { return names; }

}  // namespace ipcmark
