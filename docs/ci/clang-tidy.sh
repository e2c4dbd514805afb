#!/bin/sh
# Runs the checks with clang-tidy's own scripts, for CI that already uses them.
#
#   clang-tidy.sh all BUILD             every file of the database
#   clang-tidy.sh changed BUILD SINCE   the lines changed since a commit
set -eu
: "${LLVM:=22}"
: "${PLUGIN:=/usr/lib/corolint-$LLVM/lib/corolint.so}"

# clang-tidy ignores a plugin that does not load, finds nothing, and exits with 0.
"clang-tidy-$LLVM" --load="$PLUGIN" --checks='-*,coro-*' --list-checks |
  grep -q '^ *coro-no-yield-region$' || {
  echo "$PLUGIN does not load: nothing would be checked" >&2
  exit 2
}

# By default, the scripts use the system's `clang-tidy`.
case $1 in
all)
  "run-clang-tidy-$LLVM" -clang-tidy-binary "clang-tidy-$LLVM" -quiet -load "$PLUGIN" -checks='-*,coro-*' \
    -warnings-as-errors='coro-*' -p "$2"
  ;;
changed)
  changes=$(git diff -U0 --no-color "$3") # a failure in the pipe would go unnoticed
  status=0
  found=$(printf '%s\n' "$changes" |
    "clang-tidy-diff-$LLVM.py" -clang-tidy-binary "clang-tidy-$LLVM" -p1 -quiet \
      -load "$PLUGIN" -checks='-*,coro-*' -path "$2") || status=$?
  printf '%s\n' "$found"
  case $found in *'[coro-'*) status=1 ;; esac # the script of 19 has no -warnings-as-errors
  exit "$status"
  ;;
esac
