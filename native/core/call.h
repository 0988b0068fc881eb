// The call table. A call is a C++ function: its arguments are converted from what was written by the types of
// its parameters, so that a plain system call is one line,
//
//     plain<::dup2>("dup2", "descriptor new-descriptor"),
//
// and one that takes buffers or structures is a short function whose first parameter is the answer:
//
//     void read_call(answer& a, int descriptor, length n) {
//       std::string buffer(n, '\0');
//       const auto got = a.timed([&] { return ::read(descriptor, buffer.data(), buffer.size()); });
//       if (got >= 0) a.keep_bytes(buffer.data(), got);
//     }
//     shaped<read_call>("read", "descriptor length"),
//
// A call makes the obvious system call once: no retry, no completion of short transfers.
#pragma once

#include <cstdint>
#include <optional>
#include <span>
#include <string>
#include <string_view>
#include <tuple>
#include <type_traits>
#include <utility>
#include <vector>

#include "core/answer.h"
#include "core/bytes.h"
#include "core/constant.h"
#include "core/value.h"

namespace ipcmark {

// How many bytes a buffer has that a call fills. Bounded, so that a typing error is refused and not swapped
// out.
struct length {
  size_t bytes = 0;
  operator size_t() const { return bytes; }
};
inline constexpr size_t longest_buffer = 64u << 20;

// ---------------------------------------------------------------------------- from what was written to a
// parameter

template <class T, class = void>
struct from_value;  // static bool convert(const value&, T&, std::string& why); specialise for structures

bool integer_from(const value& v, int64_t lowest, uint64_t highest, int64_t& number, std::string& why);
bool bytes_from(const value& v, std::string& bytes, std::string& why);
bool text_from(const value& v, std::string& text, std::string& why);

template <class T>
struct from_value<T, std::enable_if_t<std::is_integral_v<T>>> {
  static bool convert(const value& v, T& to, std::string& why) {
    int64_t number = 0;
    // A signed parameter takes an unsigned constant of its width too: flags such as 0x80000000 are written
    // that way.
    constexpr uint64_t highest =
        std::is_same_v<T, bool>
            ? 1
            : static_cast<std::make_unsigned_t<std::conditional_t<std::is_same_v<T, bool>, char, T>>>(-1);
    constexpr int64_t lowest = std::is_same_v<T, bool> ? 0
                               : sizeof(T) == 8        ? INT64_MIN
                                                       : -(int64_t{1} << (sizeof(T) * 8 - 1));
    if (!integer_from(v, lowest, highest, number, why)) return false;
    to = static_cast<T>(number);
    return true;
  }
};

// A handle is the number that a call answered.
template <class T>
struct from_value<T*, std::enable_if_t<std::is_void_v<T>>> {
  static bool convert(const value& v, T*& to, std::string& why) {
    int64_t number = 0;
    if (!integer_from(v, INT64_MIN, UINT64_MAX, number, why)) return false;
    to = reinterpret_cast<T*>(static_cast<intptr_t>(number));
    return true;
  }
};

template <>
struct from_value<length> {
  static bool convert(const value& v, length& to, std::string& why) {
    int64_t number = 0;
    if (!integer_from(v, 0, longest_buffer, number, why)) return false;
    to.bytes = static_cast<size_t>(number);
    return true;
  }
};

// Text for a name or a path. A plain call with a `const char*` parameter has it kept alive for the call.
template <>
struct from_value<std::string> {
  static bool convert(const value& v, std::string& to, std::string& why) { return text_from(v, to, why); }
};

// Bytes for a buffer that is sent.
struct buffer {
  std::string bytes;
  const char* data() const { return bytes.data(); }
  char* data() { return bytes.data(); }
  size_t size() const { return bytes.size(); }
};
template <>
struct from_value<buffer> {
  static bool convert(const value& v, buffer& to, std::string& why) { return bytes_from(v, to.bytes, why); }
};

template <class T>
struct from_value<std::vector<T>> {
  static bool convert(const value& v, std::vector<T>& to, std::string& why) {
    if (v.is != value::kind::list) return why = "a list is needed, such as [a b]", false;
    to.resize(v.items.size());
    for (size_t i = 0; i < v.items.size(); i++) {
      if (!from_value<T>::convert(v.items[i], to[i], why)) return false;
    }
    return true;
  }
};
template <class A, class B>
struct from_value<std::pair<A, B>> {
  static bool convert(const value& v, std::pair<A, B>& to, std::string& why) {
    if (v.is != value::kind::list || v.items.size() != 2)
      return why = "a list of two is needed, such as [3 POLLIN]", false;
    return from_value<A>::convert(v.items[0], to.first, why) &&
           from_value<B>::convert(v.items[1], to.second, why);
  }
};
template <>
struct from_value<value> {
  static bool convert(const value& v, value& to, std::string&) { return to = v, true; }
};
// A trailing parameter that may be left out.
template <class T>
struct from_value<std::optional<T>> {
  static bool convert(const value& v, std::optional<T>& to, std::string& why) {
    return from_value<T>::convert(v, to.emplace(), why);
  }
};

// -------------------------------------------------------------------------------------------------------------
// calls

using arguments = std::span<const value>;

struct call {
  const char* name;
  const char* parameters;  // their names, for `calls` and for refusals
  size_t fewest;
  size_t most;  // any_number for a call that takes the rest as values
  void (*invoke)(answer&, const call&, arguments);
};
inline constexpr size_t any_number = SIZE_MAX;

namespace detail {

template <class T>
struct is_optional : std::false_type {};
template <class T>
struct is_optional<std::optional<T>> : std::true_type {};

// What is kept while a call runs, for a parameter of type P.
template <class P>
using kept = std::conditional_t<std::is_same_v<P, const char*>, std::string, std::remove_cvref_t<P>>;

template <class P>
decltype(auto) pass(kept<P>& k) {
  if constexpr (std::is_same_v<P, const char*>) {
    return static_cast<const char*>(k.c_str());
  } else {
    return static_cast<kept<P>&>(k);
  }
}

void wrong_argument(answer& a, const call& c, size_t index, const std::string& why);

template <class... P, size_t... I>
bool convert_all(answer& a, const call& c, arguments given, std::tuple<kept<P>...>& to,
                 std::index_sequence<I...>) {
  std::string why;
  // Stops at the first that does not convert; the call table has checked the count, so what is missing is
  // optional.
  return ((I >= given.size() || from_value<kept<P>>::convert(given[I], std::get<I>(to), why) ||
           (wrong_argument(a, c, I, why), false)) &&
          ...);
}

template <auto F, class R, class... P>
void invoke_plain(answer& a, const call& c, arguments given) {
  std::tuple<kept<P>...> to;
  if (!convert_all<P...>(a, c, given, to, std::index_sequence_for<P...>{})) return;
  std::apply([&](auto&... k) { a.timed([&] { return F(pass<P>(k)...); }); }, to);
}

template <auto F, class... P>
void invoke_shaped(answer& a, const call& c, arguments given) {
  std::tuple<kept<P>...> to;
  if (!convert_all<P...>(a, c, given, to, std::index_sequence_for<P...>{})) return;
  std::apply([&](auto&... k) { F(a, pass<P>(k)...); }, to);
}

template <class... P>
constexpr size_t fewest = (size_t{0} + ... + (is_optional<std::remove_cvref_t<P>>::value ? 0 : 1));

template <auto F, class R, class... P>
constexpr call plain_call(const char* name, const char* parameters, R (*)(P...)) {
  return {name, parameters, sizeof...(P), sizeof...(P), &invoke_plain<F, R, P...>};
}
template <auto F, class... P>
constexpr call shaped_call(const char* name, const char* parameters, void (*)(answer&, P...)) {
  return {name, parameters, fewest<P...>, sizeof...(P), &invoke_shaped<F, P...>};
}

}  // namespace detail

// A system function whose arguments and result are plain numbers and texts.
template <auto F>
constexpr call plain(const char* name, const char* parameters) {
  return detail::plain_call<F>(name, parameters, +F);
}

// A function that is given the answer to fill in.
template <auto F>
constexpr call shaped(const char* name, const char* parameters) {
  return detail::shaped_call<F>(name, parameters, +F);
}

// A call that takes any number of arguments as they were written: `void f(answer&, const call&, arguments)`.
constexpr call raw(const char* name, const char* parameters, size_t fewest,
                   void (*f)(answer&, const call&, arguments)) {
  return {name, parameters, fewest, any_number, f};
}

// One file of calls. `native/calls/<os>/table.cc` lists the groups.
using call_group = std::span<const call>;
std::span<const call_group> call_groups();

const call* find_call(std::string_view name);

// Looks the call up, checks the count and runs it, by way of the fault layer where there is one.
void perform(answer& a, std::string_view name, arguments given);

// A decorator round every call; the fault layer installs one, and only the test build of the agent contains
// it.
using decorator = void (*)(answer& a, const call& c, arguments given);
extern decorator decorate;

}  // namespace ipcmark
