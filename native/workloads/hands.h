// What one side of a hand-over has: the bell that it rings and the one that it waits for, made as the options
// say. They are one object where it is a baton that goes to and fro.
#pragma once

#include <cstdint>
#include <memory>
#include <span>
#include <string>
#include <utility>

#include "core/histogram.h"
#include "transports/bell.h"
#include "workloads/options.h"

namespace ipcmark {

class hands {
 public:
  // On the handles of the bell that is rung and then of the one that is waited for; on three locks where it
  // is a baton. Nothing, and why, when there are not as many.
  static std::unique_ptr<hands> make(const bell_facts& facts, std::span<const int64_t> handles, bool leads,
                                     const workload_options& o, std::string& why);

  hands(const bell_facts& facts, bool is_plain, std::unique_ptr<bell> theirs, std::unique_ptr<bell> own)
      : facts_(facts),
        is_plain_(is_plain),
        first_(std::move(theirs)),
        second_(std::move(own)),
        theirs_(*first_),
        own_(second_ ? *second_ : *first_) {}

  // A sentence when it cannot wait so.
  std::string wait_by(waiting how);
  bool prepare() { return own_.prepare(); }
  bool finish() { return own_.finish(); }

  bool ring() { return theirs_.ring(); }
  bool wait() { return tries() ? try_until_rung() : own_.wait(); }
  bool initiate(uint64_t rounds, histogram& times);
  bool respond(uint64_t rounds);

  // Whether anybody has rung once more than was waited for, as far as it can be told.
  bool rung_too_often() { return own_.surplus > 0 || own_.try_wait() == attempt::rung; }

  uint64_t system_calls() const { return theirs_.system_calls + (second_ ? own_.system_calls : 0); }
  const transfer_failure& failure() const {
    return *theirs_.failure.call != 0 ? theirs_.failure : own_.failure;
  }

 private:
  bool tries() const { return how_ == waiting::spin || how_ == waiting::yield || how_ == waiting::adaptive; }
  bool try_until_rung();

  const bell_facts& facts_;
  bool is_plain_;  // the bells are as they come
  std::unique_ptr<bell> first_;
  std::unique_ptr<bell> second_;
  bell& theirs_;
  bell& own_;
  waiting how_ = waiting::block;
};

}  // namespace ipcmark
