#!/usr/bin/env bash
# Turns the variables that a CI service hands over, IPCMARK_BASE and the like, into the command line of ci/gate.sh beside
# it. One that is empty or not set says nothing. action.yml and gitlab-gate.yml have what each means.
set -euo pipefail

options=() words=()

# NAME OPTION: a variable's value for an option of ci/gate.sh, or of ipcmark gate.
option() { if [[ -n ${!1:-} ]]; then options+=("$2" "${!1}"); fi; }
word() { if [[ -n ${!1:-} ]]; then words+=("$2" "${!1}"); fi; }

# NAME OPTION: the option where the variable says `true`; anything but true, false and nothing is a typing error.
switch() {
  case ${!1:-} in
    true) options+=("$2") ;;
    false | '') ;;
    *) echo "ci/from-variables.sh: $1 has to be true or false, and '${!1}' is neither" >&2 && exit 2 ;;
  esac
}

option IPCMARK_BASE --base
option IPCMARK_BUILD --build
option IPCMARK_AGENT --agent
option IPCMARK_TARGET --target
option IPCMARK_OUTPUT --output
option IPCMARK_INCONCLUSIVE --inconclusive
switch IPCMARK_WARN_ONLY --warn-only
switch IPCMARK_INSTALL --install

word IPCMARK_A --a
word IPCMARK_B --b
word IPCMARK_A_AGENT --a-agent
word IPCMARK_B_AGENT --b-agent
word IPCMARK_BASELINE --baseline
word IPCMARK_CONFIG --config
word IPCMARK_MIN_EFFECT --min-effect
word IPCMARK_CASES --cases

# Selectors have no blanks in them, and may have stars, which are not for the shell. Other words have a line each.
read -r -d '' -a cells <<<"${IPCMARK_CELLS:-}" || true
mapfile -t others < <(printf '%s' "${IPCMARK_ARGUMENTS:-}" | sed '/^[[:space:]]*$/d')

exec "$(dirname "${BASH_SOURCE[0]}")/gate.sh" "${options[@]}" -- "${cells[@]}" "${words[@]}" "${others[@]}"
