#include "os/start_process.h"

#include <algorithm>

namespace ipcmark {

namespace {

// A handle that is listed twice makes CreateProcess fail.
void add_once(std::vector<HANDLE>& list, HANDLE h) {
  if (h != nullptr && std::find(list.begin(), list.end(), h) == list.end()) list.push_back(h);
}

}  // namespace

prepared_process::prepared_process(process_plan plan) : plan_(std::move(plan)) {
  startup_.StartupInfo.cb = sizeof startup_;
  if (plan_.standard) {
    startup_.StartupInfo.dwFlags = STARTF_USESTDHANDLES;
    startup_.StartupInfo.hStdInput = plan_.standard->at(0);
    startup_.StartupInfo.hStdOutput = plan_.standard->at(1);
    startup_.StartupInfo.hStdError = plan_.standard->at(2);
  }
  if (!plan_.inherited) return;
  std::vector<HANDLE> once;
  for (HANDLE h : *plan_.inherited) add_once(once, h);
  if (plan_.standard) {
    for (HANDLE h : *plan_.standard) add_once(once, h);
  }
  plan_.inherited = std::move(once);
  startup_.lpAttributeList = attributes();
}

prepared_process::~prepared_process() {
  if (listed_) DeleteProcThreadAttributeList(startup_.lpAttributeList);
}

LPPROC_THREAD_ATTRIBUTE_LIST prepared_process::attributes() {
  std::vector<HANDLE>& list = *plan_.inherited;
  // An empty list is no attribute: nothing at all is inherited then.
  if (list.empty()) return plan_.inherit = false, nullptr;
  SIZE_T size = 0;
  InitializeProcThreadAttributeList(nullptr, 1, 0, &size);
  attribute_memory_.resize(size);
  auto* made = reinterpret_cast<LPPROC_THREAD_ATTRIBUTE_LIST>(attribute_memory_.data());
  listed_ = InitializeProcThreadAttributeList(made, 1, 0, &size) != 0 &&
            UpdateProcThreadAttribute(made, 0, PROC_THREAD_ATTRIBUTE_HANDLE_LIST, list.data(),
                                      list.size() * sizeof(HANDLE), nullptr, nullptr) != 0;
  return listed_ ? made : nullptr;
}

BOOL prepared_process::start(PROCESS_INFORMATION& started) {
  const bool inherits = plan_.inherit || plan_.standard || listed_;
  return CreateProcessW(plan_.program.empty() ? nullptr : plan_.program.c_str(), plan_.command_line.data(),
                        nullptr, nullptr, inherits, plan_.flags | EXTENDED_STARTUPINFO_PRESENT, nullptr,
                        nullptr, &startup_.StartupInfo, &started);
}

std::wstring command_line_of(const std::vector<std::wstring>& words) {
  std::wstring line;
  for (const std::wstring& word : words) {
    if (!line.empty()) line += L' ';
    if (!word.empty() && word.find_first_of(L" \t\n\v\"") == std::wstring::npos) {
      line += word;
      continue;
    }
    line += L'"';
    size_t backslashes = 0;
    for (const wchar_t c : word) {
      // Backslashes are doubled before a quote and nowhere else.
      if (c == L'"') line.append(backslashes + 1, L'\\');
      backslashes = c == L'\\' ? backslashes + 1 : 0;
      line += c;
    }
    line.append(backslashes, L'\\');
    line += L'"';
  }
  return line;
}

std::wstring own_program() {
  std::wstring path(MAX_PATH, L'\0');
  for (;;) {
    const DWORD length = GetModuleFileNameW(nullptr, path.data(), static_cast<DWORD>(path.size()));
    if (length < path.size()) return path.resize(length), path;
    path.resize(path.size() * 2);
  }
}

}  // namespace ipcmark
