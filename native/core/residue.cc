#include "core/residue.h"

#include <algorithm>
#include <charconv>
#include <random>

#include "core/process_state.h"

namespace ipcmark {

namespace {

constexpr std::string_view brand = "ipcmark-";
constexpr size_t random_digits = 6;
constexpr int sweeping_rounds = 3;

bool is_name_character(char c) { return (c >= '0' && c <= '9') || (c >= 'a' && c <= 'z'); }

std::string base36(uint64_t number) {
  char digits[16];
  return {digits, std::to_chars(digits, digits + sizeof digits, number, 36).ptr};
}

template <class T>
bool from_base36(std::string_view digits, T& number) {
  const char* end = digits.data() + digits.size();
  const auto [stopped, error] = std::from_chars(digits.data(), end, number, 36);
  return error == std::errc{} && stopped == end;
}

// The next word of small letters and digits, and the dash behind it unless it is the last.
std::string_view next_word(std::string_view& rest, bool last) {
  const auto stop = std::find_if_not(rest.begin(), rest.end(), is_name_character);
  const auto length = static_cast<size_t>(stop - rest.begin());
  const std::string_view word = rest.substr(0, length);
  if (!last && (length == rest.size() || rest[length] != '-')) return {};
  rest.remove_prefix(length + (last ? 0 : 1));
  return word;
}

// What follows the run's name in an object's name; nothing when it does not begin with one.
std::optional<std::string_view> after_run(std::string_view name, run_owner& owner) {
  if (!name.starts_with(brand)) return {};
  std::string_view rest = name.substr(brand.size());
  owner.place = next_word(rest, false);
  const bool numbers = from_base36(next_word(rest, false), owner.pid) &&  //
                       from_base36(next_word(rest, false), owner.start_time);
  if (owner.place.empty() || !numbers || next_word(rest, true).empty()) return {};
  return rest;
}

// The objects of one kind that may be removed for all that the kind itself knows.
std::vector<leftover> list(const residue_kind& kind) {
  std::vector<leftover> objects = kind.list();
  if (std::string_view(kind.kind) == "process") {
    std::erase_if(objects, [](const leftover& object) { return is_own_ancestor(std::stoll(object.name)); });
  }
  return objects;
}

template <class F>
std::vector<leftover> all_that(F&& holds) {
  std::vector<leftover> found;
  for (const residue_kind& kind : residue_kinds()) {
    for (leftover& object : list(kind)) {
      if (holds(object)) found.push_back(std::move(object));
    }
  }
  return found;
}

}  // namespace

std::string new_run() {
  const process_state self = own_process_state();
  std::random_device device;
  std::string random;
  while (random.size() < random_digits) random += base36(device() % 36);
  return std::string(brand) + own_place() + '-' + base36(static_cast<uint64_t>(self.pid)) + '-' +
         base36(self.start_time) + '-' + random;
}

std::optional<std::string> run_in(std::string_view object_name) {
  run_owner owner;
  const auto rest = after_run(object_name, owner);
  if (!rest) return {};
  return std::string(object_name.substr(0, object_name.size() - rest->size()));
}

std::optional<run_owner> owner_of(std::string_view run) {
  run_owner owner;
  if (!after_run(run, owner)) return {};
  return owner;
}

bool belongs(std::string_view object_name, std::string_view prefix) {
  if (!run_in(prefix) || !object_name.starts_with(prefix)) return false;
  return object_name.size() == prefix.size() || !is_name_character(object_name[prefix.size()]);
}

bool is_alive(const run_owner& owner) {
  // Without a start time of our own the system does not show processes, and nobody may be called dead.
  if (owner.place != own_place() || own_process_state().start_time == 0) return true;
  const auto state = process_state_of(owner.pid);
  return state && state->start_time == owner.start_time && state->state != "zombie" && state->state != "dead";
}

bool is_own_ancestor(int64_t pid) {
  // The bound is for systems where a parent's number may have been used again, and so go round in a circle.
  std::optional<process_state> at = own_process_state();
  for (int generation = 0; at && generation < 64; generation++) {
    if (at->pid == pid) return true;
    at = process_state_of(at->parent);
  }
  return false;
}

std::vector<leftover> residue_of(std::string_view prefix) {
  return all_that([&](const leftover& object) { return belongs(object.tag, prefix); });
}

std::vector<leftover> find_residue() {
  return all_that([](const leftover& object) {
    const auto owner = owner_of(object.tag);
    return owner && !is_alive(*owner);
  });
}

std::vector<leftover> sweep(std::string_view prefix) {
  std::vector<leftover> removed;
  for (const residue_kind& kind : residue_kinds()) {
    // Again until nothing more goes: a process may have forked while the others were ended.
    for (int round = 0; round < sweeping_rounds; round++) {
      const size_t before = removed.size();
      for (const leftover& object : list(kind)) {
        if (belongs(object.tag, prefix) && kind.remove(object)) removed.push_back(object);
      }
      if (removed.size() == before) break;
    }
  }
  return removed;
}

}  // namespace ipcmark
