// Folders in which runs leave things under their names.
#pragma once

#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "core/residue.h"

namespace ipcmark {

// The run that this process belongs to, by its environment.
std::optional<std::string> own_run();

// Where a run's files are made.
std::string run_folder(const std::string& run);

// Entries of a folder that carry a run's name, once `before` was taken off their own.
std::vector<leftover> list_folder(const char* kind, const std::string& folder, std::string_view before = {});

}  // namespace ipcmark
