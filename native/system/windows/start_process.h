// What CreateProcess needs, made ready so that the call itself is the one thing that is left to do.
#pragma once

#include <optional>
#include <string>
#include <vector>

#include "os/handle.h"

namespace ipcmark {

struct process_plan {
  std::wstring
      program;  // the executable's path; empty: the first word of the command line, found as the shell does
  std::wstring command_line;  // the whole of it, the program's name included
  bool inherit = false;       // bInheritHandles
  DWORD flags = 0;
  // Standard input, output and error, all or none. They must be inheritable.
  std::optional<std::vector<HANDLE>> standard;
  // With a list the process inherits only what is on it, and its standard handles. All must be inheritable.
  std::optional<std::vector<HANDLE>> inherited;
};

class prepared_process {
 public:
  explicit prepared_process(process_plan plan);
  prepared_process(const prepared_process&) = delete;
  prepared_process& operator=(const prepared_process&) = delete;
  ~prepared_process();

  // CreateProcess, once. The handles it gives belong to the caller.
  BOOL start(PROCESS_INFORMATION& started);

 private:
  LPPROC_THREAD_ATTRIBUTE_LIST attributes();

  process_plan plan_;
  std::vector<unsigned char> attribute_memory_;
  bool listed_ = false;
  STARTUPINFOEXW startup_{};
};

// Words as CommandLineToArgvW and the C runtime take them apart again.
std::wstring command_line_of(const std::vector<std::wstring>& words);

// The path of this very program.
std::wstring own_program();

}  // namespace ipcmark
