#include "workloads/hands.h"

#include <thread>

#include "core/clock.h"
#include "os/pause.h"
#include "workloads/fault.h"
#include "workloads/rounds.h"

namespace ipcmark {

namespace {

// A bell that is rung late, twice or not at all, on purpose, so that it can be seen who notices.
class faulty_bell final : public bell {
 public:
  faulty_bell(std::unique_ptr<bell> sound, int64_t hold_up_ns)
      : sound_(std::move(sound)), hold_up_ns_(hold_up_ns) {}

  bool ring() override {
    hold_up(hold_up_ns_);
    if (transport_fault == nullptr) return told(sound_->ring());
    switch (transport_fault(rings_++)) {
      case message_fault::drop:
        return true;
      case message_fault::duplicate:
        return told(sound_->ring()) && told(sound_->ring());
      case message_fault::corrupt:
      case message_fault::none:
        break;
    }
    return told(sound_->ring());
  }
  bool wait() override { return told(sound_->wait()); }
  attempt try_wait() override { return told(sound_->try_wait()); }
  bool can_try() const override { return sound_->can_try(); }
  bool watch() override { return sound_->watch(); }
  bool prepare() override { return told(sound_->prepare()); }
  bool finish() override { return told(sound_->finish()); }

 private:
  template <class T>
  T told(T outcome) {
    failure = sound_->failure;
    system_calls = sound_->system_calls;
    surplus = sound_->surplus;
    return outcome;
  }

  std::unique_ptr<bell> sound_;
  int64_t hold_up_ns_;
  uint64_t rings_ = 0;
};

std::unique_ptr<bell> made_of(const bell_facts& facts, std::span<const int64_t> handles, bool leads,
                              const workload_options& o) {
  std::unique_ptr<bell> sound = facts.make(handles, leads);
  if (!is_tampered(o)) return sound;
  return std::make_unique<faulty_bell>(std::move(sound), o.inject_ns);
}

}  // namespace

std::unique_ptr<hands> hands::make(const bell_facts& facts, std::span<const int64_t> handles, bool leads,
                                   const workload_options& o, std::string& why) {
  const size_t each = facts.handles;
  if (handles.size() != (facts.baton ? each : 2 * each)) {
    why = "'" + std::string(facts.name) + "' needs " + std::to_string(each) +
          (facts.baton ? " locks" : " handles for what is rung, and as many for what is waited for");
    return nullptr;
  }
  const auto made = [&](std::span<const int64_t> some) { return made_of(facts, some, leads, o); };
  const bool is_plain = !is_tampered(o);
  if (facts.baton) return std::make_unique<hands>(facts, is_plain, made(handles), nullptr);
  return std::make_unique<hands>(facts, is_plain, made(handles.first(each)), made(handles.last(each)));
}

std::string hands::wait_by(waiting how) {
  how_ = how;
  if (tries() && !own_.can_try()) return "it can be waited for, but not tried";
  if (how == waiting::epoll && !own_.watch()) return "it is no descriptor that epoll could watch";
  return {};
}

bool hands::initiate(uint64_t rounds, histogram& times) {
  if (tries() || !is_plain_) return initiate_rounds(*this, rounds, times);
  return facts_.rounds.initiate(theirs_, own_, rounds, times);
}

bool hands::respond(uint64_t rounds) {
  if (tries() || !is_plain_) return respond_rounds(*this, rounds);
  return facts_.rounds.respond(theirs_, own_, rounds);
}

bool hands::try_until_rung() {
  const int64_t began = how_ == waiting::adaptive ? now_ns() : 0;
  for (;;) {
    const attempt a = own_.try_wait();
    if (a != attempt::silent) return a == attempt::rung;
    if (how_ == waiting::yield) {
      own_.system_calls++;
      std::this_thread::yield();
    } else if (how_ == waiting::adaptive && now_ns() - began >= spin_before_sleeping_ns) {
      return own_.wait();
    } else {
      spin_pause();
    }
  }
}

}  // namespace ipcmark
