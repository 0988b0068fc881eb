#include "core/answer.h"

#include <charconv>
#include <cmath>

#include "core/bytes.h"

namespace ipcmark {

namespace {

void write_number(std::string& to, int64_t n) {
  char digits[24];
  to.append(digits, std::to_chars(digits, digits + sizeof digits, n).ptr);
}

void write_member(std::string& to, std::string_view name) {
  to += ',';
  write_json_text(to, name);
  to += ':';
}

}  // namespace

// What is not UTF-8 is shown as one replacement character a byte: a line of the protocol is always valid
// JSON.
void write_json_text(std::string& to, std::string_view text) {
  const auto tail = [&](size_t i) {
    return i < text.size() && (static_cast<unsigned char>(text[i]) & 0xc0) == 0x80;
  };
  to += '"';
  for (size_t i = 0; i < text.size(); i++) {
    const auto c = static_cast<unsigned char>(text[i]);
    if (c == '"' || c == '\\') {
      to += '\\';
      to += text[i];
    } else if (c < 0x20 || c == 0x7f) {
      static constexpr char digits[] = "0123456789abcdef";
      to += "\\u00";
      to += digits[c >> 4];
      to += digits[c & 15];
    } else if (c < 0x80) {
      to += text[i];
    } else {
      const size_t more = c >= 0xf0 && c < 0xf5   ? 3
                          : c >= 0xe0 && c < 0xf0 ? 2
                          : c >= 0xc2 && c < 0xe0 ? 1
                                                  : 0;
      bool whole = more > 0;
      for (size_t k = 1; k <= more; k++) whole = whole && tail(i + k);
      if (whole) {
        to.append(text.substr(i, more + 1));
        i += more;
      } else {
        to += "\xef\xbf\xbd";
      }
    }
  }
  to += '"';
}

node node::list(std::vector<node> items) {
  node n;
  n.is = kind::list;
  n.items = std::move(items);
  return n;
}

node node::object() {
  node n;
  n.is = kind::object;
  return n;
}

node& node::add(std::string name, node member) {
  members.emplace_back(std::move(name), std::move(member));
  return *this;
}

void node::write_json(std::string& to) const {
  switch (is) {
    case kind::null:
      to += "null";
      break;
    case kind::boolean:
      to += number != 0 ? "true" : "false";
      break;
    case kind::integer:
      write_number(to, number);
      break;
    case kind::real:
      if (std::isfinite(fraction)) {
        char digits[32];
        to.append(digits, std::to_chars(digits, digits + sizeof digits, fraction).ptr);
      } else {
        to += "null";
      }
      break;
    case kind::text:
      write_json_text(to, text);
      break;
    case kind::list: {
      to += '[';
      for (size_t i = 0; i < items.size(); i++) {
        if (i > 0) to += ',';
        items[i].write_json(to);
      }
      to += ']';
      break;
    }
    case kind::object: {
      to += '{';
      for (size_t i = 0; i < members.size(); i++) {
        if (i > 0) to += ',';
        write_json_text(to, members[i].first);
        to += ':';
        members[i].second.write_json(to);
      }
      to += '}';
      break;
    }
  }
}

void answer::keep_bytes(const void* data, size_t length) {
  has_bytes = true;
  bytes.assign(static_cast<const char*>(data), length);
}

std::string answer::json(std::string_view id) const {
  std::string line = "{\"id\":";
  line += id;
  if (!refused.empty()) {
    write_member(line, "refused");
    write_json_text(line, refused);
    return line += '}';
  }
  write_member(line, "ret");
  write_number(line, ret);
  if (code != 0) {
    write_member(line, "error");
    write_json_text(line, error_name(code));
    write_member(line, "code");
    write_number(line, code);
  }
  write_member(line, "ns");
  write_number(line, ns);
  if (has_bytes) {
    write_member(line, "length");
    write_number(line, static_cast<int64_t>(bytes.size()));
    write_member(line, "hex");
    write_json_text(line, to_hex(std::string_view(bytes).substr(0, shown_bytes)));
    write_member(line, "crc");
    write_number(line, crc32(bytes.data(), bytes.size()));
  }
  if (!out.members.empty()) {
    write_member(line, "out");
    out.write_json(line);
  }
  return line += '}';
}

}  // namespace ipcmark
