// What the addon shows to JavaScript, one function per file; harness/native.ts has the types.
#pragma once

#include <napi.h>

namespace ipcmark {

void export_calls(Napi::Object exports);
void export_machine(Napi::Object exports);
void export_processes(Napi::Object exports);
void export_transports(Napi::Object exports);

}  // namespace ipcmark
