#include "addon/convert.h"

#include <cmath>

#include "core/bytes.h"

namespace ipcmark {

namespace {

constexpr double safe_integer = 9007199254740991;  // Number.MAX_SAFE_INTEGER

bool refuse(std::string& why, const char* sentence) { return why = sentence, false; }

bool whole_number(const Napi::Value& given, double lowest, double highest, double& number) {
  if (!given.IsNumber()) return false;
  number = given.As<Napi::Number>().DoubleValue();
  return number >= lowest && number <= highest && number == std::floor(number);
}

bool integer_value(const Napi::Value& given, value& to, std::string& why) {
  double number = 0;
  if (!whole_number(given, -safe_integer, safe_integer, number)) {
    return refuse(why, "a number has to be whole and exact; write larger ones as a bigint");
  }
  to = value::of(static_cast<int64_t>(number));
  return true;
}

// What fits 64 bits, with a sign or without one: handles and flags come both ways.
bool bigint_value(const Napi::Value& given, value& to, std::string& why) {
  const auto number = given.As<Napi::BigInt>();
  bool as_signed = false, as_unsigned = false;
  const int64_t narrow = number.Int64Value(&as_signed);
  const uint64_t wide = number.Uint64Value(&as_unsigned);
  if (!as_signed && !as_unsigned) return refuse(why, "a bigint has to fit 64 bits");
  to = value::of(as_signed ? narrow : static_cast<int64_t>(wide));
  return true;
}

bool list_value(const Napi::Array& given, value& to, std::string& why, int depth) {
  if (depth == deepest_list) return refuse(why, "lists are nested too deeply");
  to.is = value::kind::list;
  to.items.resize(given.Length());
  for (uint32_t i = 0; i < given.Length(); i++) {
    if (!value_from(given.Get(i), to.items[i], why, depth + 1)) return false;
  }
  return true;
}

void bytes_value(const Napi::Uint8Array& given, value& to) {
  to.is = value::kind::bytes;
  to.text.assign(reinterpret_cast<const char*>(given.Data()), given.ByteLength());
}

bool described_bytes(const Napi::Object& given, value& to, std::string& why) {
  if (const Napi::Value hex = given.Get("hex"); hex.IsString()) {
    to.is = value::kind::bytes;
    return from_hex(hex.As<Napi::String>().Utf8Value(), to.text) ||
           refuse(why, "hex needs an even number of hexadecimal digits");
  }
  double length = 0, seed = 0;
  if (!whole_number(given.Get("pattern"), 0, static_cast<double>(longest_pattern), length) ||
      !whole_number(given.Get("seed"), 0, UINT32_MAX, seed)) {
    return refuse(why, "an object has to be { hex } or { pattern, seed }, with at most 67108864 bytes");
  }
  to.is = value::kind::pattern;
  to.number = static_cast<int64_t>(length);
  to.seed = static_cast<uint32_t>(seed);
  return true;
}

}  // namespace

bool value_from(const Napi::Value& given, value& to, std::string& why, int depth) {
  if (given.IsNumber()) return integer_value(given, to, why);
  if (given.IsBigInt()) return bigint_value(given, to, why);
  if (given.IsString()) return to = value::of(given.As<Napi::String>().Utf8Value()), true;
  if (given.IsArray()) return list_value(given.As<Napi::Array>(), to, why, depth);
  if (given.IsTypedArray() && given.As<Napi::TypedArray>().TypedArrayType() == napi_uint8_array) {
    return bytes_value(given.As<Napi::Uint8Array>(), to), true;
  }
  if (given.IsObject() && !given.IsFunction()) return described_bytes(given.As<Napi::Object>(), to, why);
  return refuse(why, "a number, a bigint, a string, bytes or a list is needed");
}

bool values_from(const Napi::CallbackInfo& given, size_t first, std::vector<value>& to) {
  std::string why;
  for (size_t i = first; i < given.Length(); i++) {
    if (value_from(given[i], to.emplace_back(), why)) continue;
    // A getter or a proxy of the script's own may have thrown already.
    if (!given.Env().IsExceptionPending()) {
      Napi::TypeError::New(given.Env(), "argument " + std::to_string(i - first + 1) + ": " + why)
          .ThrowAsJavaScriptException();
    }
    return false;
  }
  return true;
}

Napi::Value to_javascript(Napi::Env env, const node& n) {
  switch (n.is) {
    case node::kind::null:
      return env.Null();
    case node::kind::boolean:
      return Napi::Boolean::New(env, n.number != 0);
    case node::kind::integer:
      return Napi::Number::New(env, static_cast<double>(n.number));
    case node::kind::real:
      return std::isfinite(n.fraction) ? Napi::Number::New(env, n.fraction) : env.Null();
    case node::kind::text:
      return Napi::String::New(env, n.text);
    case node::kind::list: {
      const auto list = Napi::Array::New(env, n.items.size());
      for (uint32_t i = 0; i < n.items.size(); i++) list.Set(i, to_javascript(env, n.items[i]));
      return list;
    }
    case node::kind::object: {
      auto object = Napi::Object::New(env);
      for (const auto& [name, member] : n.members) object.Set(name, to_javascript(env, member));
      return object;
    }
  }
  return env.Undefined();
}

Napi::Object to_outcome(Napi::Env env, const answer& a) {
  auto outcome = Napi::Object::New(env);
  outcome.Set("ret", static_cast<double>(a.ret));
  if (a.code != 0) {
    outcome.Set("error", error_name(a.code));
    outcome.Set("code", a.code);
  }
  outcome.Set("ns", static_cast<double>(a.ns));
  if (a.has_bytes) {
    outcome.Set("length", static_cast<double>(a.bytes.size()));
    outcome.Set("hex", to_hex(std::string_view(a.bytes).substr(0, shown_bytes)));
    outcome.Set("crc", crc32(a.bytes.data(), a.bytes.size()));
  }
  if (!a.out.members.empty()) outcome.Set("out", to_javascript(env, a.out));
  return outcome;
}

bool text_argument(const Napi::CallbackInfo& given, size_t index, const char* what, std::string& text) {
  if (!given[index].IsString()) {
    Napi::TypeError::New(given.Env(), std::string(what) + " has to be a string").ThrowAsJavaScriptException();
    return false;
  }
  text = given[index].As<Napi::String>().Utf8Value();
  return true;
}

}  // namespace ipcmark
