// An address is the number that `mmap`, `shmat` or `MapViewOfFile` answered, with an offset added; it fits
// the 53 bits in which JavaScript counts exactly, because no system places anything above bit 47 that was not
// asked for. A wrong one is not checked: it faults, as it would in any program.
#include "core/memory.h"

#include <atomic>
#include <cstring>

namespace ipcmark {

namespace {

void store_bytes(answer& a, void* address, buffer from) {
  a.timed([&] {
    std::memcpy(address, from.data(), from.size());
    return static_cast<int64_t>(from.size());
  });
}

void load_bytes(answer& a, void* address, length n) {
  std::string into(n, '\0');
  a.timed([&] {
    std::memcpy(into.data(), address, into.size());
    return static_cast<int64_t>(into.size());
  });
  a.keep_bytes(into.data(), into.size());
}

uint32_t* word_at(void* address) { return static_cast<uint32_t*>(address); }

bool is_aligned(answer& a, void* address) {
  const bool aligned = reinterpret_cast<uintptr_t>(address) % sizeof(uint32_t) == 0;
  if (!aligned) a.refuse("a word of 32 bits stands at a multiple of four");
  return aligned;
}

void store_word(answer& a, void* address, uint32_t value) {
  if (!is_aligned(a, address)) return;
  a.timed([&] {
    std::atomic_ref(*word_at(address)).store(value);
    return int64_t{value};
  });
}

void load_word(answer& a, void* address) {
  if (!is_aligned(a, address)) return;
  a.timed([&] { return int64_t{std::atomic_ref(*word_at(address)).load()}; });
}

// Answers the word's value after the last addition.
void add_to_word(answer& a, void* address, uint32_t n, uint32_t times) {
  if (!is_aligned(a, address)) return;
  a.timed([&] {
    const std::atomic_ref word(*word_at(address));
    uint32_t sum = word.load();
    for (uint32_t i = 0; i < times; i++) sum = word.fetch_add(n) + n;
    return int64_t{sum};
  });
}

// Adds one by a load and a store, between which another process may store: what a program does that forgot to
// be careful.
void add_torn(answer& a, void* address, uint32_t times) {
  if (!is_aligned(a, address)) return;
  a.timed([&] {
    volatile uint32_t* word = word_at(address);
    for (uint32_t i = 0; i < times; i++) {
      const uint32_t seen = *word;
      *word = seen + 1;
    }
    return int64_t{*word};
  });
}

constexpr call calls[] = {
    shaped<store_bytes>("memory-store", "address bytes"),
    shaped<load_bytes>("memory-load", "address length"),
    shaped<store_word>("memory-store-word", "address value"),
    shaped<load_word>("memory-load-word", "address"),
    shaped<add_to_word>("memory-add", "address addend times"),
    shaped<add_torn>("memory-add-torn", "address times"),
};

}  // namespace

call_group memory_access_calls() { return calls; }

}  // namespace ipcmark
