// What the agent of either system offers to main: agent/<os>/agent.cc.
#pragma once

#include <string>
#include <string_view>
#include <vector>

#include "core/answer.h"

namespace ipcmark {

inline constexpr int exit_usage = 2;
inline constexpr int exit_broken = 5;

// Serves requests from standard input until `bye` or its end; answers the exit code.
int run_agent();

// Small programs for pipelines and for what a started program inherits; `name` and its words come from the
// command line.
int run_program(std::string_view name, const std::vector<std::string>& words);

// The system's own part of `hello`'s answer: system, kernel, emulator, capabilities.
void describe_system(node& out);

// The names that peers know, for the agent's verbs `calls` and `constants`.
void list_calls(answer& a);
void list_constants(answer& a);

}  // namespace ipcmark
