// Mailslots. They are written to and read from as files are (files.cc).
#include "calls/windows/named.h"
#include "calls/windows/privileges.h"

namespace ipcmark {

// `NULL` instead of a name is no name at all.
struct name_or_null {
  std::wstring text;
  bool is_null = false;
  const wchar_t* pointer() const { return is_null ? nullptr : text.c_str(); }
};
template <>
struct from_value<name_or_null> {
  static bool convert(const value& v, name_or_null& to, std::string& why) {
    if (!from_value<std::wstring>::convert(v, to.text, why)) return false;
    to.is_null = to.text == L"NULL";
    return true;
  }
};

namespace {

void create_mailslot(answer& a, name_or_null name, DWORD max_message, DWORD read_timeout,
                     const std::optional<security>& s) {
  SECURITY_ATTRIBUTES attributes = attributes_of(s);
  a.timed([&] { return CreateMailslotW(name.pointer(), max_message, read_timeout, &attributes); });
}

// `available` is how much the next message brings, as a peek at a pipe tells it: nothing where there is none.
void get_info(answer& a, HANDLE mailslot) {
  DWORD max_message = 0, next_size = 0, count = 0, read_timeout = 0;
  a.timed([&] { return GetMailslotInfo(mailslot, &max_message, &next_size, &count, &read_timeout); });
  if (!a.ok()) return;
  const bool none = next_size == MAILSLOT_NO_MESSAGE;
  a.out.add("maxMessage", max_message).add("count", count).add("available", none ? 0 : next_size);
  a.out.add("nextSize", none ? node("MAILSLOT_NO_MESSAGE") : node(next_size));
  a.out.add("readTimeout",
            read_timeout == MAILSLOT_WAIT_FOREVER ? node("MAILSLOT_WAIT_FOREVER") : node(read_timeout));
}

BOOL set_info(HANDLE mailslot, DWORD read_timeout) { return SetMailslotInfo(mailslot, read_timeout); }

constexpr call calls[] = {
    shaped<create_mailslot>("CreateMailslot", "name max-message read-timeout [security]"),
    shaped<get_info>("GetMailslotInfo", "handle"),
    plain<set_info>("SetMailslotInfo", "handle read-timeout"),
};

constexpr constant names[] = {NAMED(MAILSLOT_WAIT_FOREVER), NAMED(MAILSLOT_NO_MESSAGE)};

}  // namespace

call_group mailslot_calls() { return calls; }
constant_group mailslot_constants() { return names; }

}  // namespace ipcmark
