#include "calls/linux/rpc/xdr.h"

#include <cstdlib>

namespace ipcmark {

namespace {

constexpr u_int longest = 64u << 20;

// Each type: how the library carries it, both ways.
struct xdr_type {
  const char* name;
  bool has_bytes;
  bool_t (*transfer)(XDR*, xdr_value&);
};

template <class Number>
bool_t through(xdr_value& v, bool_t (*filter)(XDR*, Number*), XDR* stream) {
  auto number = static_cast<Number>(v.number);
  const bool_t done = filter(stream, &number);
  v.number = static_cast<int64_t>(number);
  return done;
}

// The library allocates what it decodes.
bool_t keep(XDR* stream, xdr_value& v, bool_t done, char* at, size_t n) {
  if (stream->x_op != XDR_DECODE) return done;
  if (done) v.bytes.assign(at, n);
  std::free(at);
  return done;
}

char* start_of(XDR* stream, xdr_value& v) { return stream->x_op == XDR_DECODE ? nullptr : v.bytes.data(); }

bool_t a_string(XDR* stream, xdr_value& v) {
  char* at = start_of(stream, v);
  const bool_t done = rpc().xdr_string(stream, &at, longest);
  return keep(stream, v, done, at, done ? std::char_traits<char>::length(at) : 0);
}

bool_t an_opaque(XDR* stream, xdr_value& v) {
  char* at = start_of(stream, v);
  auto n = static_cast<u_int>(v.bytes.size());
  const bool_t done = rpc().xdr_bytes(stream, &at, &n, longest);
  return keep(stream, v, done, at, n);
}

bool_t a_fixed_opaque(XDR* stream, xdr_value& v) {
  return rpc().xdr_opaque(stream, v.bytes.data(), static_cast<u_int>(v.bytes.size()));
}

constexpr xdr_type types[] = {
    {"int", false, [](XDR* x, xdr_value& v) { return through(v, rpc().xdr_int, x); }},
    {"unsigned", false, [](XDR* x, xdr_value& v) { return through(v, rpc().xdr_u_int, x); }},
    {"hyper", false, [](XDR* x, xdr_value& v) { return through(v, rpc().xdr_hyper, x); }},
    {"bool", false, [](XDR* x, xdr_value& v) { return through(v, rpc().xdr_bool, x); }},
    {"string", true, a_string},
    {"opaque", true, an_opaque},
    {"fixed-opaque", true, a_fixed_opaque},
};

const xdr_type* type_named(const std::string& name) {
  for (const xdr_type& t : types) {
    if (name == t.name) return &t;
  }
  return nullptr;
}

}  // namespace

bool_t xdr_transfer(XDR* stream, xdr_values* values) {
  if (stream->x_op == XDR_FREE) return TRUE;
  for (xdr_value& v : *values) {
    if (!type_named(v.type)->transfer(stream, v)) return FALSE;
  }
  return TRUE;
}

node xdr_value::as_node() const {
  if (type == "string") return bytes;
  return type_named(type)->has_bytes ? node(to_hex(bytes)) : node(number);
}

bool from_value<xdr_value>::convert(const value& v, xdr_value& to, std::string& why) {
  const bool paired = v.is == value::kind::list && (v.items.size() == 1 || v.items.size() == 2);
  if (!paired || !text_from(v.items[0], to.type, why)) return why = "a value is written [TYPE VALUE]", false;
  const xdr_type* type = type_named(to.type);
  if (type == nullptr) return why = "XDR as it is known here has no type '" + to.type + "'", false;
  if (v.items.size() == 1) return true;
  if (type->has_bytes) return bytes_from(v.items[1], to.bytes, why);
  return integer_from(v.items[1], INT64_MIN, UINT64_MAX, to.number, why);
}

}  // namespace ipcmark
