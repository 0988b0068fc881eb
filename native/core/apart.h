// How far apart things lie that two processors write.
#pragma once

#include <cstddef>

namespace ipcmark {

// Two cache lines: processors fetch the neighbour of a line too.
inline constexpr size_t apart = 128;

}  // namespace ipcmark
