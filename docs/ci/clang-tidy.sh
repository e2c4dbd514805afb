#!/bin/sh
# The checks by clang-tidy's own scripts, for CI that has them already.
#
#   clang-tidy.sh all BUILD             every file of the database
#   clang-tidy.sh changed BUILD SINCE   the lines changed since a commit
set -eu
: "${LLVM:=22}"
: "${PLUGIN:=/usr/lib/corolint-$LLVM/lib/corolint.so}"

# First: clang-tidy ignores a plugin that does not load, finds nothing, exits 0.
"clang-tidy-$LLVM" --load="$PLUGIN" --checks='-*,coro-*' --list-checks |
  grep -q '^ *coro-no-yield-region$' || {
  echo "$PLUGIN does not load: nothing would be checked" >&2
  exit 2
}

# They would take whatever `clang-tidy` is the system's.
case $1 in
all)
  "run-clang-tidy-$LLVM" -clang-tidy-binary "clang-tidy-$LLVM" -quiet -load "$PLUGIN" -checks='-*,coro-*' \
    -warnings-as-errors='coro-*' -p "$2"
  ;;
changed)
  changes=$(git diff -U0 --no-color "$3") # not in the pipe: it must not fail there
  status=0
  found=$(printf '%s\n' "$changes" |
    "clang-tidy-diff-$LLVM.py" -clang-tidy-binary "clang-tidy-$LLVM" -p1 -quiet \
      -load "$PLUGIN" -checks='-*,coro-*' -path "$2") || status=$?
  printf '%s\n' "$found"
  case $found in *'[coro-'*) status=1 ;; esac # 19 has no -warnings-as-errors here
  exit "$status"
  ;;
esac
