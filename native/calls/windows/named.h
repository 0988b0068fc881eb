// A constant's name and its value, without writing the name twice: the one thing here that only a macro can
// do.
#pragma once

#include "core/constant.h"

#define NAMED(name) \
  { #name, static_cast < int64_t>(name) }
