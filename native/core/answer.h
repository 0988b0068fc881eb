// What one call said: the raw return value, the error, the time, the bytes, and whatever else it filled in.
#pragma once

#include <cstddef>
#include <cstdint>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

#include "core/clock.h"
#include "os/error.h"

namespace ipcmark {

// A small tree that becomes JSON for the wire and an object for JavaScript.
struct node {
  enum class kind { null, boolean, integer, real, text, list, object };

  kind is = kind::null;
  int64_t number = 0;
  double fraction = 0;
  std::string text;
  std::vector<node> items;                            // list
  std::vector<std::pair<std::string, node>> members;  // object

  node() = default;
  node(bool b) : is(kind::boolean), number(b) {}
  node(int n) : is(kind::integer), number(n) {}
  node(unsigned n) : is(kind::integer), number(n) {}
  node(long n) : is(kind::integer), number(n) {}
  node(unsigned long n) : is(kind::integer), number(static_cast<int64_t>(n)) {}
  node(long long n) : is(kind::integer), number(n) {}
  node(unsigned long long n) : is(kind::integer), number(static_cast<int64_t>(n)) {}
  node(double d) : is(kind::real), fraction(d) {}
  node(const char* s) : is(kind::text), text(s) {}
  node(std::string s) : is(kind::text), text(std::move(s)) {}
  node(std::string_view s) : is(kind::text), text(s) {}

  static node list(std::vector<node> items = {});
  static node object();
  node& add(std::string name, node member);  // to an object
  void write_json(std::string& to) const;
};

// How many of the bytes that came back an answer shows; their CRC is of all.
inline constexpr size_t shown_bytes = 1024;

struct answer {
  int64_t ret = 0;
  uint32_t code = 0;  // 0: it succeeded
  int64_t ns = 0;
  bool has_bytes = false;
  std::string bytes;
  node out = node::object();
  std::string refused;  // not empty: nothing was done, and this is why
  bool silent = false;  // the peer ends, or has answered already: nothing is to be written

  // Runs one system call, keeps its value, its error and its time, and gives the value back.
  template <class F>
  auto timed(F&& system_call) {
    clear_error();
    const int64_t before = now_ns();
    auto value = system_call();
    ns = now_ns() - before;
    if (failed(value)) code = last_error();
    ret = as_integer(value);
    return value;
  }
  // The same for a function that returns its error's number and sets no errno: pthread_…, posix_….
  template <class F>
  int timed_number(F&& function) {
    const int64_t before = now_ns();
    const int number = function();
    ns = now_ns() - before;
    ret = number;
    code = number > 0 ? static_cast<uint32_t>(number) : 0;  // -1 is PTHREAD_BARRIER_SERIAL_THREAD, no error
    return number;
  }
  bool ok() const { return code == 0 && refused.empty(); }
  void keep_bytes(const void* data, size_t length);  // bytes that came back
  void refuse(std::string why) { refused = std::move(why); }
  // The answer as one line of JSON, without its newline.
  std::string json(std::string_view id) const;
};

void write_json_text(std::string& to, std::string_view text);

}  // namespace ipcmark
