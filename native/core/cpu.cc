#include "core/cpu.h"

namespace ipcmark {

node as_node(const cpu_place& place) {
  node n = node::object();
  n.add("cpu", place.cpu);
  n.add("core", place.core);
  n.add("package", place.package);
  n.add("node", place.node);
  n.add("cache", place.cache);
  return n;
}

}  // namespace ipcmark
