// What the native tests are made of: claims that end the program with a sentence when they do not hold.
#pragma once

#include <cstdio>
#include <cstdlib>

namespace ipcmark::tests {

inline void expect(bool holds, const char* claim) {
  if (holds) return;
  std::fprintf(stderr, "it does not hold that %s\n", claim);
  std::exit(1);
}

}  // namespace ipcmark::tests
