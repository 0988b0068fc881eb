// Faults of what is asked for: flags and parameters that a call does not take notice of, or makes up.
#include <algorithm>

#include "faults/faults.h"

namespace ipcmark {

size_t position(const call& c, std::string_view parameter) {
  const std::string_view all = c.parameters;
  size_t at = 0;
  for (size_t begin = 0; begin <= all.size(); at++) {
    const size_t end = std::min(all.find(' ', begin), all.size());
    std::string_view name = all.substr(begin, end - begin);
    while (name.starts_with('[')) name.remove_prefix(1);  // it may be left out
    while (name.ends_with(']')) name.remove_suffix(1);
    if (name == parameter) return at;
    begin = end + 1;
  }
  return SIZE_MAX;
}

std::string without(const std::string& names, const std::string& name) {
  std::string kept;
  for (size_t at = 0; at <= names.size();) {
    const size_t end = std::min(names.find('|', at), names.size());
    const std::string word = names.substr(at, end - at);
    if (word != name && word != "0") kept += (kept.empty() ? "" : "|") + word;
    at = end + 1;
  }
  return kept.empty() ? "0" : kept;
}

namespace {

using values = std::vector<value>;

bool names(const value& v, const std::string& name) {
  if (v.is == value::kind::list) {
    return std::any_of(v.items.begin(), v.items.end(), [&](const value& item) { return names(item, name); });
  }
  return v.is == value::kind::text && ("|" + v.text + "|").find("|" + name + "|") != v.text.npos;
}

void take_out(value& v, const std::string& name) {
  for (value& item : v.items) take_out(item, name);
  if (v.is == value::kind::text && names(v, name)) v = value::of(without(v.text, name));
}

// Of a list of lists each has its own flags, at its end.
void put_in(value& v, int64_t flags) {
  if (v.is == value::kind::list) {
    const bool of_lists = !v.items.empty() && v.items[0].is == value::kind::list;
    for (size_t i = of_lists || v.items.empty() ? 0 : v.items.size() - 1; i < v.items.size(); i++) {
      put_in(v.items[i], flags);
    }
    return;
  }
  int64_t number = 0;
  std::string why;
  if (integer_from(v, INT64_MIN, UINT64_MAX, number, why)) v = value::of(number | flags);
}

}  // namespace

// DETAIL is left out of every argument that names it. Its bits alone would tell nothing: others share them.
void ignore_flag(fault& f, answer& a, const call& c, arguments given) {
  values changed(given.begin(), given.end());
  for (value& v : changed) take_out(v, f.name);
  c.invoke(a, c, changed);
}

// The first of DETAIL's two flags is taken for the second.
void exchange_flag(fault& f, answer& a, const call& c, arguments given) {
  values changed(given.begin(), given.end());
  for (value& v : changed) {
    if (!names(v, f.name)) continue;
    take_out(v, f.name);
    put_in(v, f.number);
  }
  c.invoke(a, c, changed);
}

// A call with an argument that names DETAIL is not made, and fails as one with a wrong argument does.
void refuse_flag(fault& f, answer& a, const call& c, arguments given) {
  if (std::none_of(given.begin(), given.end(), [&](const value& v) { return names(v, f.name); }))
    return c.invoke(a, c, given);
  int64_t wrong_argument = 0;
  std::string why;
  if (!constant_value("EINVAL", wrong_argument, why))
    constant_value("ERROR_INVALID_PARAMETER", wrong_argument, why);
  a.ret = -1;
  a.code = static_cast<uint32_t>(wrong_argument);
}

// The bits of DETAIL are added to the last argument.
void force_flag(fault& f, answer& a, const call& c, arguments given) {
  values changed(given.begin(), given.end());
  if (!changed.empty()) put_in(changed.back(), f.number);
  c.invoke(a, c, changed);
}

// The number DETAIL stands for the last argument, whatever was asked for.
void force_value(fault& f, answer& a, const call& c, arguments given) {
  values changed(given.begin(), given.end());
  if (!changed.empty()) changed.back() = value::of(f.number);
  c.invoke(a, c, changed);
}

// The parameter DETAIL is 0, whatever was asked for.
void ignore_parameter(fault& f, answer& a, const call& c, arguments given) {
  const size_t at = position(c, f.name);
  values changed(given.begin(), given.end());
  if (at < changed.size()) changed[at] = value::of(int64_t{0});
  c.invoke(a, c, changed);
}

// What the last argument lists to be done together is done one after the other, up to the first that fails.
void one_by_one(fault&, answer& a, const call& c, arguments given) {
  if (given.empty() || given.back().is != value::kind::list) return c.invoke(a, c, given);
  for (const value& item : given.back().items) {
    values changed(given.begin(), given.end());
    changed.back().items = {item};
    a = answer{};
    c.invoke(a, c, changed);
    if (!a.ok()) return;
  }
}

// What may be left out is left out: a security descriptor, a list of handles.
void omit_optional(fault&, answer& a, const call& c, arguments given) {
  c.invoke(a, c, given.first(std::min(given.size(), c.fewest)));
}

}  // namespace ipcmark
