#!/bin/sh
# Part of corolint, under the Apache License v2.0 with LLVM Exceptions.
# See LICENSE for license information.
# SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
#
# Starts the portable corolint. Where it cannot run, the system's own words would be
# "Exec format error" or a list of missing symbol versions: this names the reason.

fail() {
  echo "corolint: error: $*" >&2
  exit 2
}

# The real place of this file: links to it may be anywhere.
Own=$0
case $Own in
*/*) ;;
*) Own=./$Own ;;
esac
while [ -L "$Own" ]; do
  Target=$(readlink "$Own") || fail "cannot read the link '$Own'"
  case $Target in
  /*) Own=$Target ;;
  *) Own=${Own%/*}/$Target ;;
  esac
done
Program=${Own%/*}/../libexec/corolint
[ -x "$Program" ] ||
  fail "there is no '$Program'; keep 'bin', 'lib' and 'libexec' of the archive together"

Needed=@GLIBC@
if ! [ -e /lib64/ld-linux-x86-64.so.2 ]; then
  Machine=$(uname -m)
  [ "$Machine" = x86_64 ] ||
    fail "this is the build for x86-64, and this machine is $Machine"
  fail "this system has no glibc, and glibc $Needed or later is needed"
fi
# Without getconf, the program starts, or the loader reports why not.
Version=$(getconf GNU_LIBC_VERSION 2>/dev/null)
case $Version in
"glibc "*.*)
  Version=${Version#glibc }
  Minor=${Version#*.}
  Minor=${Minor%%.*}
  if [ "${Version%%.*}" -lt "${Needed%%.*}" ] ||
    { [ "${Version%%.*}" -eq "${Needed%%.*}" ] && [ "$Minor" -lt "${Needed#*.}" ]; }; then
    fail "this system has glibc $Version, and glibc $Needed or later is needed" \
      "(Debian 12, Ubuntu 23.04, Fedora 37)"
  fi
  ;;
esac

# corolint-clangd is this script, for editors that take a path without arguments.
case ${0##*/} in
corolint-clangd*) set -- clangd "$@" ;;
esac
exec "$Program" "$@"
