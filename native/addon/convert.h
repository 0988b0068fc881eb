// Between JavaScript and the call table: what a script writes becomes a value, and an answer becomes an
// object with the fields of `Outcome` in harness/model.ts.
#pragma once

#include <napi.h>

#include <string>
#include <vector>

#include "core/answer.h"
#include "core/value.h"

namespace ipcmark {

// A whole number or a bigint, a string, { pattern, seed }, { hex }, a Uint8Array, or a list of these.
// Anything else is refused, with the reason.
bool value_from(const Napi::Value& given, value& to, std::string& why, int depth = 0);

// The arguments of a JavaScript function from `first` on. Throws a TypeError and answers false when one does
// not convert.
bool values_from(const Napi::CallbackInfo& given, size_t first, std::vector<value>& to);

Napi::Value to_javascript(Napi::Env env, const node& n);
Napi::Object to_outcome(Napi::Env env, const answer& a);

// The text of an argument that has to be a string, or a TypeError and nothing.
bool text_argument(const Napi::CallbackInfo& given, size_t index, const char* what, std::string& text);

}  // namespace ipcmark
