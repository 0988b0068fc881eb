#include "workloads/side.h"

#include <algorithm>

#include "core/bytes.h"
#include "os/error.h"

namespace ipcmark {

void report(answer& a, const carried& c, const phase_cost& cost, size_t size) {
  const clock_facts clock = measure_clock();
  node timer = node::object();
  timer.add("source", clock.source);
  timer.add("costNs", clock.cost_ns);
  timer.add("resolutionNs", clock.resolution_ns);

  char sum[17] = {};
  for (int i = 0; i < 16; i++) sum[i] = "0123456789abcdef"[c.checksum >> (60 - 4 * i) & 15];

  a.ret = static_cast<int64_t>(c.messages);
  a.ns = cost.elapsed_ns;
  a.out.add("messages", c.messages);
  a.out.add("bytes", c.messages * size);
  a.out.add("checksum", sum);
  if (cost.calls_known) a.out.add("syscalls", cost.system_calls);
  a.out.add("usage", as_node(cost.spent));
  a.out.add("elapsedNs", cost.elapsed_ns);
  a.out.add("timer", std::move(timer));
}

void report_failure(answer& a, const transfer_failure& failure, const carried& c, const plan& current,
                    const std::string& mismatch) {
  const std::string wrong = mismatch.empty() ? failure.nonsense : mismatch;
  a.ret = -1;
  a.code = wrong.empty() ? failure.code : 0;
  std::string sentence = wrong;
  if (sentence.empty()) {
    sentence = failure.call;
    sentence += failure.end_of_file ? " found the end of file" : " failed with " + error_name(failure.code);
    sentence += " after " + std::to_string(c.messages) + " messages";
    if (current.messages > 0) sentence += " of a phase of " + std::to_string(current.messages);
  }
  a.out.add("failure", sentence);
  a.out.add("because", !wrong.empty() ? "mismatch" : failure.end_of_file ? "end-of-file" : "error");
}

std::string mismatch_sentence(uint64_t message, const char* got, const payload& expected) {
  const auto differs = std::mismatch(got, got + expected.size(), expected.message()).first - got;
  const std::string sum = std::to_string(crc32(got, expected.size()));
  return "message " + std::to_string(message) + " is not what was sent: byte " + std::to_string(differs) +
         " of " + std::to_string(expected.size()) + " is the first that differs, CRC " + sum +
         " instead of " + std::to_string(expected.crc());
}

}  // namespace ipcmark
