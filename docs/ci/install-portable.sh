#!/bin/sh
# Installs the portable corolint from an archive or a wheel, by URL or path.
#
# Usage: install-portable.sh PACKAGE DIRECTORY [SHA256]
#
# Afterwards DIRECTORY/bin/corolint runs. Needs curl for a URL, tar and zstd for an
# archive, python3 for a wheel (which is a zip file).
set -eu

fail() {
  echo "install-portable.sh: error: $*" >&2
  exit 2
}

[ $# -ge 2 ] || fail "usage: install-portable.sh PACKAGE DIRECTORY [SHA256]"
Package=$1 Directory=$2 Expected=${3:-}
Work=$(mktemp -d)
trap 'rm -rf "$Work"' EXIT

case $Package in
http://* | https://* | file://*)
  Local=$Work/$(basename "$Package")
  curl --fail --silent --show-error --location --output "$Local" "$Package" ||
    fail "could not fetch '$Package'"
  ;;
*)
  Local=$Package
  [ -f "$Local" ] || fail "there is no file '$Local'"
  ;;
esac

if [ -n "$Expected" ]; then
  Actual=$(sha256sum "$Local" | cut -d ' ' -f 1)
  [ "$Actual" = "$Expected" ] ||
    fail "'$Package' has the SHA-256 sum $Actual, not $Expected"
fi

mkdir -p "$Directory"
case $Local in
*.tar.zst)
  zstd --decompress --quiet --stdout "$Local" |
    tar --extract --strip-components=1 --directory "$Directory"
  ;;
*.whl)
  python3 -m zipfile --extract "$Local" "$Work/wheel"
  cp -R "$Work/wheel/corolint/root/." "$Directory"
  chmod +x "$Directory"/bin/* "$Directory/libexec/corolint"
  ;;
*) fail "'$Package' is neither a .tar.zst nor a .whl" ;;
esac
"$Directory/bin/corolint" --version
