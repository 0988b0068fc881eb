#include "agent/start_up.h"
#ifdef IPCMARK_FAULTS
#include "faults/faults.h"
#endif

namespace ipcmark {

bool take_options(const std::vector<std::string>& words, std::string& why) {
  for (size_t i = 0; i < words.size(); i++) {
#ifdef IPCMARK_FAULTS
    if (words[i] == "--fault" && i + 1 < words.size()) {
      if (!install_fault(words[++i], why)) return false;
      continue;
    }
#endif
    why = "unknown option '" + words[i] + "'";
    return false;
  }
  return true;
}

}  // namespace ipcmark
