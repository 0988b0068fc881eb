// Any transport behind one face, for whoever has a loop of their own: JavaScript, by way of the addon. What
// is virtual here costs some nanoseconds a message, and no timed loop of ours goes by it.
#pragma once

#include <cstddef>
#include <cstdint>
#include <memory>
#include <string>

#include "transports/transport.h"

namespace ipcmark {

class open_transport {
 public:
  open_transport() = default;
  open_transport(const open_transport&) = delete;
  open_transport& operator=(const open_transport&) = delete;
  virtual ~open_transport() = default;

  // Both end at the first failure, which `failure` tells. Nothing that was sent is held back, nor has it to
  // stay as it is: memory of JavaScript goes when nobody refers to it any more.
  virtual bool send(const char* data, size_t length) = 0;
  virtual bool recv(char* data, size_t length) = 0;

  virtual transfer_failure failure() const = 0;
  virtual uint64_t system_calls() const = 0;
  // A sentence where this machine or this link cannot do what the options ask for.
  virtual std::string unsupported() const = 0;
};

template <transport T>
class opened final : public open_transport {
 public:
  explicit opened(const link_spec& link) : link_(link) {}

  bool send(const char* data, size_t length) override {
    if constexpr (hands_over<T>) {
      if (!link_.send_copy(data, length)) return false;
    } else if (!link_.send(data, length)) {
      return false;
    }
    if constexpr (holds_back<T>) return link_.flush();
    return true;
  }
  bool recv(char* data, size_t length) override { return link_.recv(data, length); }

  transfer_failure failure() const override { return link_.failure; }
  uint64_t system_calls() const override { return link_.system_calls; }
  std::string unsupported() const override {
    if constexpr (may_be_unsupported<T>) return link_.unsupported;
    return {};
  }

 private:
  T link_;
};

template <transport T>
std::unique_ptr<open_transport> open_as(const link_spec& link) {
  return std::make_unique<opened<T>>(link);
}

}  // namespace ipcmark
