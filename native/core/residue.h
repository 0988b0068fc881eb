// What a run leaves behind, and its removal.
//
// Every object that ipcmark makes carries the name of its run:
//
//     ipcmark-PLACE-PID-START-RANDOM        such as ipcmark-linux-3k9-1x2y3z-q7c0fz
//
// PLACE is where process numbers mean what they say, PID and START name the process that owns the run (base
// 36), RANDOM keeps two runs of one process apart. So whether a run is still alive can be asked of the system
// and needs no lock file. An object's name is the run's name, alone or continued after a character that is no
// letter or digit: `ipcmark-linux-3k9-1x2y3z-q7c0fz/fifo`, `ipcmark-linux-3k9-1x2y3z-q7c0fz-ring`. A process
// carries it in its environment as IPCMARK_RUN. Nothing else is ever touched, and a run that is alive is only
// swept by name.
#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

namespace ipcmark {

struct leftover {
  std::string kind;  // `process`, `system-v`, `file`, `shared-memory`, `message-queue`
  std::string name;  // a path, a queue's name, a process number, or what ipcrm(1) takes
  std::string tag;   // the name by which it belongs: the run's, alone or continued
};

struct run_owner {
  std::string place;
  int64_t pid = 0;
  uint64_t start_time = 0;
};

inline constexpr const char* run_variable = "IPCMARK_RUN";

// A name for a new run that the calling process owns.
std::string new_run();

// The run's name at the beginning of an object's name (or the whole of it); nothing when there is none.
std::optional<std::string> run_in(std::string_view object_name);
std::optional<run_owner> owner_of(std::string_view run);

// Whether an object of that name belongs: `prefix` is a run's name, or one that continues it to mean a part
// of the run. Never true of a prefix that does not begin with a run's name.
bool belongs(std::string_view object_name, std::string_view prefix);

// Of a run in another place it cannot be known: those count as alive.
bool is_alive(const run_owner& owner);

// Whether this process descends from that one, or is it.
bool is_own_ancestor(int64_t pid);

// What carries the prefix, whether or not its run is alive.
std::vector<leftover> residue_of(std::string_view prefix);

// Removes it, processes first, and answers what was removed. Neither this process nor its ancestors are ever
// ended.
std::vector<leftover> sweep(std::string_view prefix);

// What every dead run left.
std::vector<leftover> find_residue();

// ------------------------------------------------------------------ what each system says, in
// native/system/<os>/residue.cc

// Where process numbers mean what they mean to this process: `linux`, `linux<pid namespace>`, `windows`. No
// dashes.
std::string own_place();

// A kind of object that outlives its makers: how all of them that carry any run's name are listed, and how
// one is removed.
struct residue_kind {
  const char* kind;
  std::vector<leftover> (*list)();
  bool (*remove)(const leftover& object);  // true when it is gone
};
// In the order of removal: processes first, so that nothing is made anew behind the sweep.
std::vector<residue_kind> residue_kinds();

}  // namespace ipcmark
