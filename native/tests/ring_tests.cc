// The ring between two ends that take turns, in one thread: what is there, what fits, what wraps, and what is
// not believed.
#include <string>

#include "tests/memory.h"
#include "tests/tests.h"
#include "transports/ring_ends.h"

namespace ipcmark::tests {

namespace {

constexpr uint64_t capacity = 1024;
constexpr uint64_t room = sizeof(ring_header) + capacity;

bool put(ring_producer& p, const std::string& text) {
  char* at = p.reserve(text.size());
  if (at == nullptr) return false;
  copy_bytes(at, text.data(), text.size());
  p.commit(text.size());
  return true;
}
std::string take(ring_consumer& c) {
  const ring_consumer::message m = c.next();
  if (m.bytes == nullptr) return "nothing";
  std::string text(m.bytes, m.length);
  c.give_back();
  return text;
}

void an_empty_ring_has_nothing() {
  const memory m(room);
  ring_consumer c(m.ring());
  expect(m.ring().capacity == capacity, "the ring is as large as there is room for");
  expect(!c.ready() && take(c) == "nothing", "memory of zeros is an empty ring");
  expect(ring_at(m.bytes(), sizeof(ring_header)).capacity == 0, "there is no ring without room");
}

void what_was_published_is_found() {
  const memory m(room);
  ring_producer p(m.ring());
  ring_consumer c(m.ring());
  expect(put(p, "first") && put(p, "") && put(p, "third"), "three messages fit");
  expect(take(c) == "nothing", "what is not published is not seen");
  p.publish();
  expect(take(c) == "first" && take(c).empty() && take(c) == "third", "all come in their order");
  expect(take(c) == "nothing", "and no more than that");
}

void a_full_ring_takes_no_more() {
  const memory m(room);
  ring_producer p(m.ring());
  ring_consumer c(m.ring());
  const std::string text(56, 'x');
  int fitted = 0;
  for (; put(p, text); fitted++) p.publish();
  expect(fitted == capacity / 64 - 1, "it is full when a word for the next record would not fit");
  for (int i = 0; i < fitted; i++) expect(take(c) == text, "all of it is there");
  expect(put(p, text), "and there is room again");
}

void every_length_passes_at_every_place() {
  const memory m(room);
  ring_producer p(m.ring());
  ring_consumer c(m.ring());
  for (int lap = 0; lap < 50; lap++) {
    for (uint64_t length = 0; length <= m.ring().longest(); length++) {
      const std::string text(length, static_cast<char>('a' + (length + static_cast<uint64_t>(lap)) % 26));
      expect(put(p, text), "the longest message has room when nothing else is there");
      p.publish();
      expect(take(c) == text, "it comes out as it went in");
    }
  }
}

void another_one_goes_on_where_one_stopped() {
  const memory m(room);
  for (int i = 0; i < 100; i++) {
    ring_producer p(m.ring());
    ring_consumer c(m.ring());
    const std::string text(static_cast<size_t>(i), 'y');
    expect(put(p, text), "there is room");
    p.publish();
    expect(take(c) == text, "positions outlive those who count them");
    p.leave();
    c.leave();
  }
}

void nonsense_is_not_believed() {
  const auto damaged = [](ring_word word) {
    const memory m(room);
    m.ring().word(0).store(word);
    ring_consumer c(m.ring());
    return take(c) == "nothing" && c.damaged;
  };
  expect(damaged(capacity + 1), "a record that ends behind the buffer is refused");
  expect(damaged(length_bits), "and one of gigabytes");
  expect(damaged(more_follows), "and one without a length");
  expect(damaged(ring_word{1} << 40 | 5), "and one with bits that nobody sets");

  const memory m(room);
  m.ring().header->taken.store(1 << 20);
  expect(ring_producer(m.ring()).damaged, "more cannot have been taken than was there");
  m.ring().header->taken.store(3);
  expect(ring_consumer(m.ring()).damaged, "no record begins between two words");
}

}  // namespace

void ring_tests() {
  an_empty_ring_has_nothing();
  what_was_published_is_found();
  a_full_ring_takes_no_more();
  every_length_passes_at_every_place();
  another_one_goes_on_where_one_stopped();
  nonsense_is_not_believed();
}

}  // namespace ipcmark::tests
