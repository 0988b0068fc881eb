#include "workloads/story.h"

#include <utility>

#include "core/bytes.h"
#include "core/words.h"
#include "os/error.h"

namespace ipcmark {

namespace {

constexpr int64_t unit = int64_t{1} << 40;

template <class T>
bool take(const value& v, size_t index, T& to, std::string& why) {
  return from_value<T>::convert(v.items[index], to, why);
}

// The Nth whole number of a tree, in the order in which it was filled in.
const int64_t* nth_number(const node& n, int64_t& left) {
  if (n.is == node::kind::integer) return --left == 0 ? &n.number : nullptr;
  for (const node& item : n.items) {
    if (const int64_t* found = nth_number(item, left)) return found;
  }
  for (const auto& [name, member] : n.members) {
    if (const int64_t* found = nth_number(member, left)) return found;
  }
  return nullptr;
}

}  // namespace

bool step::find_references(const value& v, std::vector<size_t>& path, std::string& why) {
  if (v.is == value::kind::integer && !v.is_unsigned && v.number >= unit) {
    const auto number = static_cast<size_t>(v.number / unit - 1);
    if (number >= most_kept) return why = "there is no number " + std::to_string(number), false;
    references_.push_back({path, number, v.number % unit});
  }
  for (size_t i = 0; i < v.items.size(); i++) {
    path.push_back(i);
    if (!find_references(v.items[i], path, why)) return false;
    path.pop_back();
  }
  return true;
}

bool step::read(const value& v, std::string& why) {
  constexpr size_t parts = 8;
  if (v.is != value::kind::list || v.items.size() != parts) return why = "a step has eight parts", false;
  words made_of;
  std::vector<uint32_t> carried;
  if (!take(v, 0, side, why) || !take(v, 1, finished, why) || !take(v, 2, begun, why) ||
      !take(v, 3, stage, why) || !take(v, 4, fails_, why) || !take(v, 5, carried, why) ||
      !take(v, 6, kept_, why) || !take(v, 7, made_of, why)) {
    return false;
  }
  for (const auto& [what, number] : kept_) {
    if (number < 0 || static_cast<size_t>(number) >= most_kept) return why = "too many numbers", false;
  }
  carries = !carried.empty();
  crc = carries ? carried[0] : 0;
  call_ = find_call(made_of.name);
  if (call_ == nullptr) return why = "no call is named '" + std::string(made_of.name) + "'", false;
  arguments_.assign(made_of.given.begin(), made_of.given.end());
  if (arguments_.size() < call_->fewest || arguments_.size() > call_->most) {
    return why = std::string(call_->name) + " takes (" + call_->parameters + ")", false;
  }
  std::vector<size_t> path;
  for (size_t i = 0; i < arguments_.size(); i++) {
    path.assign(1, i);
    if (!find_references(arguments_[i], path, why)) return false;
  }
  return true;
}

std::string step::make(kept_numbers& numbers) {
  for (const reference& r : references_) {
    value* at = &arguments_[r.path[0]];
    for (size_t i = 1; i < r.path.size(); i++) at = &at->items[r.path[i]];
    at->number = numbers[r.number].load(std::memory_order_relaxed) + r.added;
  }
  answer a;
  perform(a, call_->name, arguments_);
  error = a.code;
  if (!a.refused.empty()) return a.refused;
  if (a.code != 0 && !fails_) return std::string(call_->name) + " failed with " + error_name(a.code);
  if (carries && a.has_bytes && crc32(a.bytes.data(), a.bytes.size()) != crc) {
    return std::string(call_->name) + " brought something else than what was sent";
  }
  keep(a, numbers);
  return "";
}

void step::keep(const answer& a, kept_numbers& numbers) const {
  for (const auto& [what, number] : kept_) {
    int64_t left = what;
    const int64_t* found = what == 0 ? &a.ret : nth_number(a.out, left);
    if (found != nullptr) numbers[static_cast<size_t>(number)].store(*found, std::memory_order_relaxed);
  }
}

bool read_story(const value& v, story& to, std::string& why) {
  if (v.is != value::kind::list || v.items.empty()) return why = "a story is a list of steps", false;
  to.resize(v.items.size());
  for (size_t i = 0; i < to.size(); i++) {
    if (!to[i].read(v.items[i], why)) return why = "step " + std::to_string(i) + ": " + why, false;
  }
  return true;
}

}  // namespace ipcmark
