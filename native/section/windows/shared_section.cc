// The library `ipcmark-section.dll`: variables that the processes have in common which load the same file of
// it, and one that each has for itself. Who wants them for himself copies the file.
#include "section/windows/section.h"

#include <cstdint>

constexpr uint32_t initial_value = 1729;

extern "C" {

// What had no initialiser would not get into the section.
EXPORTED IN_SHARED_SECTION uint32_t shared_value = initial_value;
EXPORTED IN_SHARED_SECTION unsigned char shared_memory[65536] = {0};

EXPORTED uint32_t own_value = initial_value;
}
