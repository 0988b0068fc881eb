// ipcmark-native-tests [--seconds N]: what is tested without an agent. The stress of the rings lasts a
// second, or as long as it is told.
#include <cstdio>
#include <cstdlib>
#include <string_view>

#include "tests/tests.h"

int main(int argc, char** argv) {
  double seconds = 1;
  if (argc == 3 && std::string_view(argv[1]) == "--seconds") {
    seconds = std::atof(argv[2]);
  } else if (argc != 1) {
    std::fprintf(stderr, "usage: %s [--seconds N]\n", argv[0]);
    return 2;
  }
  ipcmark::tests::ring_tests();
  ipcmark::tests::pace_tests();
  ipcmark::tests::ring_stress(seconds);
  std::puts("all of it holds");
  return 0;
}
