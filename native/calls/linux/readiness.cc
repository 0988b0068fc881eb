// Waiting for several descriptors at once.
#include <poll.h>
#include <sys/epoll.h>

#include <algorithm>

#include "calls/linux/table.h"

namespace ipcmark {

namespace {

void poll_descriptors(answer& a, std::vector<std::pair<int, short>> wanted, int milliseconds) {
  std::vector<pollfd> set;
  for (const auto& [descriptor, events] : wanted) set.push_back({descriptor, events, 0});
  a.timed([&] { return ::poll(set.data(), set.size(), milliseconds); });
  node revents = node::list();
  for (const pollfd& p : set)
    revents.items.emplace_back(flag_names("POLL", static_cast<uint16_t>(p.revents)));
  if (a.ok()) a.out.add("revents", std::move(revents));
}

void change_interest(answer& a, int set, int operation, int descriptor, uint32_t events) {
  epoll_event event{};
  event.events = events;
  event.data.fd = descriptor;
  a.timed([&] { return ::epoll_ctl(set, operation, descriptor, &event); });
}

void wait_for_events(answer& a, int set, int most, int milliseconds) {
  std::vector<epoll_event> events(static_cast<size_t>(std::clamp(most, 0, 1024)));
  const int count = a.timed([&] { return ::epoll_wait(set, events.data(), most, milliseconds); });
  node list = node::list();
  for (int i = 0; i < count; i++) {
    const epoll_event& e = events[static_cast<size_t>(i)];
    list.items.push_back(node::list({e.data.fd, flag_names("EPOLL", e.events)}));
  }
  if (a.ok()) a.out.add("events", std::move(list));
}

constexpr call calls[] = {
    shaped<poll_descriptors>("poll", "[[descriptor events]…] milliseconds"),
    plain<::epoll_create1>("epoll_create1", "flags"),
    shaped<change_interest>("epoll_ctl", "set operation descriptor events"),
    shaped<wait_for_events>("epoll_wait", "set most milliseconds"),
};

}  // namespace

call_group readiness_calls() { return calls; }

}  // namespace ipcmark
