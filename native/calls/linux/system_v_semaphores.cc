// System V semaphores: sets of them, operated on together.
#include <sys/sem.h>

#include <climits>

#include "calls/linux/deadline.h"
#include "calls/linux/named.h"
#include "calls/linux/system_v.h"
#include "calls/linux/table.h"

namespace ipcmark {

// `[number operation flags]`
template <>
struct from_value<sembuf> {
  static bool convert(const value& v, sembuf& to, std::string& why) {
    if (v.is != value::kind::list || v.items.size() != 3)
      return why = "a list of three is needed, such as [0 -1 SEM_UNDO]", false;
    return from_value<unsigned short>::convert(v.items[0], to.sem_num, why) &&
           from_value<short>::convert(v.items[1], to.sem_op, why) &&
           from_value<short>::convert(v.items[2], to.sem_flg, why);
  }
};

namespace {

// What the caller has to define: semctl(2).
union semaphore_argument {
  int value;
  semid_ds* state;
  unsigned short* values;
};

void get_semaphores(answer& a, key_t key, int count, int flags) {
  get_noted(a, system_v_semaphores, key, flags, [&] { return ::semget(key, count, flags); });
}

void operate(answer& a, int id, std::vector<sembuf> operations) {
  a.timed([&] { return ::semop(id, operations.data(), operations.size()); });
}

void operate_in_time(answer& a, int id, std::vector<sembuf> operations, int milliseconds) {
  const timespec patience = duration(milliseconds);
  a.timed([&] { return ::semtimedop(id, operations.data(), operations.size(), &patience); });
}

// GETVAL, GETPID, GETNCNT, GETZCNT: one number of one semaphore.
template <int Command>
void get_number(answer& a, int id, int number) {
  a.timed([&] { return ::semctl(id, number, Command); });
}

void set_value(answer& a, int id, int number, int to) {
  a.timed([&] { return ::semctl(id, number, SETVAL, semaphore_argument{.value = to}); });
}

// Neither call is told how many values there are: room for more than can be numbered, and the count is the
// script's.
constexpr size_t most_semaphores = USHRT_MAX + 1;

void get_values(answer& a, int id, unsigned short count) {
  std::vector<unsigned short> values(most_semaphores);
  a.timed([&] { return ::semctl(id, 0, GETALL, semaphore_argument{.values = values.data()}); });
  if (a.ok()) a.out.add("values", node::list({values.begin(), values.begin() + count}));
}

void set_values(answer& a, int id, std::vector<unsigned short> values) {
  values.resize(most_semaphores);
  a.timed([&] { return ::semctl(id, 0, SETALL, semaphore_argument{.values = values.data()}); });
}

void look_at_semaphores(answer& a, int id) {
  semid_ds state;
  a.timed([&] { return ::semctl(id, 0, IPC_STAT, semaphore_argument{.state = &state}); });
  if (!a.ok()) return;
  give_permissions(a, state.sem_perm);
  a.out.add("count", state.sem_nsems).add("operated", state.sem_otime).add("changed", state.sem_ctime);
}

void remove_semaphores(answer& a, int id) {
  a.timed([&] { return ::semctl(id, 0, IPC_RMID); });
}

constexpr call calls[] = {
    shaped<get_semaphores>("semget", "key count flags"),
    shaped<operate>("semop", "id [[number operation flags]…]"),
    shaped<operate_in_time>("semtimedop", "id [[number operation flags]…] milliseconds"),
    shaped<get_number<GETVAL>>("semctl-GETVAL", "id number"),
    shaped<get_number<GETPID>>("semctl-GETPID", "id number"),
    shaped<get_number<GETNCNT>>("semctl-GETNCNT", "id number"),
    shaped<get_number<GETZCNT>>("semctl-GETZCNT", "id number"),
    shaped<set_value>("semctl-SETVAL", "id number value"),
    shaped<get_values>("semctl-GETALL", "id count"),
    shaped<set_values>("semctl-SETALL", "id [value…]"),
    shaped<look_at_semaphores>("semctl-IPC_STAT", "id"),
    shaped<remove_semaphores>("semctl-IPC_RMID", "id"),
};

constexpr constant names[] = {
    NAMED(SEM_UNDO),
};

}  // namespace

call_group system_v_semaphore_calls() { return calls; }
constant_group system_v_semaphore_constants() { return names; }

}  // namespace ipcmark
