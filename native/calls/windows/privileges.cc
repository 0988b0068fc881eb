// Who may open what: tokens, impersonation, and the security descriptors of objects, written in SDDL.
#include "calls/windows/privileges.h"

#include <sddl.h>

#include <vector>

namespace ipcmark {

descriptor_memory descriptor_from_sddl(const std::wstring& sddl) {
  void* made = nullptr;
  if (ConvertStringSecurityDescriptorToSecurityDescriptorW(sddl.c_str(), SDDL_REVISION_1, &made, nullptr) ==
      0) {
    return nullptr;
  }
  return descriptor_memory(made);
}

bool from_value<security>::convert(const value& v, security& to, std::string& why) {
  std::string text;
  if (!text_from(v, text, why)) return false;
  constexpr std::string_view inherit = "inherit";
  to.inherit = text == inherit || text.starts_with("inherit ");
  if (to.inherit) text.erase(0, inherit.size() + 1);
  if (text.empty()) return true;
  to.descriptor = descriptor_from_sddl(wide(text));
  if (to.descriptor == nullptr) {
    why = "'inherit', a security descriptor in SDDL, or both are needed: '" + text + "' is " +
          error_name(last_error());
  }
  return to.descriptor != nullptr;
}

namespace {

using sid_memory = descriptor_memory;

// Security identifiers are written as SDDL has them: S-1-1-0, or the short form WD.
std::vector<SID_AND_ATTRIBUTES> sids_of(const std::vector<std::wstring>& texts, std::vector<sid_memory>& keep,
                                        std::string& why) {
  std::vector<SID_AND_ATTRIBUTES> sids;
  for (const std::wstring& text : texts) {
    PSID sid = nullptr;
    if (ConvertStringSidToSidW(text.c_str(), &sid) == 0) {
      why = "'" + narrow(text) + "' is no security identifier such as S-1-1-0";
      break;
    }
    keep.emplace_back(sid);
    sids.push_back({sid, 0});
  }
  return sids;
}

std::string text_of(PSID sid) {
  wchar_t* text = nullptr;
  if (ConvertSidToStringSidW(sid, &text) == 0) return {};
  const descriptor_memory owned(text);
  return narrow(text);
}

void open_process_token(answer& a, HANDLE process, DWORD access) {
  HANDLE token = nullptr;
  a.timed([&] { return OpenProcessToken(process, access, &token); });
  if (a.ok()) a.out.add("token", as_integer(token));
}

// A token that has less: some identifiers may only deny, and what is restricted must be allowed a second
// time.
void create_restricted_token(answer& a, HANDLE token, DWORD flags,
                             std::optional<std::vector<std::wstring>> deny_only,
                             std::optional<std::vector<std::wstring>> restricting) {
  std::vector<sid_memory> keep;
  std::string why;
  auto denied = sids_of(deny_only.value_or(std::vector<std::wstring>{}), keep, why);
  auto restricted = sids_of(restricting.value_or(std::vector<std::wstring>{}), keep, why);
  if (!why.empty()) return a.refuse("CreateRestrictedToken: " + why);
  HANDLE made = nullptr;
  a.timed([&] {
    return CreateRestrictedToken(token, flags, static_cast<DWORD>(denied.size()), denied.data(), 0, nullptr,
                                 static_cast<DWORD>(restricted.size()), restricted.data(), &made);
  });
  if (a.ok()) a.out.add("token", as_integer(made));
}

// Who the token stands for.
void get_token_user(answer& a, HANDLE token) {
  alignas(TOKEN_USER) unsigned char into[sizeof(TOKEN_USER) + SECURITY_MAX_SID_SIZE];
  DWORD size = 0;
  a.timed([&] { return GetTokenInformation(token, TokenUser, into, sizeof into, &size); });
  if (a.ok()) a.out.add("sid", text_of(reinterpret_cast<TOKEN_USER*>(into)->User.Sid));
}

void get_object_security(answer& a, HANDLE object, SECURITY_INFORMATION what) {
  DWORD size = 0;
  GetKernelObjectSecurity(object, what, nullptr, 0, &size);
  std::vector<unsigned char> into(size + 1);
  a.timed([&] { return GetKernelObjectSecurity(object, what, into.data(), size, &size); });
  if (!a.ok()) return;
  wchar_t* text = nullptr;
  if (ConvertSecurityDescriptorToStringSecurityDescriptorW(into.data(), SDDL_REVISION_1, what, &text,
                                                           nullptr) == 0)
    return;
  const descriptor_memory owned(text);
  a.out.add("sddl", narrow(text));
}

void set_object_security(answer& a, HANDLE object, SECURITY_INFORMATION what, std::wstring sddl) {
  const descriptor_memory descriptor = descriptor_from_sddl(sddl);
  if (descriptor == nullptr) return a.refuse("SetKernelObjectSecurity: '" + narrow(sddl) + "' is no SDDL");
  a.timed([&] { return SetKernelObjectSecurity(object, what, descriptor.get()); });
}

BOOL impersonate_anonymous() { return ImpersonateAnonymousToken(GetCurrentThread()); }
BOOL impersonate_client(HANDLE pipe) { return ImpersonateNamedPipeClient(pipe); }
BOOL impersonate_user(HANDLE token) { return ImpersonateLoggedOnUser(token); }
BOOL revert() { return RevertToSelf(); }

constexpr call calls[] = {
    shaped<open_process_token>("OpenProcessToken", "process access"),
    shaped<create_restricted_token>("CreateRestrictedToken",
                                    "token flags [[deny-only-sid…]] [[restricting-sid…]]"),
    shaped<get_token_user>("GetTokenInformation-TokenUser", "token"),
    plain<impersonate_user>("ImpersonateLoggedOnUser", "token"),
    plain<impersonate_anonymous>("ImpersonateAnonymousToken", ""),
    plain<impersonate_client>("ImpersonateNamedPipeClient", "handle"),
    plain<revert>("RevertToSelf", ""),
    shaped<get_object_security>("GetKernelObjectSecurity", "handle information"),
    shaped<set_object_security>("SetKernelObjectSecurity", "handle information sddl"),
};

}  // namespace

call_group privilege_calls() { return calls; }

}  // namespace ipcmark
