#include "agent/windows/counters.h"

#include <new>

namespace ipcmark {

namespace {

constexpr DWORD section_size = sizeof(call_counter) * most_counters;
call_counter* counters = nullptr;

}  // namespace

bool make_counters(unique_handle& section) {
  SECURITY_ATTRIBUTES inheritable{sizeof inheritable, nullptr, TRUE};
  section = unique_handle(
      CreateFileMappingW(INVALID_HANDLE_VALUE, &inheritable, PAGE_READWRITE, 0, section_size, nullptr));
  if (!section || !map_counters(section.get())) return false;
  counters = new (counters) call_counter[most_counters];
  return true;
}

bool map_counters(HANDLE section) {
  counters =
      static_cast<call_counter*>(MapViewOfFile(section, FILE_MAP_READ | FILE_MAP_WRITE, 0, 0, section_size));
  return counters != nullptr;
}

call_counter& counter_at(size_t slot) { return counters[slot]; }

}  // namespace ipcmark
