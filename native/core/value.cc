#include "core/value.h"

#include <cctype>
#include <charconv>

#include "core/bytes.h"

namespace ipcmark {

value value::of(int64_t n) {
  value v;
  v.number = n;
  return v;
}

value value::of(std::string_view text) {
  value v;
  v.is = kind::text;
  v.text = text;
  return v;
}

namespace {

struct reader {
  std::string_view line;
  size_t at = 0;
  std::string& why;

  bool refuse(std::string sentence) { return why = std::move(sentence), false; }
  bool done() const { return at >= line.size(); }
  void skip_blanks() {
    while (!done() && (line[at] == ' ' || line[at] == '\t' || line[at] == '\r')) at++;
  }

  bool list(std::vector<value>& items, int depth, bool nested) {
    for (skip_blanks(); !done(); skip_blanks()) {
      if (line[at] == ']') return nested ? (at++, true) : refuse("a ] has no [ before it");
      if (!one(items.emplace_back(), depth)) return false;
    }
    return !nested || refuse("a list is not closed with ]");
  }

  bool one(value& v, int depth) {
    if (line[at] == '[') {
      if (depth == deepest_list) return refuse("lists are nested too deeply");
      at++;
      v.is = value::kind::list;
      return list(v.items, depth + 1, true);
    }
    if (line[at] == '"') return quoted(v);
    if (line[at] == '\'') return verbatim(v);
    return word(v);
  }

  bool verbatim(value& v) {
    const size_t end = line.find('\'', at + 1);
    if (end == std::string_view::npos) return refuse("a text is not closed with '");
    v = value::of(line.substr(at + 1, end - at - 1));
    at = end + 1;
    return true;
  }

  bool quoted(value& v) {
    v = value::of(std::string_view{});
    for (at++; !done(); at++) {
      const char c = line[at];
      if (c == '"') return at++, true;
      if (c != '\\') {
        v.text += c;
        continue;
      }
      if (++at >= line.size()) break;
      if (!escape(v.text)) return false;
    }
    return refuse("a text is not closed with \"");
  }

  bool escape(std::string& to) {
    static constexpr std::string_view from = "\"\\/bfnrt", means = "\"\\/\b\f\n\r\t";
    if (const size_t known = from.find(line[at]); known != std::string_view::npos) {
      to += means[known];
      return true;
    }
    uint32_t point = 0;
    if (line[at] != 'u' || !hex4(point)) return refuse("a text has an escape that JSON does not know");
    if (point >= 0xd800 && point < 0xdc00) {  // the first half of a pair
      uint32_t low = 0;
      if (line.substr(at + 1, 2) != "\\u") return refuse("a text has half a surrogate pair");
      at += 2;
      if (!hex4(low) || low < 0xdc00 || low > 0xdfff) return refuse("a text has half a surrogate pair");
      point = 0x10000 + ((point - 0xd800) << 10) + (low - 0xdc00);
    }
    utf8(to, point);
    return true;
  }

  // Reads the four digits after a `u` and stays on the last of them.
  bool hex4(uint32_t& point) {
    if (at + 4 >= line.size()) return false;
    const char* first = line.data() + at + 1;
    const auto [end, error] = std::from_chars(first, first + 4, point, 16);
    if (error != std::errc{} || end != first + 4) return false;
    at += 4;
    return true;
  }

  static void utf8(std::string& to, uint32_t point) {
    const auto tail = [&](int shift) { to += static_cast<char>(0x80 | ((point >> shift) & 0x3f)); };
    if (point < 0x80) {
      to += static_cast<char>(point);
    } else if (point < 0x800) {
      to += static_cast<char>(0xc0 | (point >> 6)), tail(0);
    } else if (point < 0x10000) {
      to += static_cast<char>(0xe0 | (point >> 12)), tail(6), tail(0);
    } else {
      to += static_cast<char>(0xf0 | (point >> 18)), tail(12), tail(6), tail(0);
    }
  }

  bool word(value& v) {
    const size_t end = std::min(line.find_first_of(" \t\r[]\"'", at), line.size());
    const std::string_view w = line.substr(at, end - at);
    at = end;
    if (w.starts_with("hex:")) {
      v.is = value::kind::bytes;
      return from_hex(w.substr(4), v.text) || refuse("hex: needs an even number of hexadecimal digits");
    }
    if (w.starts_with("pattern:")) return pattern(v, w.substr(8));
    if (integer(v, w)) return true;
    const bool digits = w.find_first_not_of("-0123456789") == std::string_view::npos;
    if (digits && w.size() > 18) return refuse("the number " + std::string(w) + " does not fit 64 bits");
    v = value::of(w);
    return true;
  }

  bool pattern(value& v, std::string_view w) {
    uint64_t length = 0;
    const char* end = w.data() + w.size();
    const auto first = std::from_chars(w.data(), end, length);
    if (first.ec != std::errc{} || first.ptr == end || *first.ptr != ':' || length > longest_pattern) {
      return refuse("a pattern is written pattern:LENGTH:SEED, with at most 67108864 bytes");
    }
    const auto second = std::from_chars(first.ptr + 1, end, v.seed);
    if (second.ec != std::errc{} || second.ptr != end)
      return refuse("a pattern's seed is a whole number of 32 bits");
    v.is = value::kind::pattern;
    v.number = static_cast<int64_t>(length);
    return true;
  }

  static bool integer(value& v, std::string_view w) {
    const bool negative = w.starts_with('-');
    std::string_view digits = w.substr(negative);
    int base = 10;
    if (digits.starts_with("0x")) base = 16, digits.remove_prefix(2);
    if (digits.starts_with("0o")) base = 8, digits.remove_prefix(2);
    uint64_t magnitude = 0;
    const auto [end, error] = std::from_chars(digits.data(), digits.data() + digits.size(), magnitude, base);
    if (digits.empty() || error != std::errc{} || end != digits.data() + digits.size()) return false;
    constexpr uint64_t beyond_signed = uint64_t{1} << 63;
    if (negative && magnitude > beyond_signed) return false;
    v.is = value::kind::integer;
    v.number = static_cast<int64_t>(negative ? -magnitude : magnitude);
    v.is_unsigned = !negative && magnitude >= beyond_signed;
    return true;
  }
};

}  // namespace

bool parse_values(std::string_view line, std::vector<value>& out, std::string& why) {
  if (line.find('\0') != std::string_view::npos) return why = "a line may not hold a NUL", false;
  return reader{line, 0, why}.list(out, 0, false);
}

}  // namespace ipcmark
