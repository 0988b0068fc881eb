// Semaphores and auto-reset events: a wait takes from either what rang it.
#include "transports/windows/bells.h"

namespace ipcmark {

namespace {

template <const char* Name, BOOL (*Ring)(HANDLE)>
class object_rung final : public bell {
 public:
  explicit object_rung(HANDLE object) : object_(object) {}

  bool ring() override {
    system_calls++;
    return Ring(object_) || failed(Name, GetLastError());
  }
  bool wait() override { return wait_for(*this, object_, INFINITE) == attempt::rung; }
  attempt try_wait() override { return wait_for(*this, object_, 0); }

 private:
  HANDLE object_;
};

template <class Bell>
std::unique_ptr<bell> on_object(std::span<const int64_t> handles, bool) {
  return std::make_unique<Bell>(handle_of(handles[0]));
}

constexpr char set_event[] = "SetEvent";
constexpr char release_semaphore[] = "ReleaseSemaphore";
BOOL set(HANDLE event) { return SetEvent(event); }
BOOL add_one(HANDLE semaphore) { return ReleaseSemaphore(semaphore, 1, nullptr); }

using event_rung = object_rung<set_event, set>;
using semaphore_rung = object_rung<release_semaphore, add_one>;

}  // namespace

bell_facts event_bell() {
  return {"win-event", true, 1, false, rounds_of<event_rung>, on_object<event_rung>};
}
bell_facts semaphore_bell() {
  return {"win-semaphore", true, 1, false, rounds_of<semaphore_rung>, on_object<semaphore_rung>};
}

}  // namespace ipcmark
