// The error codes that have a name, for `error_name` and for scripts that name one.
#pragma once

#include <span>

#include "core/constant.h"

namespace ipcmark {

std::span<const constant> error_names();

}  // namespace ipcmark
