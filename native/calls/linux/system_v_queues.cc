// System V message queues. A message has a type, a whole number above zero, beside its bytes.
#include <sys/msg.h>

#include <cstring>

#include "calls/linux/named.h"
#include "calls/linux/system_v.h"
#include "calls/linux/table.h"

namespace ipcmark {

namespace {

void get_queue(answer& a, key_t key, int flags) {
  get_noted(a, system_v_queues, key, flags, [&] { return ::msgget(key, flags); });
}

// As the calls want it: the type, and the bytes right behind it.
std::string message_of(long type, std::string_view bytes) {
  std::string message(sizeof type, '\0');
  std::memcpy(message.data(), &type, sizeof type);
  return message.append(bytes);
}

void send_message(answer& a, int id, long type, buffer from, int flags) {
  const std::string message = message_of(type, from.bytes);
  a.timed([&] { return ::msgsnd(id, message.data(), from.size(), flags); });
  // The call says a bare yes; what it took is told beside it, unless that is nothing.
  if (a.ok() && from.size() > 0) a.out.add("transferred", from.size());
}

void receive_message(answer& a, int id, length n, long type, int flags) {
  std::string message(sizeof type + n, '\0');
  const auto got = a.timed([&] { return ::msgrcv(id, message.data(), n, type, flags); });
  if (got < 0) return;
  std::memcpy(&type, message.data(), sizeof type);
  a.keep_bytes(message.data() + sizeof type, static_cast<size_t>(got));
  a.out.add("type", type);
}

void look_at_queue(answer& a, int id) {
  msqid_ds state;
  a.timed([&] { return ::msgctl(id, IPC_STAT, &state); });
  if (!a.ok()) return;
  give_permissions(a, state.msg_perm);
  a.out.add("messages", state.msg_qnum).add("bytes", state.__msg_cbytes).add("most-bytes", state.msg_qbytes);
  a.out.add("last-sender", state.msg_lspid).add("last-receiver", state.msg_lrpid);
  a.out.add("sent", state.msg_stime).add("received", state.msg_rtime).add("changed", state.msg_ctime);
}

void set_queue(answer& a, int id, uid_t user, gid_t group, mode_t mode, unsigned long most_bytes) {
  msqid_ds state{};
  state.msg_perm = owned_by(user, group, mode);
  state.msg_qbytes = most_bytes;
  a.timed([&] { return ::msgctl(id, IPC_SET, &state); });
}

void remove_queue(answer& a, int id) {
  a.timed([&] { return ::msgctl(id, IPC_RMID, nullptr); });
}

constexpr call calls[] = {
    shaped<get_queue>("msgget", "key flags"),
    shaped<send_message>("msgsnd", "id type bytes flags"),
    shaped<receive_message>("msgrcv", "id length type flags"),
    shaped<look_at_queue>("msgctl-IPC_STAT", "id"),
    shaped<set_queue>("msgctl-IPC_SET", "id uid gid mode most-bytes"),
    shaped<remove_queue>("msgctl-IPC_RMID", "id"),
};

constexpr constant names[] = {
    NAMED(MSG_NOERROR),
    NAMED(MSG_EXCEPT),
    NAMED(MSG_COPY),
};

}  // namespace

call_group system_v_queue_calls() { return calls; }
constant_group system_v_queue_constants() { return names; }

}  // namespace ipcmark
