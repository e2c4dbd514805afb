# Part of corolint, under the Apache License v2.0 with LLVM Exceptions.
# See LICENSE for license information.
# SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
# Completion for bash: install as share/bash-completion/completions/corolint.

_corolint() {
  local Word=${COMP_WORDS[COMP_CWORD]} Before=${COMP_WORDS[COMP_CWORD - 1]}
  local Options
  COMPREPLY=()
  case $Before in
  --format)
    mapfile -t COMPREPLY < <(compgen -W "text json sarif github html" -- "$Word")
    return
    ;;
  --checks)
    mapfile -t COMPREPLY < <(compgen -W "$("${COMP_WORDS[0]}" check --list-checks --checks='*' 2>/dev/null)" -- "$Word")
    return
    ;;
  -p | --cache | --root | --library)
    mapfile -t COMPREPLY < <(compgen -d -- "$Word")
    return
    ;;
  --since)
    mapfile -t COMPREPLY < <(compgen -W "$(git for-each-ref --format='%(refname:short)' 2>/dev/null)" -- "$Word")
    return
    ;;
  esac
  if ((COMP_CWORD == 1)); then
    mapfile -t COMPREPLY < <(compgen -W "check audit extract link explain ninja doctor init --help --version" -- "$Word")
    return
  fi
  case ${COMP_WORDS[1]} in
  check) Options="-p -j -o --root --checks --cache --cache-size --no-cache --no-shortcuts --quiet --format --output --baseline --write-baseline --since --by-cause --list-checks --fix --index --profile" ;;
  audit) Options="-p -j -o --root --checks --cache --cache-size --no-cache --no-shortcuts --quiet --model --likely" ;;
  extract) Options="-p -j -o --root --checks --cache --cache-size --no-cache --no-shortcuts --quiet --shard --depfile" ;;
  link) Options="-o" ;;
  explain) Options="-p -j --root --checks --cache --cache-size --no-cache --no-shortcuts --quiet --index" ;;
  ninja) Options="-p -o --root --checks" ;;
  doctor) Options="--index" ;;
  init) Options="-o --force --library" ;;
  esac
  if [[ $Word == -* ]]; then
    mapfile -t COMPREPLY < <(compgen -W "$Options --help" -- "$Word")
  elif [[ ${COMP_WORDS[1]} == explain ]]; then
    mapfile -t COMPREPLY < <(compgen -W "$("${COMP_WORDS[0]}" check --list-checks --checks='*' 2>/dev/null)" -- "$Word")
  else
    mapfile -t COMPREPLY < <(compgen -f -- "$Word")
  fi
}
complete -o filenames -F _corolint corolint
