#include "transports/bell.h"

namespace ipcmark {

const bell_facts* bell_called(std::string_view name, std::string& why) {
  std::string known;
  for (const bell_facts& b : bells()) {
    if (b.name == name) return &b;
    known += known.empty() ? "" : ", ";
    known += b.name;
  }
  why = "no bell is called '" + std::string(name) + "'; there is " + known;
  return nullptr;
}

std::unique_ptr<bell> make_bell(std::string_view name, std::span<const int64_t> handles, std::string& why) {
  const bell_facts* b = bell_called(name, why);
  if (b == nullptr) return nullptr;
  if (b->baton) {
    why = "'" + std::string(name) + "' is a lock, which rings both ways or not at all";
    return nullptr;
  }
  if (b->meets) {
    why = "'" + std::string(name) +
          "' is rung by waiting for who waits for it, and wakes nobody who may not come";
    return nullptr;
  }
  if (handles.size() != b->handles) {
    why = "the bell '" + std::string(name) + "' needs handles: " + std::to_string(b->handles);
    return nullptr;
  }
  return b->make(handles, false);
}

}  // namespace ipcmark
