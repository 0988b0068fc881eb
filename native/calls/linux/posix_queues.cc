// POSIX message queues.
#include <fcntl.h>
#include <limits.h>
#include <mqueue.h>
#include <signal.h>
#include <unistd.h>

#include "calls/linux/deadline.h"
#include "calls/linux/named.h"
#include "calls/linux/table.h"
#include "os/posix_names.h"

namespace ipcmark {

namespace {

// With the two sizes comes a structure of attributes, without them the system's default.
void open_queue(answer& a, std::string name, int flags, std::optional<mode_t> mode,
                std::optional<long> most_messages, std::optional<long> longest_message) {
  std::string why;
  if ((flags & O_CREAT) != 0 && !note_queue(name, why)) return a.refuse(why);
  mq_attr attributes{};
  attributes.mq_maxmsg = most_messages.value_or(0);
  attributes.mq_msgsize = longest_message.value_or(0);
  const bool given = most_messages.has_value();
  a.timed([&] { return ::mq_open(name.c_str(), flags, mode.value_or(0), given ? &attributes : nullptr); });
}

// mq_send says 0, and never takes less than all.
void give_transferred(answer& a, const buffer& from) {
  if (a.ok()) a.out.add("transferred", from.size());
}

void send_message(answer& a, mqd_t queue, buffer from, unsigned priority) {
  a.timed([&] { return ::mq_send(queue, from.data(), from.size(), priority); });
  give_transferred(a, from);
}

// Waits at most so many milliseconds from now; a negative number is a deadline in the past.
void send_until(answer& a, mqd_t queue, buffer from, unsigned priority, int milliseconds) {
  a.timed([&] {
    const timespec deadline = deadline_in(milliseconds);
    return ::mq_timedsend(queue, from.data(), from.size(), priority, &deadline);
  });
  give_transferred(a, from);
}

template <class Receive>
void receive(answer& a, length n, Receive&& receive_into) {
  std::string into(n, '\0');
  unsigned priority = 0;
  const ssize_t got = a.timed([&] { return receive_into(into, &priority); });
  if (got < 0) return;
  a.keep_bytes(into.data(), static_cast<size_t>(got));
  a.out.add("priority", priority);
}

void receive_message(answer& a, mqd_t queue, length n) {
  receive(a, n, [&](std::string& into, unsigned* priority) {
    return ::mq_receive(queue, into.data(), into.size(), priority);
  });
}

void receive_until(answer& a, mqd_t queue, length n, int milliseconds) {
  receive(a, n, [&](std::string& into, unsigned* priority) {
    const timespec deadline = deadline_in(milliseconds);
    return ::mq_timedreceive(queue, into.data(), into.size(), priority, &deadline);
  });
}

void give_attributes(answer& a, const mq_attr& attributes) {
  a.out.add("flags", flag_names("O_", static_cast<unsigned long>(attributes.mq_flags)))
      .add("maxmsg", attributes.mq_maxmsg)
      .add("msgsize", attributes.mq_msgsize)
      .add("curmsgs", attributes.mq_curmsgs);
}

void get_attributes(answer& a, mqd_t queue) {
  mq_attr attributes{};
  a.timed([&] { return ::mq_getattr(queue, &attributes); });
  if (a.ok()) give_attributes(a, attributes);
}

// Only the flags can be set; gives what there was before.
void set_flags(answer& a, mqd_t queue, long flags) {
  mq_attr wanted{}, before{};
  wanted.mq_flags = flags;
  a.timed([&] { return ::mq_setattr(queue, &wanted, &before); });
  if (a.ok()) give_attributes(a, before);
}

// Asks for that signal, with a value beside it, when a message comes into the empty queue. Without a signal
// it takes the request back.
void notify(answer& a, mqd_t queue, std::optional<int> signal, std::optional<intptr_t> value) {
  sigevent event{};
  event.sigev_notify = SIGEV_SIGNAL;
  event.sigev_signo = signal.value_or(0);
  event.sigev_value.sival_ptr = reinterpret_cast<void*>(value.value_or(0));
  a.timed([&] { return ::mq_notify(queue, signal ? &event : nullptr); });
}

constexpr call calls[] = {
    shaped<open_queue>("mq_open", "name flags [mode [maxmsg msgsize]]"),
    plain<::mq_close>("mq_close", "queue"),
    plain<::mq_unlink>("mq_unlink", "name"),
    shaped<send_message>("mq_send", "queue bytes priority"),
    shaped<send_until>("mq_timedsend", "queue bytes priority milliseconds"),
    shaped<receive_message>("mq_receive", "queue length"),
    shaped<receive_until>("mq_timedreceive", "queue length milliseconds"),
    shaped<get_attributes>("mq_getattr", "queue"),
    shaped<set_flags>("mq_setattr", "queue flags"),
    shaped<notify>("mq_notify", "queue [signal [value]]"),
};

constexpr constant names[] = {
    NAMED(MQ_PRIO_MAX),
    NAMED(_SC_MQ_PRIO_MAX),
};

}  // namespace

call_group posix_queue_calls() { return calls; }
constant_group posix_queue_constants() { return names; }

}  // namespace ipcmark
