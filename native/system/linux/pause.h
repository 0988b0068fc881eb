// What a loop does between two looks at memory that another processor will write: it leaves the pipeline to
// others for some cycles.
#pragma once

#if defined(__x86_64__)
#include <emmintrin.h>
#endif

namespace ipcmark {

inline void spin_pause() {
#if defined(__x86_64__)
  _mm_pause();
#elif defined(__aarch64__)
  asm volatile("yield" ::: "memory");
#endif
}

}  // namespace ipcmark
