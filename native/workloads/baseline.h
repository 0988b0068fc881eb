// `baseline`: what other figures are read against.
#pragma once

#include <cstdint>
#include <string>
#include <vector>

#include "core/answer.h"
#include "workloads/options.h"

namespace ipcmark {

void baseline_call(answer& a, std::string& name, std::string& role, std::vector<int64_t>& handles,
                   option_list& given);

}  // namespace ipcmark
