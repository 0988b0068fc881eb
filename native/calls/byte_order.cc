#include "calls/byte_order.h"

#include "os/socket_headers.h"

namespace ipcmark {

namespace {

// Nothing is asked of the system: there is no time to take, and nothing can fail.
void host_to_network(answer& a, uint32_t number) { a.ret = int64_t{htonl(number)}; }
void network_to_host(answer& a, uint32_t number) { a.ret = int64_t{ntohl(number)}; }

constexpr call calls[] = {
    shaped<host_to_network>("htonl", "number"),
    shaped<network_to_host>("ntohl", "number"),
};

}  // namespace

call_group byte_order_calls() { return calls; }

}  // namespace ipcmark
