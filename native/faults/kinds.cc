// The ways in which a call can be broken.
#include <algorithm>
#include <cstdlib>
#include <optional>
#include <thread>

#include "faults/faults.h"

namespace ipcmark {

namespace {

using values = std::vector<value>;

values copy(arguments given) { return {given.begin(), given.end()}; }

std::string bytes_sent(const call& c, arguments given) {
  const size_t sent = position(c, "bytes");
  std::string bytes, why;
  if (given.size() > sent) bytes_from(given[sent], bytes, why);
  return bytes;
}

value as_bytes(std::string bytes) {
  value v;
  v.is = value::kind::bytes;
  v.text = std::move(bytes);
  return v;
}

values with_bytes(const call& c, arguments given, std::string bytes) {
  const size_t sent = position(c, "bytes");
  values changed = copy(given);
  if (changed.size() > sent) changed[sent] = as_bytes(std::move(bytes));
  return changed;
}

// Some calls say a bare yes, and tell beside it how much they moved. Those of Winsock count as POSIX does,
// and most have kept their names in small letters.
std::optional<int64_t> bare_yes(const call& c) {
  static const bool yes_or_no = find_call("WriteFile") != nullptr;
  const std::string_view name = c.name;
  const bool winsock = (name.front() >= 'a' && name.front() <= 'z') || name.starts_with("WSA");
  if (yes_or_no && !winsock) return 1;
  if (name == "msgsnd" || name == "mq_send" || name == "mq_timedsend") return 0;
  return {};
}

void say_moved(answer& a, const call& c, size_t count) {
  a.ret = bare_yes(c).value_or(static_cast<int64_t>(count));
  for (auto& [name, member] : a.out.members) {
    if (name == "transferred") member = count;
  }
}

void pretend_all_sent(answer& a, const call& c, arguments given) {
  const size_t count = bytes_sent(c, given).size();
  a = answer{};
  if (std::string_view(c.name) == "WriteFile" || (bare_yes(c) == 0 && count > 0)) a.out.add("transferred", 0);
  say_moved(a, c, count);
}

void make(answer& a, const call& c, arguments given) { c.invoke(a, c, given); }

// ------------------------------------------------------------------------------------------------------ what
// is sent

void drop(fault&, answer& a, const call& c, arguments given) { pretend_all_sent(a, c, given); }

// Every call but the first has no effect: what is sent twice arrives once.
void drop_later(fault& f, answer& a, const call& c, arguments given) {
  if (!f.begun) {
    f.begun = true;
    return make(a, c, given);
  }
  pretend_all_sent(a, c, given);
}

void duplicate(fault&, answer& a, const call& c, arguments given) {
  make(a, c, given);
  if (!a.ok()) return;
  answer again;
  make(again, c, given);
}

void reorder(fault& f, answer& a, const call& c, arguments given) {
  if (!f.holds) {
    f.holds = true;
    f.held = copy(given);
    return pretend_all_sent(a, c, given);
  }
  f.holds = false;
  make(a, c, given);
  answer late;
  make(late, c, f.held);
}

void merge(fault& f, answer& a, const call& c, arguments given) {
  if (!f.holds) {
    f.holds = true;
    f.held = copy(given);
    return pretend_all_sent(a, c, given);
  }
  f.holds = false;
  make(a, c, with_bytes(c, given, bytes_sent(c, f.held) + bytes_sent(c, given)));
  if (a.ok()) pretend_all_sent(a, c, given);
}

void split(fault&, answer& a, const call& c, arguments given) {
  const std::string bytes = bytes_sent(c, given);
  if (bytes.size() < 2) return make(a, c, given);
  make(a, c, with_bytes(c, given, bytes.substr(0, bytes.size() / 2)));
  if (!a.ok()) return;
  answer rest;
  make(rest, c, with_bytes(c, given, bytes.substr(bytes.size() / 2)));
  pretend_all_sent(a, c, given);
}

void truncate(fault&, answer& a, const call& c, arguments given) {
  const std::string bytes = bytes_sent(c, given);
  make(a, c, with_bytes(c, given, bytes.substr(0, bytes.size() / 2)));
  if (a.ok()) pretend_all_sent(a, c, given);
}

void corrupt(fault&, answer& a, const call& c, arguments given) {
  std::string bytes = bytes_sent(c, given);
  if (!bytes.empty()) bytes.back() = static_cast<char>(bytes.back() ^ 1);
  make(a, c, with_bytes(c, given, std::move(bytes)));
}

// A send of nothing is carried out as a send of one byte.
void fill_empty(fault&, answer& a, const call& c, arguments given) {
  if (!bytes_sent(c, given).empty()) return make(a, c, given);
  make(a, c, with_bytes(c, given, "?"));
  if (a.ok()) say_moved(a, c, 0);
}

// --------------------------------------------------------------------------------------------------- what is
// received

void lose_rest(fault&, answer& a, const call& c, arguments given) {
  make(a, c, given);
  if (!a.has_bytes || a.bytes.empty()) return;
  a.bytes.resize(a.bytes.size() / 2);
  say_moved(a, c, a.bytes.size());
}

// Receives with all the room there is and shows only what was asked for: the rest of the message is lost.
void discard_rest(fault&, answer& a, const call& c, arguments given) {
  const size_t room = position(c, "length");
  int64_t wanted = 0;
  std::string why;
  if (given.size() <= room || !integer_from(given[room], 0, longest_buffer, wanted, why))
    return make(a, c, given);
  values roomy = copy(given);
  roomy[room] = value::of(int64_t{1} << 20);
  make(a, c, roomy);
  if (!a.has_bytes || a.bytes.size() <= static_cast<size_t>(wanted)) return;
  a.bytes.resize(static_cast<size_t>(wanted));
  say_moved(a, c, a.bytes.size());
}

// The end is not told: error DETAIL instead of nothing received, or of an error that means the end.
void swallow_end(fault& f, answer& a, const call& c, arguments given) {
  make(a, c, given);
  const bool ended =
      (a.ok() && a.has_bytes && a.bytes.empty()) || (!a.ok() && error_name(a.code) == "ERROR_BROKEN_PIPE");
  if (!ended) return;
  a = answer{};
  a.ret = -1;
  a.code = static_cast<uint32_t>(f.number);
}

// Every receive after the first that brought nothing brings something: the end is told once only.
void end_once(fault& f, answer& a, const call& c, arguments given) {
  make(a, c, given);
  const bool ended = (a.ok() && a.has_bytes && a.bytes.empty()) || error_name(a.code) == "ERROR_BROKEN_PIPE";
  if (ended && f.begun) {
    a = answer{};
    a.ret = 1;
    a.keep_bytes("?", 1);
  }
  f.begun = f.begun || ended;
}

// ------------------------------------------------------------------------------------------------ what the
// call says

// FROM=TO: an error by another name; `0` for TO makes the failure a success.
void rename_error(fault& f, answer& a, const call& c, arguments given) {
  make(a, c, given);
  if (a.ok() || (f.from != any_error && f.from != a.code)) return;
  a.code = static_cast<uint32_t>(f.number);
  if (f.number == 0) a.ret = 0;
}

// The call is not made and fails with DETAIL.
void fail(fault& f, answer& a, const call&, arguments) {
  a.ret = -1;
  a.code = static_cast<uint32_t>(f.number);
}

// The first call is made; later ones are not and fail with DETAIL.
void fail_later(fault& f, answer& a, const call& c, arguments given) {
  if (f.begun) return fail(f, a, c, given);
  f.begun = true;
  make(a, c, given);
}

void off_by_one(fault&, answer& a, const call& c, arguments given) {
  make(a, c, given);
  if (a.ok()) a.ret++;
}

void change_texts(node& n, const std::string& name, bool add) {
  for (node& item : n.items) change_texts(item, name, add);
  for (auto& [key, member] : n.members) change_texts(member, name, add);
  if (n.is != node::kind::text) return;
  n.text = without(n.text, name);
  if (add) n.text = n.text == "0" ? name : n.text + "|" + name;
}

void forget_name(fault& f, answer& a, const call& c, arguments given) {
  make(a, c, given);
  change_texts(a.out, f.name, false);
}

void invent_name(fault& f, answer& a, const call& c, arguments given) {
  make(a, c, given);
  change_texts(a.out, f.name, true);
}

void change_numbers(node& n) {
  for (node& item : n.items) change_numbers(item);
  for (auto& [key, member] : n.members) change_numbers(member);
  if (n.is == node::kind::integer) n.number++;
}

void wrong_numbers(fault&, answer& a, const call& c, arguments given) {
  make(a, c, given);
  change_numbers(a.out);
}

// ------------------------------------------------------------------------------------------------ what
// becomes of it all

void lose_signal(fault& f, answer& a, const call& c, arguments given) {
  become_deaf_to(f.number);
  make(a, c, given);
  become_deaf_to(f.number);  // whatever the call made of it
}

// The call is made again as long as it fails with DETAIL: whoever made it never hears of that.
void retry(fault& f, answer& a, const call& c, arguments given) {
  do {
    a = answer{};
    make(a, c, given);
  } while (!a.ok() && a.code == static_cast<uint32_t>(f.number));
}

void by_deputy(fault&, answer& a, const call& c, arguments given) { make_by_deputy(a, c, given); }

// What the call is to replace, its second argument, is removed first, and the others are let in between.
void remove_first(fault&, answer& a, const call& c, arguments given) {
  answer removed;
  if (const call* unlink = find_call("unlink"); unlink != nullptr && given.size() > 1)
    unlink->invoke(removed, *unlink, given.subspan(1, 1));
  std::this_thread::yield();
  make(a, c, given);
}

void hang(fault&, answer&, const call&, arguments) { hang_for_good(); }

// The call does all it should, and does not return.
void hang_after(fault&, answer& a, const call& c, arguments given) {
  make(a, c, given);
  hang_for_good();
}

void crash(fault&, answer&, const call&, arguments) { std::abort(); }

constexpr fault_kind kinds[] = {
    {"drop", detail_type::none, "the call is not made, and says that it was", drop},
    {"drop-later", detail_type::none, "the same, from the second call on", drop_later},
    {"duplicate", detail_type::none, "the call is made twice", duplicate},
    {"reorder", detail_type::none, "what is sent first arrives second", reorder},
    {"merge", detail_type::none, "two sends become one", merge},
    {"split", detail_type::none, "one send becomes two", split},
    {"truncate", detail_type::none, "half is sent, and all is said to be", truncate},
    {"corrupt", detail_type::none, "the last byte that is sent is changed", corrupt},
    {"fill-empty", detail_type::none, "a send of nothing sends one byte", fill_empty},
    {"lose-rest", detail_type::none, "half of what was received is lost", lose_rest},
    {"discard-rest", detail_type::none, "what does not fit the buffer is lost", discard_rest},
    {"swallow-end", detail_type::error, "the end is told as that error", swallow_end},
    {"end-once", detail_type::none, "the end is told once, and then forgotten", end_once},
    {"rename-error", detail_type::renaming, "one error is told as another; TO 0 is success, FROM any is each",
     rename_error},
    {"fail", detail_type::error, "the call is not made and fails", fail},
    {"fail-later", detail_type::error, "the same, from the second call on", fail_later},
    {"off-by-one", detail_type::none, "the return value is one too large", off_by_one},
    {"forget-name", detail_type::name, "a flag is left out of what the call gives", forget_name},
    {"invent-name", detail_type::name, "a flag is added to what the call gives", invent_name},
    {"wrong-numbers", detail_type::none, "numbers that the call gives are one too large", wrong_numbers},
    {"ignore-flag", detail_type::name, "a flag that was asked for is ignored", ignore_flag},
    {"refuse-flag", detail_type::name, "a call that asks for that flag fails", refuse_flag},
    {"exchange-flag", detail_type::exchange, "a flag that was asked for is taken for another", exchange_flag},
    {"force-flag", detail_type::flags, "a flag that was not asked for is set", force_flag},
    {"force-value", detail_type::number, "the last argument is that number", force_value},
    {"ignore-parameter", detail_type::parameter, "that parameter is 0, whatever was asked for",
     ignore_parameter},
    {"one-by-one", detail_type::none, "what a list asks for together is done one after the other",
     one_by_one},
    {"retry", detail_type::error, "the call is made again as long as it fails with that error", retry},
    {"by-deputy", detail_type::none, "another process makes the call, and outlives this one", by_deputy},
    {"remove-first", detail_type::none, "what the call replaces is removed before", remove_first},
    {"omit-optional", detail_type::none, "arguments that may be left out are left out", omit_optional},
    {"lose-signal", detail_type::signal, "that signal never reaches the process", lose_signal},
    {"hang", detail_type::none, "the call does not return", hang},
    {"hang-after", detail_type::none, "the call is made and does not return", hang_after},
    {"crash", detail_type::none, "the process dies instead", crash},
    {"lose-message", detail_type::number, "that message of a timed loop is not sent", lose_message},
    {"double-message", detail_type::number, "that message of a timed loop is sent twice", double_message},
    {"damage-message", detail_type::number, "one bit of that message of a timed loop is changed",
     damage_message},
};

}  // namespace

std::span<const fault_kind> fault_kinds() { return kinds; }

}  // namespace ipcmark
