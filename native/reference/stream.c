/* One way by hand: the first process writes, the second reads and verifies, and looks at the clock twenty
 * times. Prints the median of the batches as nanoseconds per message. */
#include "reference/loop.h"

enum { batches = 20 };

static void produce(int fd, const char* pattern, size_t size, long messages) {
  for (long i = 0, window = 0; i < messages; i++, window = window + 1 == windows ? 0 : window + 1) {
    write_all(fd, pattern + window * step, size);
  }
}

static void consume(int fd, const char* pattern, size_t size, long warm_up, long per_batch) {
  char* inbox = calloc(1, size);
  int64_t took[batches];
  long window = 0;
  for (int batch = -1; batch < batches; batch++) {
    const int64_t began = now_ns();
    for (long i = 0; i < (batch < 0 ? warm_up : per_batch); i++) {
      read_all(fd, inbox, size);
      verify(inbox, pattern + window * step, size);
      if (++window == windows) window = 0;
    }
    if (batch >= 0) took[batch] = now_ns() - began;
  }
  qsort(took, batches, sizeof *took, ascending);
  const double median = (double)(took[batches / 2 - 1] + took[batches / 2]) / 2;
  printf("{\"medianNs\":%.2f}\n", median / (double)per_batch);
}

int main(int argc, char** argv) {
  const struct settings s = read_settings(argc, argv);
  struct ends first, second;
  join_ends(s.mechanism, &first, &second);
  const char* pattern = make_pattern(s.size, 3);
  const long per_batch = s.messages < batches ? 1 : s.messages / batches;

  const pid_t child = start_second();
  if (child == 0) {
    pin(s.second_cpu);
    consume(second.receive, pattern, s.size, s.warm_up, per_batch);
    fflush(stdout);
    _exit(0);
  }
  pin(s.first_cpu);
  produce(first.send, pattern, s.size, s.warm_up + per_batch * batches);
  await_second(child);
  return 0;
}
