// Sections of memory, which Windows calls file mappings, and views of them in a process. Loads and stores
// there are the same on both systems (core/memory.h).
#include "calls/windows/named.h"
#include "calls/windows/privileges.h"

namespace ipcmark {

namespace {

struct halves {
  explicit halves(uint64_t whole)
      : high(static_cast<DWORD>(whole >> 32)), low(static_cast<DWORD>(whole & MAXDWORD)) {}
  DWORD high, low;
};

// Of a file, or with INVALID_HANDLE_VALUE of the system's paging file.
void create_file_mapping(answer& a, HANDLE file, DWORD protection, uint64_t size,
                         const std::optional<std::wstring>& name, const std::optional<security>& s) {
  SECURITY_ATTRIBUTES attributes = attributes_of(s);
  const halves bytes(size);
  const wchar_t* called = name && !name->empty() ? name->c_str() : nullptr;
  create_or_open(
      a, [&] { return CreateFileMappingW(file, &attributes, protection, bytes.high, bytes.low, called); });
}

void open_file_mapping(answer& a, DWORD access, BOOL inherit, std::wstring name) {
  a.timed([&] { return OpenFileMappingW(access, inherit, name.c_str()); });
}

void map_view(answer& a, HANDLE mapping, DWORD access, uint64_t offset, uint64_t length) {
  const halves from(offset);
  a.timed([&] { return MapViewOfFile(mapping, access, from.high, from.low, static_cast<SIZE_T>(length)); });
}

BOOL unmap_view(void* address) { return UnmapViewOfFile(address); }
BOOL flush_view(void* address, uint64_t length) {
  return FlushViewOfFile(address, static_cast<SIZE_T>(length));
}

constexpr call calls[] = {
    shaped<create_file_mapping>("CreateFileMapping", "file protection size [name] [security]"),
    shaped<open_file_mapping>("OpenFileMapping", "access inherit name"),
    shaped<map_view>("MapViewOfFile", "mapping access offset length"),
    plain<unmap_view>("UnmapViewOfFile", "address"),
    plain<flush_view>("FlushViewOfFile", "address length"),
};

constexpr constant names[] = {
    NAMED(PAGE_READONLY),  NAMED(PAGE_READWRITE), NAMED(PAGE_WRITECOPY),      NAMED(FILE_MAP_READ),
    NAMED(FILE_MAP_WRITE), NAMED(FILE_MAP_COPY),  NAMED(FILE_MAP_ALL_ACCESS),
};

}  // namespace

call_group memory_calls() { return calls; }
constant_group memory_constants() { return names; }

}  // namespace ipcmark
