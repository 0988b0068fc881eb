// What a fault's DETAIL may be: resolved once, when the fault is installed, so that a misspelt name is
// refused and not taken for a fault that does nothing.
#include <cctype>

#include "faults/faults.h"
#include "os/error.h"

namespace ipcmark {

namespace {

bool is_number(const std::string& text) {
  return !text.empty() && std::isdigit(static_cast<unsigned char>(text[0])) != 0 &&
         text.find('|') == text.npos;
}

bool error_named(const std::string& text, int64_t& number, std::string& why) {
  if (!constant_value(text, number, why)) return false;
  const std::string name = error_name(static_cast<uint32_t>(number));
  if (name == text) return true;
  return why = "'" + text + "' is not what an error is called; " + std::to_string(number) + " is " + name,
         false;
}

bool error_number(const std::string& text, int64_t& number, std::string& why) {
  if (!is_number(text)) return error_named(text, number, why);
  if (!constant_value(text, number, why)) return false;
  return number >= 0 && number <= UINT32_MAX ? true : (why = "no error is as large as " + text, false);
}

bool signal_number(const std::string& text, int64_t& number, std::string& why) {
  if (!can_become_deaf()) return why = "this system has no signals that could be lost", false;
  if (!constant_value(text, number, why)) return false;
  if (!is_number(text) && value_name("SIG", number) != text)
    return why = "'" + text + "' is no signal", false;
  return can_become_deaf_to(number) ? true : (why = "signal " + text + " cannot be lost", false);
}

bool constant_name(const std::string& text, std::string& why) {
  int64_t number = 0;
  if (!constant_value(text, number, why)) return false;
  const bool one_name = !is_number(text) && text.find('|') == text.npos;
  return one_name ? true : (why = "one constant's name is needed, not '" + text + "'", false);
}

bool parameter_name(const std::string& text, const fault& f, std::string& why) {
  for (const std::string& name : f.calls) {
    const call* c = find_call(name);
    if (c == nullptr || position(*c, text) == SIZE_MAX)
      return why = name + " has no parameter '" + text + "'", false;
  }
  return true;
}

bool renaming(const std::string& text, fault& f, std::string& why) {
  const size_t equals = text.find('=');
  if (equals == text.npos) return why = "FROM=TO is needed, such as EPIPE=EIO, not '" + text + "'", false;
  const std::string from = text.substr(0, equals), to = text.substr(equals + 1);
  return (from == "any" ? (f.from = any_error, true) : error_named(from, f.from, why)) &&
         (to == "0" ? (f.number = 0, true) : error_named(to, f.number, why));
}

bool exchange(const std::string& text, fault& f, std::string& why) {
  const size_t equals = text.find('=');
  if (equals == text.npos)
    return why = "FLAG=FLAG is needed, such as MAP_SHARED=MAP_PRIVATE, not '" + text + "'", false;
  f.name = text.substr(0, equals);
  return constant_name(f.name, why) && constant_value(text.substr(equals + 1), f.number, why);
}

}  // namespace

const char* written(detail_type type) {
  switch (type) {
    case detail_type::none:
      return "";
    case detail_type::error:
      return ":ERROR";
    case detail_type::signal:
      return ":SIGNAL";
    case detail_type::flags:
      return ":FLAGS";
    case detail_type::number:
      return ":NUMBER";
    case detail_type::name:
      return ":NAME";
    case detail_type::parameter:
      return ":PARAMETER";
    case detail_type::renaming:
      return ":FROM=TO";
    case detail_type::exchange:
      return ":FLAG=FLAG";
  }
  return "";
}

bool resolve_detail(const std::string& text, fault& f, std::string& why) {
  switch (f.kind->detail) {
    case detail_type::none:
      return true;
    case detail_type::error:
      return error_number(text, f.number, why);
    case detail_type::signal:
      return signal_number(text, f.number, why);
    case detail_type::flags:
    case detail_type::number:
      return constant_value(text, f.number, why);
    case detail_type::name:
      f.name = text;
      return constant_name(text, why);
    case detail_type::parameter:
      f.name = text;
      return parameter_name(text, f, why);
    case detail_type::renaming:
      return renaming(text, f, why);
    case detail_type::exchange:
      return exchange(text, f, why);
  }
  return false;
}

}  // namespace ipcmark
