#include "workloads/roundtrip.h"

#include <algorithm>
#include <string>
#include <vector>

#include "core/affinity.h"
#include "core/bytes.h"
#include "core/histogram.h"
#include "os/error.h"
#include "workloads/meter.h"
#include "workloads/pace.h"
#include "workloads/payload.h"
#include "workloads/seat.h"

namespace ipcmark {

namespace {

class caller {
 public:
  caller(const words& made_of, size_t size)
      : name_(made_of.name), given_(made_of.given.begin(), made_of.given.end()), sent_(size, seed) {
    const auto place = std::ranges::find(given_, value::kind::pattern, &value::is);
    if (place != given_.end()) place_ = &*place, place_->is = value::kind::bytes;
  }

  bool knows_what_to_send() const { return place_ != nullptr; }
  // One call and its answer; false when it was not what it had to be.
  bool call(histogram& times) {
    place_->text.assign(sent_.message(), sent_.size());
    answer one;
    perform(one, name_, given_);
    calls++;
    if (!one.refused.empty() || one.code != 0) [[unlikely]] {
      failure = {.call = name_.c_str(), .code = one.code};
      return wrong = one.refused, false;
    }
    if (one.bytes != place_->text) [[unlikely]]
      return wrong = "the answer to call " + std::to_string(calls) + " is not what was sent", false;
    times.record(one.ns);
    done.add(sent_.crc());
    done.add(sent_.crc());
    sent_.advance();
    return true;
  }

  carried done;
  uint64_t calls = 0;
  transfer_failure failure;
  std::string wrong;

 private:
  static constexpr uint32_t seed = 7;

  std::string name_;
  std::vector<value> given_;
  payload sent_;
  value* place_ = nullptr;
};

}  // namespace

void roundtrip_call(answer& a, words& made_of, option_list& given) {
  workload_options o;
  std::string why;
  if (!read_options(given, true, o, why)) return a.refuse(std::move(why));
  if (o.size == 0) return a.refuse("the option 'size' is needed: bytes in one message");
  caller me(made_of, o.size);
  if (!me.knows_what_to_send()) return a.refuse("one argument of the call has to be a pattern: what is sent");
  seat here;
  if (!here.take(o, a)) return;
  histogram times;
  meter m;
  plan now;
  constexpr uint64_t fewest = 32;
  const bool whole = run_phases(o, fewest, m.cost(), [&](uint64_t count) {
    now = {.messages = count, .per_batch = count};
    times.clear();
    me.done = {};
    m.begin();
    for (uint64_t i = 0; i < count; i++) {
      if (!me.call(times)) return false;
    }
    m.end(0);
    return true;
  });
  if (!whole) return report_failure(a, me.failure, me.done, now, me.wrong);
  report(a, me.done, m.cost(), o.size);
  a.out.add("latency", times.as_node());
  a.out.add("calls", me.calls);
  here.tell(a);
}

void copies_call(answer& a, words& made_of, buffer& expected, option_list& given) {
  workload_options o;
  std::string why;
  if (!read_options(given, true, o, why)) return a.refuse(std::move(why));
  seat here;
  if (!here.take(o, a)) return;
  const uint32_t crc = crc32(expected.data(), expected.size());
  meter m;
  batch_times times;
  carried done;
  transfer_failure failure;
  const std::string name(made_of.name);
  const auto copy = [&](int64_t& ns) {
    const answer one = made(made_of);
    if (!one.refused.empty() || one.code != 0) [[unlikely]] {
      failure = {.call = name.c_str(), .code = one.code};
      return why = one.refused, false;
    }
    if (one.bytes != expected.bytes) [[unlikely]]
      return why = "copy " + std::to_string(done.messages) + " is not what lies there", false;
    ns += one.ns;
    done.add(crc);
    return true;
  };
  const bool whole = run_phases(o, o.batches, m.cost(), [&](uint64_t count) {
    const uint64_t batches = times.cut(count, o.batches);
    done = {};
    m.begin();
    for (uint64_t i = 0; i < batches; i++) {
      int64_t ns = 0;
      for (uint64_t j = 0; j < times.per_batch; j++) {
        if (!copy(ns)) return false;
      }
      times.ns.push_back(ns);
    }
    m.end(done.messages);
    return true;
  });
  if (!whole) return report_failure(a, failure, done, {.messages = done.messages, .per_batch = 1}, why);
  report(a, done, m.cost(), expected.size());
  times.tell(a);
  here.tell(a);
}

void stay_on_call(answer& a, std::vector<int>& cpus) {
  a.timed([&] { return allow_cpus(cpus) ? 0 : -1; });
}

}  // namespace ipcmark
