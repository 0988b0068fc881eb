#include "core/usage.h"

namespace ipcmark {

usage operator-(const usage& later, const usage& earlier) {
  return {
      .user_ns = later.user_ns - earlier.user_ns,
      .system_ns = later.system_ns - earlier.system_ns,
      .voluntary_switches = later.voluntary_switches - earlier.voluntary_switches,
      .involuntary_switches = later.involuntary_switches - earlier.involuntary_switches,
      .minor_faults = later.minor_faults - earlier.minor_faults,
      .max_rss_kib = later.max_rss_kib,
  };
}

node as_node(const usage& u) {
  node n = node::object();
  n.add("userNs", u.user_ns);
  n.add("systemNs", u.system_ns);
  n.add("voluntarySwitches", u.voluntary_switches);
  n.add("involuntarySwitches", u.involuntary_switches);
  n.add("minorFaults", u.minor_faults);
  n.add("maxRssKib", u.max_rss_kib);
  return n;
}

}  // namespace ipcmark
