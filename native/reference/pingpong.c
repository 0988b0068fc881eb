/* A closed loop by hand: write, read, look at the clock. Prints the median and the mean round trip in
 * nanoseconds. */
#include "reference/loop.h"

static void respond(struct ends e, const char* pings, const char* pongs, size_t size, long round_trips) {
  char* inbox = calloc(1, size);
  for (long i = 0, window = 0; i < round_trips; i++, window = window + 1 == windows ? 0 : window + 1) {
    read_all(e.receive, inbox, size);
    verify(inbox, pings + window * step, size);
    write_all(e.send, pongs + window * step, size);
  }
}

int main(int argc, char** argv) {
  const struct settings s = read_settings(argc, argv);
  struct ends first, second;
  join_ends(s.mechanism, &first, &second);
  const char* pings = make_pattern(s.size, 1);
  const char* pongs = make_pattern(s.size, 2);

  const pid_t child = start_second();
  if (child == 0) {
    pin(s.second_cpu);
    respond(second, pings, pongs, s.size, s.warm_up + s.messages);
    _exit(0);
  }

  pin(s.first_cpu);
  char* inbox = calloc(1, s.size);
  int64_t* took = calloc((size_t)s.messages, sizeof *took);
  memset(took, 1, (size_t)s.messages * sizeof *took);
  for (long i = -s.warm_up, window = 0; i < s.messages;
       i++, window = window + 1 == windows ? 0 : window + 1) {
    const int64_t sent = now_ns();
    write_all(first.send, pings + window * step, s.size);
    read_all(first.receive, inbox, s.size);
    const int64_t ns = now_ns() - sent;
    if (i >= 0) took[i] = ns;
    verify(inbox, pongs + window * step, s.size);
  }
  await_second(child);

  int64_t sum = 0;
  for (long i = 0; i < s.messages; i++) sum += took[i];
  qsort(took, (size_t)s.messages, sizeof *took, ascending);
  printf("{\"medianNs\":%lld,\"meanNs\":%.1f}\n", (long long)took[s.messages / 2],
         (double)sum / (double)s.messages);
  return 0;
}
