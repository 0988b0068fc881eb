// Libraries that a process loads while it runs, and where their variables lie in it.
#include "calls/windows/table.h"

namespace ipcmark {

namespace {

void load_library(answer& a, std::wstring path) {
  a.timed([&] { return LoadLibraryW(path.c_str()); });
}

BOOL free_library(HANDLE module) { return FreeLibrary(static_cast<HMODULE>(module)); }

// The address of what a library exports: of a function or, here, of a variable.
void get_address(answer& a, HANDLE module, std::string name) {
  a.timed(
      [&] { return reinterpret_cast<void*>(GetProcAddress(static_cast<HMODULE>(module), name.c_str())); });
}

// The file that a module was loaded from; of the program itself with NULL.
void get_file_name(answer& a, HANDLE module) {
  constexpr DWORD room = 32768;
  std::wstring name(room, L'\0');
  const DWORD length =
      a.timed([&] { return GetModuleFileNameW(static_cast<HMODULE>(module), name.data(), room); });
  if (length == 0) a.code = last_error();
  name.resize(length);
  if (a.ok()) a.out.add("path", narrow(name));
}

constexpr call calls[] = {
    shaped<load_library>("LoadLibrary", "path"),
    plain<free_library>("FreeLibrary", "module"),
    shaped<get_address>("GetProcAddress", "module name"),
    shaped<get_file_name>("GetModuleFileName", "module"),
};

}  // namespace

call_group library_calls() { return calls; }

}  // namespace ipcmark
