#!/bin/sh
# realtime_test.sh PROGRAM SUPPRESSIONS: a program built with -fsanitize=realtime
# is silent where its coroutines behave, and names the call that blocks.
set -eu
program=$1
export RTSAN_OPTIONS="suppressions=$2:halt_on_error=false"

fail() {
  printf '%s\n' "$1" "$output" >&2
  exit 1
}

output=$("$program" 2>&1) || fail "the good program failed"
case $output in
*RealtimeSanitizer*) fail "a report on the good program" ;;
*done*) ;;
*) fail "the good program did not end" ;;
esac

# The sanitizer makes a program with reports exit with an error.
output=$("$program" block 2>&1) || true
case $output in
*RealtimeSanitizer*usleep*) ;;
*) fail "usleep in a coroutine was not reported" ;;
esac
