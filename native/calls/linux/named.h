// A constant's name and its value, the name written once: the one thing here that only a macro can do.
#pragma once

#include "core/constant.h"

#define NAMED(name) \
  { #name, static_cast < int64_t>(name) }
