// Mutexes, conditions, read-write locks and barriers, by their address in memory that processes share. They
// return their error's number; what they shall be is asked for as flags are, by the names that the setters of
// their attributes take: `PTHREAD_PROCESS_SHARED|PTHREAD_MUTEX_ROBUST`. A deadline is written as the
// milliseconds from now.
#include <pthread.h>

#include "calls/linux/deadline.h"
#include "calls/linux/named.h"
#include "calls/linux/table.h"

namespace ipcmark {

namespace {

// ------------------------------------------------------------------------------------------------ attributes

template <class Attributes>
struct setting {
  const char* name;
  int (*set)(Attributes*);
};

// Some attributes of one kind of object: how they begin and end, and what can be set.
template <class Attributes>
struct settings {
  int (*begin)(Attributes*);
  int (*end)(Attributes*);
  std::span<const setting<Attributes>> known;

  // Answers what the setter said, or nothing where there is none of that name.
  std::optional<int> set(Attributes* attributes, std::string_view name) const {
    for (const setting<Attributes>& s : known) {
      if (name == s.name) return s.set(attributes);
    }
    return name == "0" ? std::optional(0) : std::nullopt;
  }
};

// Makes an object with these attributes. A setter that refuses is news of the system's, as if making had
// failed.
template <class Attributes, class F>
void make_with(const settings<Attributes>& with, answer& a, const std::string& flags, F&& make) {
  Attributes attributes;
  with.begin(&attributes);
  int error = 0;
  for (size_t at = 0; at <= flags.size() && error == 0 && a.ok();) {
    const size_t end = std::min(flags.find('|', at), flags.size());
    const std::string name = flags.substr(at, end - at);
    const std::optional<int> said = with.set(&attributes, name);
    if (!said) a.refuse("'" + name + "' is nothing that it can be");
    error = said.value_or(0);
    at = end + 1;
  }
  if (a.ok()) a.timed_number([&] { return error != 0 ? error : make(&attributes); });
  with.end(&attributes);
}

using mutex_setting = setting<pthread_mutexattr_t>;
constexpr mutex_setting mutex_settings[] = {
    {"PTHREAD_PROCESS_SHARED",
     [](auto* m) { return ::pthread_mutexattr_setpshared(m, PTHREAD_PROCESS_SHARED); }},
    {"PTHREAD_MUTEX_ROBUST", [](auto* m) { return ::pthread_mutexattr_setrobust(m, PTHREAD_MUTEX_ROBUST); }},
    {"PTHREAD_PRIO_INHERIT",
     [](auto* m) { return ::pthread_mutexattr_setprotocol(m, PTHREAD_PRIO_INHERIT); }},
    {"PTHREAD_MUTEX_ERRORCHECK",
     [](auto* m) { return ::pthread_mutexattr_settype(m, PTHREAD_MUTEX_ERRORCHECK); }},
    {"PTHREAD_MUTEX_RECURSIVE",
     [](auto* m) { return ::pthread_mutexattr_settype(m, PTHREAD_MUTEX_RECURSIVE); }},
};

// All that the others can be is shared.
template <class Attributes, int (*Share)(Attributes*, int)>
constexpr setting<Attributes> shared_or_not[] = {
    {"PTHREAD_PROCESS_SHARED", [](Attributes* a) { return Share(a, PTHREAD_PROCESS_SHARED); }},
};

void make_mutex(answer& a, void* mutex, std::string flags) {
  constexpr settings<pthread_mutexattr_t> with = {::pthread_mutexattr_init, ::pthread_mutexattr_destroy,
                                                  mutex_settings};
  make_with(with, a, flags,
            [&](auto* as) { return ::pthread_mutex_init(static_cast<pthread_mutex_t*>(mutex), as); });
}

void make_condition(answer& a, void* condition, std::string flags) {
  constexpr settings<pthread_condattr_t> with = {
      ::pthread_condattr_init, ::pthread_condattr_destroy,
      shared_or_not<pthread_condattr_t, ::pthread_condattr_setpshared>};
  make_with(with, a, flags,
            [&](auto* as) { return ::pthread_cond_init(static_cast<pthread_cond_t*>(condition), as); });
}

void make_rwlock(answer& a, void* lock, std::string flags) {
  constexpr settings<pthread_rwlockattr_t> with = {
      ::pthread_rwlockattr_init, ::pthread_rwlockattr_destroy,
      shared_or_not<pthread_rwlockattr_t, ::pthread_rwlockattr_setpshared>};
  make_with(with, a, flags,
            [&](auto* as) { return ::pthread_rwlock_init(static_cast<pthread_rwlock_t*>(lock), as); });
}

void make_barrier(answer& a, void* barrier, unsigned count, std::string flags) {
  constexpr settings<pthread_barrierattr_t> with = {
      ::pthread_barrierattr_init, ::pthread_barrierattr_destroy,
      shared_or_not<pthread_barrierattr_t, ::pthread_barrierattr_setpshared>};
  make_with(with, a, flags, [&](auto* as) {
    return ::pthread_barrier_init(static_cast<pthread_barrier_t*>(barrier), as, count);
  });
}

// ------------------------------------------------------------------------------------------------------- use

template <class T, int (*F)(T*)>
void on(answer& a, void* object) {
  a.timed_number([&] { return F(static_cast<T*>(object)); });
}

template <class T, int (*F)(T*, const timespec*)>
void on_until(answer& a, void* object, int milliseconds) {
  a.timed_number([&] {
    const timespec until = deadline_in(milliseconds);
    return F(static_cast<T*>(object), &until);
  });
}

void wait_on_condition(answer& a, void* condition, void* mutex) {
  a.timed_number([&] {
    return ::pthread_cond_wait(static_cast<pthread_cond_t*>(condition), static_cast<pthread_mutex_t*>(mutex));
  });
}

void wait_on_condition_until(answer& a, void* condition, void* mutex, int milliseconds) {
  a.timed_number([&] {
    const timespec until = deadline_in(milliseconds);
    return ::pthread_cond_timedwait(static_cast<pthread_cond_t*>(condition),
                                    static_cast<pthread_mutex_t*>(mutex), &until);
  });
}

using mutex = pthread_mutex_t;
using condition = pthread_cond_t;
using rwlock = pthread_rwlock_t;
using barrier = pthread_barrier_t;

constexpr call calls[] = {
    shaped<make_mutex>("pthread_mutex_init", "mutex flags"),
    shaped<on<mutex, ::pthread_mutex_lock>>("pthread_mutex_lock", "mutex"),
    shaped<on<mutex, ::pthread_mutex_trylock>>("pthread_mutex_trylock", "mutex"),
    shaped<on_until<mutex, ::pthread_mutex_timedlock>>("pthread_mutex_timedlock", "mutex milliseconds"),
    shaped<on<mutex, ::pthread_mutex_unlock>>("pthread_mutex_unlock", "mutex"),
    shaped<on<mutex, ::pthread_mutex_consistent>>("pthread_mutex_consistent", "mutex"),
    shaped<make_condition>("pthread_cond_init", "condition flags"),
    shaped<wait_on_condition>("pthread_cond_wait", "condition mutex"),
    shaped<wait_on_condition_until>("pthread_cond_timedwait", "condition mutex milliseconds"),
    shaped<on<condition, ::pthread_cond_signal>>("pthread_cond_signal", "condition"),
    shaped<on<condition, ::pthread_cond_broadcast>>("pthread_cond_broadcast", "condition"),
    shaped<make_rwlock>("pthread_rwlock_init", "rwlock flags"),
    shaped<on<rwlock, ::pthread_rwlock_wrlock>>("pthread_rwlock_wrlock", "rwlock"),
    shaped<on<rwlock, ::pthread_rwlock_trywrlock>>("pthread_rwlock_trywrlock", "rwlock"),
    shaped<on_until<rwlock, ::pthread_rwlock_timedwrlock>>("pthread_rwlock_timedwrlock",
                                                           "rwlock milliseconds"),
    shaped<on<rwlock, ::pthread_rwlock_unlock>>("pthread_rwlock_unlock", "rwlock"),
    shaped<make_barrier>("pthread_barrier_init", "barrier count flags"),
    shaped<on<barrier, ::pthread_barrier_wait>>("pthread_barrier_wait", "barrier"),
};

constexpr constant names[] = {
    NAMED(PTHREAD_PROCESS_SHARED),   NAMED(PTHREAD_MUTEX_ROBUST),    NAMED(PTHREAD_PRIO_INHERIT),
    NAMED(PTHREAD_MUTEX_ERRORCHECK), NAMED(PTHREAD_MUTEX_RECURSIVE), NAMED(PTHREAD_BARRIER_SERIAL_THREAD),
};

}  // namespace

call_group pthread_object_calls() { return calls; }
constant_group pthread_object_constants() { return names; }

}  // namespace ipcmark
