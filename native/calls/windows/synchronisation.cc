// Objects that are there to be waited for, with a name or without: events, mutexes and semaphores. They are
// waited for as everything else is (readiness.cc). WaitOnAddress is here too, which has no object.
#include "calls/windows/named.h"
#include "calls/windows/privileges.h"

namespace ipcmark {

namespace {

using maybe_name = std::optional<std::wstring>;

const wchar_t* called(const maybe_name& name) { return name && !name->empty() ? name->c_str() : nullptr; }

void create_event(answer& a, BOOL manual_reset, BOOL set, const maybe_name& name,
                  const std::optional<security>& s) {
  SECURITY_ATTRIBUTES attributes = attributes_of(s);
  create_or_open(a, [&] { return CreateEventW(&attributes, manual_reset, set, called(name)); });
}

void create_mutex(answer& a, BOOL owned, const maybe_name& name, const std::optional<security>& s) {
  SECURITY_ATTRIBUTES attributes = attributes_of(s);
  create_or_open(a, [&] { return CreateMutexW(&attributes, owned, called(name)); });
}

void create_semaphore(answer& a, LONG count, LONG most, const maybe_name& name,
                      const std::optional<security>& s) {
  SECURITY_ATTRIBUTES attributes = attributes_of(s);
  create_or_open(a, [&] { return CreateSemaphoreW(&attributes, count, most, called(name)); });
}

void open_event(answer& a, DWORD access, BOOL inherit, std::wstring name) {
  a.timed([&] { return OpenEventW(access, inherit, name.c_str()); });
}
void open_mutex(answer& a, DWORD access, BOOL inherit, std::wstring name) {
  a.timed([&] { return OpenMutexW(access, inherit, name.c_str()); });
}
void open_semaphore(answer& a, DWORD access, BOOL inherit, std::wstring name) {
  a.timed([&] { return OpenSemaphoreW(access, inherit, name.c_str()); });
}

BOOL set_event(HANDLE event) { return SetEvent(event); }
BOOL reset_event(HANDLE event) { return ResetEvent(event); }
BOOL release_mutex(HANDLE mutex) { return ReleaseMutex(mutex); }

void release_semaphore(answer& a, HANDLE semaphore, LONG count) {
  LONG previous = 0;
  a.timed([&] { return ReleaseSemaphore(semaphore, count, &previous); });
  if (a.ok()) a.out.add("previous", previous);
}

// Waits as long as the word at the address is what was expected, and nobody wakes it.
void wait_on_address(answer& a, void* address, uint32_t expected, DWORD milliseconds) {
  a.timed([&] { return WaitOnAddress(address, &expected, sizeof expected, milliseconds); });
}
// It does not tell whether there was anybody to wake.
void wake_by_address_all(answer& a, void* address) {
  a.timed([&] { return WakeByAddressAll(address), TRUE; });
}

constexpr call calls[] = {
    shaped<create_event>("CreateEvent", "manual-reset set [name] [security]"),
    shaped<open_event>("OpenEvent", "access inherit name"),
    plain<set_event>("SetEvent", "event"),
    plain<reset_event>("ResetEvent", "event"),
    shaped<create_mutex>("CreateMutex", "owned [name] [security]"),
    shaped<open_mutex>("OpenMutex", "access inherit name"),
    plain<release_mutex>("ReleaseMutex", "mutex"),
    shaped<create_semaphore>("CreateSemaphore", "count most [name] [security]"),
    shaped<open_semaphore>("OpenSemaphore", "access inherit name"),
    shaped<release_semaphore>("ReleaseSemaphore", "semaphore count"),
    shaped<wait_on_address>("WaitOnAddress", "address expected milliseconds"),
    shaped<wake_by_address_all>("WakeByAddressAll", "address"),
};

constexpr constant names[] = {
    NAMED(EVENT_MODIFY_STATE), NAMED(EVENT_ALL_ACCESS),       NAMED(MUTEX_MODIFY_STATE),
    NAMED(MUTEX_ALL_ACCESS),   NAMED(SEMAPHORE_MODIFY_STATE), NAMED(SEMAPHORE_ALL_ACCESS),
};

}  // namespace

call_group synchronisation_calls() { return calls; }
constant_group synchronisation_constants() { return names; }

}  // namespace ipcmark
