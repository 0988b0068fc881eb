// Copying and comparing, where what is short is the common case: without a call, sixteen bytes at a time, the
// last sixteen overlapping those before. What is long goes to the C library, which knows the processor.
#pragma once

#include <cstddef>
#include <cstdint>
#include <cstring>

#if defined(__SSE2__) || defined(_M_X64)
#include <emmintrin.h>
#endif

namespace ipcmark {

// From here on a call costs less than it gains.
inline constexpr size_t short_limit = 256;

namespace detail {

template <class Word>
Word load(const char* from) {
  Word w;
  std::memcpy(&w, from, sizeof w);
  return w;
}

// In what sixteen bytes differ from others.
#if defined(__SSE2__) || defined(_M_X64)
using difference = __m128i;
inline difference differing(const char* a, const char* b) {
  return _mm_xor_si128(_mm_loadu_si128(reinterpret_cast<const __m128i*>(a)),
                       _mm_loadu_si128(reinterpret_cast<const __m128i*>(b)));
}
inline difference either(difference x, difference y) { return _mm_or_si128(x, y); }
inline bool none(difference x) { return _mm_movemask_epi8(_mm_cmpeq_epi8(x, _mm_setzero_si128())) == 0xffff; }
#else
using difference = uint64_t;
inline difference differing(const char* a, const char* b) {
  return (load<uint64_t>(a) ^ load<uint64_t>(b)) | (load<uint64_t>(a + 8) ^ load<uint64_t>(b + 8));
}
inline difference either(difference x, difference y) { return x | y; }
inline bool none(difference x) { return x == 0; }
#endif

// The first and the last word, which overlap: fewer than two words in all.
template <class Word>
bool same_ends(const char* a, const char* b, size_t length) {
  const size_t last = length - sizeof(Word);
  return ((load<Word>(a) ^ load<Word>(b)) | (load<Word>(a + last) ^ load<Word>(b + last))) == 0;
}
template <class Word>
void copy_ends(char* to, const char* from, size_t length) {
  const size_t last = length - sizeof(Word);
  const Word first_word = load<Word>(from), last_word = load<Word>(from + last);
  std::memcpy(to, &first_word, sizeof(Word));
  std::memcpy(to + last, &last_word, sizeof(Word));
}

}  // namespace detail

inline bool same_bytes(const char* a, const char* b, size_t length) {
  if (length > short_limit) return std::memcmp(a, b, length) == 0;
  if (length >= 16) {
    detail::difference all = detail::differing(a + length - 16, b + length - 16);
    for (size_t i = 0; i + 16 < length; i += 16) all = detail::either(all, detail::differing(a + i, b + i));
    return detail::none(all);
  }
  if (length >= 8) return detail::same_ends<uint64_t>(a, b, length);
  if (length >= 4) return detail::same_ends<uint32_t>(a, b, length);
  if (length >= 2) return detail::same_ends<uint16_t>(a, b, length);
  return length == 0 || *a == *b;
}

// The two do not overlap.
inline void copy_bytes(char* to, const char* from, size_t length) {
  if (length > short_limit) {
    std::memcpy(to, from, length);
  } else if (length >= 16) {
    for (size_t i = 0; i + 16 < length; i += 16) std::memcpy(to + i, from + i, 16);
    std::memcpy(to + length - 16, from + length - 16, 16);
  } else if (length >= 8) {
    detail::copy_ends<uint64_t>(to, from, length);
  } else if (length >= 4) {
    detail::copy_ends<uint32_t>(to, from, length);
  } else if (length >= 2) {
    detail::copy_ends<uint16_t>(to, from, length);
  } else if (length == 1) {
    *to = *from;
  }
}

}  // namespace ipcmark
