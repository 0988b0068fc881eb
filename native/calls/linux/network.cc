// Families of sockets that few kernels have: virtual machines, TIPC and RDS.
#include <linux/tipc.h>
#include <linux/vm_sockets.h>
#include <sys/socket.h>

#include "calls/linux/deadline.h"
#include "calls/linux/named.h"
#include "calls/linux/open_socket.h"
#include "calls/linux/table.h"

namespace ipcmark {

namespace {

// Whether this machine can reach itself over AF_VSOCK, as a probe asks: a socket listens at the local address
// and another connects to it. Where nothing routes that address a connect waits for two seconds unless it is
// given less. What the first step that failed said is the answer.
void reach_itself(answer& a, int type, int milliseconds) {
  const timeval patience = short_duration(milliseconds);
  sockaddr_vm local{};
  local.svm_family = AF_VSOCK;
  local.svm_cid = VMADDR_CID_LOCAL;
  local.svm_port = VMADDR_PORT_ANY;
  socklen_t size = sizeof local;
  sockaddr* const raw = reinterpret_cast<sockaddr*>(&local);
  a.timed([&] {
    const open_socket listener(AF_VSOCK, type), client(AF_VSOCK, type);
    if (listener == -1 || client == -1) return -1;
    if (::bind(listener, raw, size) == -1 || ::listen(listener, 1) == -1) return -1;
    if (::getsockname(listener, raw, &size) == -1) return -1;
    ::setsockopt(client, AF_VSOCK, SO_VM_SOCKETS_CONNECT_TIMEOUT, &patience, sizeof patience);
    return ::connect(client, raw, size);
  });
}

constexpr call calls[] = {
    shaped<reach_itself>("reach-vsock", "type milliseconds"),
};

constexpr constant known[] = {
    NAMED(AF_RDS),   NAMED(VMADDR_CID_LOCAL),    NAMED(SO_VM_SOCKETS_CONNECT_TIMEOUT),
    NAMED(SOL_TIPC), NAMED(TIPC_DEST_DROPPABLE),
};

}  // namespace

call_group network_calls() { return calls; }
constant_group network_constants() { return known; }

}  // namespace ipcmark
