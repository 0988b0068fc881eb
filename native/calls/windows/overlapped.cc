#include "calls/windows/overlapped.h"

#include <map>
#include <memory>
#include <utility>

namespace ipcmark {

bool from_value<overlapped_word>::convert(const value& v, overlapped_word&, std::string& why) {
  if (v.is == value::kind::text && v.text == "overlapped") return true;
  return why = "only the word overlapped may stand here", false;
}

namespace {

struct tokens {
  int64_t latest = 0;
  std::map<int64_t, std::unique_ptr<operation>> pending;
};
// A peer has one thread. What is pending when the process ends is left to the system, which may still write
// to it.
tokens& under_way() {
  static tokens* t = new tokens;
  return *t;
}

void give_result(answer& a, const operation& o) {
  // A message that did not fit is an error that brings bytes.
  if (!a.ok() && a.code != ERROR_MORE_DATA) return;
  if (o.result == operation::gives::bytes) a.keep_bytes(o.buffer.data(), o.transferred);
  if (o.result == operation::gives::count) a.out.add("transferred", o.transferred);
}

operation* find_operation(answer& a, int64_t token) {
  const auto found = under_way().pending.find(token);
  if (found != under_way().pending.end()) return found->second.get();
  a.refuse("no overlapped call with the token " + std::to_string(token) + " is under way");
  return nullptr;
}

void get_overlapped_result(answer& a, int64_t token, BOOL wait) {
  operation* o = find_operation(a, token);
  if (o == nullptr) return;
  a.timed([&] { return GetOverlappedResult(o->file, &o->overlapped, &o->transferred, wait); });
  if (a.code == ERROR_IO_INCOMPLETE) return;
  give_result(a, *o);
  under_way().pending.erase(token);
}

void cancel_io_ex(answer& a, HANDLE file, std::optional<int64_t> token) {
  operation* o = token ? find_operation(a, *token) : nullptr;
  if (token && o == nullptr) return;
  a.timed([&] { return CancelIoEx(file, o != nullptr ? &o->overlapped : nullptr); });
}

BOOL cancel_io(HANDLE file) { return CancelIo(file); }

constexpr call calls[] = {
    shaped<get_overlapped_result>("GetOverlappedResult", "token wait"),
    shaped<cancel_io_ex>("CancelIoEx", "handle [token]"),
    plain<cancel_io>("CancelIo", "handle"),
};

}  // namespace

void carry_out(answer& a, operation o, const maybe_overlapped& overlapped,
               const operation_call& system_call) {
  if (!overlapped) {
    a.timed([&] { return system_call(o, nullptr); });
    return give_result(a, o);
  }
  auto kept = std::make_unique<operation>(std::move(o));
  kept->event = unique_handle(CreateEventW(nullptr, TRUE, FALSE, nullptr));
  kept->overlapped.hEvent = kept->event.get();
  a.timed([&] { return system_call(*kept, &kept->overlapped); });
  if (a.code != ERROR_IO_PENDING) {
    kept->transferred = static_cast<DWORD>(kept->overlapped.InternalHigh);
    return give_result(a, *kept);
  }
  a.out.add("overlapped", ++under_way().latest);
  a.out.add("event", as_integer(kept->event.get()));
  under_way().pending.emplace(under_way().latest, std::move(kept));
}

call_group overlapped_calls() { return calls; }

}  // namespace ipcmark
