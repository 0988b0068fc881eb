// sendto(2) and recv(2): sockets that cannot be connected, and say with each send where it goes.
#include <sys/socket.h>

#include "calls/address.h"
#include "transports/linux/read_write.h"
#include "transports/linux/table.h"

namespace ipcmark {

namespace {

class addressed : public read_write {
 public:
  explicit addressed(const link_spec& link) : read_write(link) {
    if (link.to == no_handle) return;
    std::string why;
    if (!parse_address(link.options.to, to_, why)) unsupported = "the option 'to': " + why;
  }

  ssize_t send(int socket, const char* data, size_t length) const {
    return ::sendto(socket, data, length, 0, to_.data(), to_.size);
  }
  static const char* sends() { return "sendto"; }

  std::string unsupported;

 private:
  address to_;
};

class packet_transport : public descriptor_transport<addressed> {
 public:
  explicit packet_transport(const link_spec& link)
      : descriptor_transport(link), unsupported(way_.unsupported) {}

  std::string unsupported;
};

}  // namespace

transport_loops packet_loops() { return loops_of<packet_transport>("packet"); }

}  // namespace ipcmark
