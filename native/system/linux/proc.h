// Reading /proc, where any file may be gone by the time that it is opened, or end in the middle of being
// read.
#pragma once

#include <cstdint>
#include <string>
#include <vector>

namespace ipcmark {

// The whole of a file; empty when it is not there, may not be read, or its process has gone.
std::string read_proc(const std::string& path);

// The entries of a folder whose names are numbers, in ascending order: processes, or the threads of one.
std::vector<int64_t> numbers_in(const char* folder);

// The number of this process's name space of a kind, such as 4026531836 for `pid`; empty where it cannot be
// told.
std::string own_name_space(const char* kind);

}  // namespace ipcmark
