#include "transports/windows/table.h"

namespace ipcmark {

std::span<const transport_loops> transports() {
  static const transport_loops all[] = {
      handle_loops(),
  };
  return all;
}

}  // namespace ipcmark
