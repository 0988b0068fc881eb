#include <vector>

#include "agent/agent.h"
#include "os/handle.h"
#include "os/text.h"

namespace ipcmark {

namespace {

// ntdll's own version, which no manifest and no compatibility mode bends.
std::string windows_version() {
  using get_version = LONG(WINAPI*)(OSVERSIONINFOW*);
  const auto get = reinterpret_cast<get_version>(
      reinterpret_cast<void*>(GetProcAddress(GetModuleHandleW(L"ntdll.dll"), "RtlGetVersion")));
  OSVERSIONINFOW v{};
  v.dwOSVersionInfoSize = sizeof v;
  if (get == nullptr || get(&v) != 0) return "Windows";
  return "Windows " + std::to_string(v.dwMajorVersion) + "." + std::to_string(v.dwMinorVersion) + "." +
         std::to_string(v.dwBuildNumber);
}

// Wine says who it is, so that nobody takes it for what it imitates.
std::string wine_version() {
  using get_version = const char*(__cdecl*)();
  const auto get = reinterpret_cast<get_version>(
      reinterpret_cast<void*>(GetProcAddress(GetModuleHandleW(L"ntdll.dll"), "wine_get_version")));
  return get == nullptr ? std::string() : std::string("Wine ") + get();
}

// The privileges that the agent's token has, by name.
node privileges() {
  node names = node::list();
  HANDLE opened = nullptr;
  if (OpenProcessToken(GetCurrentProcess(), TOKEN_QUERY, &opened) == 0) return names;
  const unique_handle token(opened);
  DWORD size = 0;
  GetTokenInformation(token.get(), TokenPrivileges, nullptr, 0, &size);
  std::vector<unsigned char> into(size);
  if (GetTokenInformation(token.get(), TokenPrivileges, into.data(), size, &size) == 0) return names;
  const auto* list = reinterpret_cast<const TOKEN_PRIVILEGES*>(into.data());
  for (DWORD i = 0; i < list->PrivilegeCount; i++) {
    LUID id = list->Privileges[i].Luid;
    wchar_t name[128];
    DWORD length = static_cast<DWORD>(std::size(name));
    if (LookupPrivilegeNameW(nullptr, &id, name, &length) != 0)
      names.items.emplace_back(narrow({name, length}));
  }
  return names;
}

}  // namespace

void describe_system(node& out) {
  out.add("os", "windows").add("system", windows_version() + " x86_64");
  if (const std::string wine = wine_version(); !wine.empty()) out.add("emulator", wine);
  out.add("pid", GetCurrentProcessId());
  out.add("capabilities", privileges());
}

}  // namespace ipcmark
