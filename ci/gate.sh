#!/usr/bin/env bash
# Gates a change and leaves the reports in a folder, wherever there is a shell: builds the base commit in a work tree of its
# own and this tree, or takes two arms as they are, and runs `ipcmark gate`. The GitHub Action and the GitLab template come
# down to this. It leaves no work tree behind, also where it is interrupted; one that was killed outright leaves its work
# tree to the next, which removes it.
# shellcheck disable=SC2317 # traps and `run` call what seems to be called by nobody
set -euo pipefail

usage() {
  cat <<'EOF'
ci/gate.sh [OPTION…] [-- WORDS…]

  --base COMMIT        build that commit of this project too, and gate this tree (B) against it (A)
  --build COMMAND      what builds a tree, run inside it; of ipcmark itself it is known
  --agent FILE         the agent that a tree then has (build/linux/ipcmark-agent)
  --target TARGET      how peers are started instead; {tree} stands for the tree: 'exec:{tree}/out/sandbox run'
  --output FOLDER      where the reports go (ipcmark-gate)
  --inconclusive WHAT  what it is when nothing can be told: pass, warn, or fail (fail: ends with 3)
  --warn-only          ends with 0 whatever the gate decides; an error stays one
  --install            installs by apt-get what is missing to build ipcmark
  --built              ipcmark is built: nothing of it is installed or built again

WORDS go to `ipcmark gate` as they are: cells, arms, limits; `ipcmark gate --help` has them. Without --base they name the
arms: -- --a-agent main/ipcmark-agent --b-agent pull/ipcmark-agent

FOLDER has report.html, junit.xml, CSV, gate.md, annotations.txt and step-summary.md for GitHub, verdict (a word:
pass, fail, inconclusive or error) and records.

Exit codes: 0 nothing got slower or broke · 1 something did, confirmed · 2 the command line makes no sense · 3 it cannot be
told · 4 nothing could be measured in A · 5 a build failed, an arm does not start, or ipcmark itself broke ·
129, 130, 143 interrupted
EOF
}

again=$(printf '%q ' "${BASH_SOURCE[0]}" "$@")
root=$(cd "$(dirname "${BASH_SOURCE[0]}")/.." && pwd -P)
ipcmark=(node "$root/dist/harness/cli/main.js")
base='' build='' agent=build/linux/ipcmark-agent target='' output=ipcmark-gate inconclusive=fail
warn_only=false install=false built=false words=() arms=()

# ------------------------------------------------------------------------------------------------------------- telling

on_github() { [[ ${GITHUB_ACTIONS:-} == true ]]; }

# A message of a workflow command is one line.
escaped() {
  local text=${1//'%'/%25}
  text=${text//$'\r'/%0D}
  printf '%s' "${text//$'\n'/%0A}"
}

told=false
output_for_github() {
  if [[ -n ${GITHUB_OUTPUT:-} ]]; then printf 'verdict=%s\nreports=%s\n' "$1" "$output" >>"$GITHUB_OUTPUT"; fi
  told=true
}

# Ends with a code after saying why.
stop() {
  local code=$1
  shift
  echo "ci/gate.sh: $*" >&2
  if on_github; then
    echo "::error title=ipcmark gate::$(escaped "$*")"
    [[ $told == true ]] || output_for_github error
  fi
  exit "$code"
}

step() { echo "== $*" >&2; }

# ----------------------------------------------------------------------------------------------------- what is asked for

while (($#)); do
  case $1 in
    --base | --build | --agent | --target | --output | --inconclusive)
      [[ -n ${2-} ]] || stop 2 "$1 needs a value"
      printf -v "${1#--}" '%s' "$2"
      shift 2
      ;;
    --warn-only) warn_only=true && shift ;;
    --install) install=true && shift ;;
    --built) built=true && shift ;;
    --help | -h) usage && exit 0 ;;
    --) shift && words=("$@") && break ;;
    *) stop 2 "there is no option '$1'; ci/gate.sh --help has them, and what is meant for ipcmark gate comes after --" ;;
  esac
done
[[ $inconclusive =~ ^(pass|warn|fail)$ ]] || stop 2 "--inconclusive takes pass, warn or fail, and '$inconclusive' is none of them"
[[ $base != -* ]] || stop 2 "--base takes a commit, and '$base' is none"
for word in ${words[@]+"${words[@]}"}; do
  # They would hide from this script what the gate finds.
  [[ $word != --warn-only && $word != --output && $word != --output=* ]] || stop 2 "$word has its place before --"
done

# -------------------------------------------------------------------------------------- processes, and what is left behind

child='' work=''

# In a process group of its own, so that whatever it starts can be ended with it.
run() {
  local code=0
  set -m
  "$@" </dev/null &
  child=$!
  set +m
  wait "$child" || code=$?
  child=''
  return "$code"
}

remove_work() {
  if [[ -d $1/base ]]; then git -C "$project" worktree remove --force --force "$1/base" >/dev/null 2>&1 || rm -rf "$1/base"; fi
  rm -rf "$1"
  git -C "$project" worktree prune >/dev/null 2>&1 || true
}

at_the_end() {
  local code=$?
  trap - EXIT
  trap '' HUP INT TERM
  if [[ -n $child ]]; then
    kill -TERM -- "-$child" 2>/dev/null || true
    wait "$child" 2>/dev/null || true
  fi
  if [[ -n $work ]]; then remove_work "$work"; fi
  exit "$code"
}
trap at_the_end EXIT
trap 'exit 129' HUP
trap 'exit 130' INT
trap 'exit 143' TERM

# What runs left that had no time to.
sweep() {
  local tree
  while read -r tree; do
    [[ $tree =~ /ipcmark-gate-([0-9]+)\.[^/]+/base$ && ! -d /proc/${BASH_REMATCH[1]} ]] || continue
    remove_work "${tree%/base}"
  done < <(git -C "$project" worktree list --porcelain | sed -n 's/^worktree //p')
}

# -------------------------------------------------------------------------------------------------------------- building

packages=(git cmake ninja-build g++ libtirpc-dev)

install_packages() {
  command -v apt-get >/dev/null || stop 5 "--install knows apt-get, which is not here: install ${packages[*]} some other way"
  local package missing=() sudo=()
  for package in "${packages[@]}"; do
    [[ $(dpkg-query --show --showformat='${db:Status-Status}' "$package" 2>/dev/null) == installed ]] || missing+=("$package")
  done
  ((${#missing[@]})) || return 0
  step "installing ${missing[*]}"
  ((EUID == 0)) || sudo=(sudo)
  sudo+=(env DEBIAN_FRONTEND=noninteractive apt-get -qq)
  if ! run "${sudo[@]}" update || ! run "${sudo[@]}" install -y --no-install-recommends "${missing[@]}" >/dev/null; then
    stop 5 "what building needs could not be installed: ${missing[*]}"
  fi
}

# The named targets of ipcmark's native half, in a tree that borrows the packages of this one.
build_native() {
  local tree=$1
  shift
  [[ -e $tree/node_modules || $tree == "$root" ]] || ln -s "$root/node_modules" "$tree/node_modules"
  if [[ ! -e $tree/build/linux/CMakeCache.txt ]] && command -v ninja >/dev/null; then export CMAKE_GENERATOR=Ninja; fi
  cd "$tree/native" && cmake --preset linux >/dev/null && cmake --build --preset linux --parallel "$(nproc)" --target "$@" >&2
}

prepare_ipcmark() {
  if [[ $install == true ]]; then install_packages; fi
  command -v node >/dev/null || stop 5 'there is no Node: ipcmark needs 20.19 or newer'
  if [[ $built == true ]]; then return; fi
  if [[ $root/package-lock.json -nt $root/node_modules/.package-lock.json ]]; then
    step 'npm ci'
    run npm --prefix "$root" ci --no-audit --no-fund >&2 || stop 5 'npm ci failed'
  fi
  step 'building ipcmark'
  run build_native "$root" ipcmark-agent ipcmark-addon || stop 5 'ipcmark could not be built'
  run node "$root/scripts/build.mjs" typescript >&2 || stop 5 'ipcmark could not be built'
}

build_by_command() { cd "$1" && bash -c "$build" >&2; }

# This one's own tree has been built already.
build_tree() {
  if [[ -n $build ]]; then
    run build_by_command "$1"
  elif [[ $1 != "$root" ]]; then
    run build_native "$1" ipcmark-agent
  fi
}

commit_of_base() {
  local found
  if ! found=$(git -C "$project" rev-parse --verify --quiet "$base^{commit}"); then
    # With a depth it would cut the history of a whole clone.
    local depth=()
    [[ $(git -C "$project" rev-parse --is-shallow-repository) != true ]] || depth=(--depth=1)
    git -C "$project" fetch --quiet ${depth[@]+"${depth[@]}"} origin "$base" || return 1
    found=$(git -C "$project" rev-parse --verify --quiet 'FETCH_HEAD^{commit}') || return 1
  fi
  printf '%s' "$found"
}

# Both trees, built; and the arms that they are.
build_both() {
  local commit tree
  if [[ -z $build && $project != "$root" ]]; then stop 2 '--base needs --build, which says how a tree of this project is built'; fi
  commit=$(commit_of_base) || stop 2 "there is no commit '$base', here or at origin"
  work=$(mktemp -d -t "ipcmark-gate-$$.XXXXXX")
  git -C "$project" worktree add --quiet --detach "$work/base" "$commit" || stop 5 "commit $commit could not be checked out"
  for tree in "$work/base" "$project"; do
    step "building $([[ $tree == "$project" ]] && echo this tree || echo "the base, ${commit:0:12}")"
    build_tree "$tree" || stop 5 "$tree could not be built"
  done
  if [[ -n $target ]]; then
    arms=(--a "${target//'{tree}'/"$work/base"}" --b "${target//'{tree}'/"$project"}")
    return
  fi
  local of_base=$work/base/$agent of_this=$project/$agent
  if [[ -z $build ]]; then
    # It needs nothing beside it, and outlives its tree: the command that the gate ends with can be typed.
    mkdir -p "$output/base-${commit:0:12}"
    cp "$of_base" "$output/base-${commit:0:12}/ipcmark-agent"
    of_base=$output/base-${commit:0:12}/ipcmark-agent
  fi
  arms=(--a-agent "$of_base" --b-agent "${of_this#"$PWD/"}")
}

# --------------------------------------------------------------------------------------------------------------- gating

verdicts=([0]=pass [1]=fail [3]=inconclusive)
verdict=error

# The reports of whatever was recorded: of a red gate too, and of one that broke off.
report() {
  [[ -e $output/records/latest ]] || return 0
  local name=''
  read -r name <"$output/records/latest" || true
  if [[ -f $output/records/$name/gate.md ]]; then cp "$output/records/$name/gate.md" "$output/gate.md"; fi
  run "${ipcmark[@]}" report "$output/records/latest" --output "$output" \
    --format html --format csv --format junit --format github >"$output/report.log" 2>&1
}

tell() {
  printf '%s\n' "$verdict" >"$output/verdict"
  printf '\n  verdict   %s\n  reports   %s\n  again     %s\n' "$verdict" "$output" "${again% }"
  if ! on_github; then return; fi
  if [[ -f $output/annotations.txt ]]; then cat "$output/annotations.txt"; fi
  if [[ -n ${GITHUB_STEP_SUMMARY:-} && -f $output/step-summary.md ]]; then cat "$output/step-summary.md" >>"$GITHUB_STEP_SUMMARY"; fi
  output_for_github "$verdict"
}

# What the verdict means to whoever waits for it.
ending_of() {
  local code=$1
  if [[ $warn_only == true && $code =~ ^[013]$ ]]; then code=0; fi
  if [[ $code == 3 && $inconclusive != fail ]]; then code=0; fi
  echo "$code"
}

project=$(git rev-parse --show-toplevel 2>/dev/null || pwd -P)
if [[ -n $base ]]; then
  why=$(git -C "$project" rev-parse --git-dir 2>&1) || stop 2 "--base needs a git repository around it: $why"
  sweep
fi
mkdir -p "$output" || stop 5 "$output cannot be made"
rm -f "$output"/{base-*/ipcmark-agent,records/latest,verdict,report.html,junit.xml,{results,summary,conformance}.csv,gate.md,annotations.txt,step-summary.md}
prepare_ipcmark
if [[ -n $base ]]; then build_both; fi

step 'gating'
# Arms in a work tree that is removed cannot be typed again: what makes them once more is this script.
if [[ -n $work && "${arms[*]}" == *"$work/"* ]]; then export IPCMARK_AGAIN=${again% }; fi
code=0
run "${ipcmark[@]}" gate ${arms[@]+"${arms[@]}"} --output "$output/records" ${words[@]+"${words[@]}"} || code=$?
verdict=${verdicts[code]:-error}
written=0
report || written=$?
tell
# 4 says that the record is empty.
if ((written != 0 && written != 4)); then
  cat "$output/report.log" >&2
  ((code != 0)) || stop 5 'the reports could not be written'
fi
if [[ $verdict == error ]]; then stop "$code" "the gate came to no verdict (exit code $code); what it wrote above says why"; fi
if [[ $code == 3 && $inconclusive == warn ]]; then echo 'ci/gate.sh: warning: it cannot be told whether anything got slower' >&2; fi
exit "$(ending_of "$code")"
