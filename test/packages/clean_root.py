#!/usr/bin/env python3
# Part of corolint, under the Apache License v2.0 with LLVM Exceptions.
# See LICENSE for license information.
# SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
"""Installs the packages into a new, minimal Debian, uses them, removes them.

Usage: clean_root.py SOURCE_DIRECTORY DEB...

Needs root, debootstrap and Debian's packages, where this machine's apt gets them.
`./dev package --try` runs it. Exit status: 0 all is well, 1 a package is not, 2 it
could not be tried.
"""

import os
import shutil
import sys
import tempfile

from clean_system import INSTALL, CannotTry, Failed, Root, ask, check_machine


def use(root, package, llvm):
    """What a user does first, with one of the packages."""
    own = f"/usr/lib/{package}"
    root.expect(f"{package} doctor", "^all is well$")
    # The header of the annotations and the checks, by the demo.
    tidy = (
        f"clang-tidy-{llvm} --quiet --config='{{}}' --checks='-*,coro-*'"
        f" --load={own}/lib/corolint.so /trial/demo.cpp -- -std=c++20"
    )
    findings = [
        r"\[coro-blocking-call\]$",
        r"\[coro-lock-across-await\]$",
        r"\[coro-no-yield-region\]$",
        r"\[coro-sync-over-async\]$",
    ]
    root.expect(tidy, *findings)
    root.expect(f"cd /trial && {package} check -p .", *findings, expected=1)
    root.expect(f"cd /trial && {package} explain -p . back_off", "blocks")
    root.expect(f"cd /trial && mkdir -p new && {package} init new", "pre-commit")
    # Of findings, clangd's log has errors only.
    root.write("trial/.clang-tidy", "WarningsAsErrors: 'coro-*'\n")
    root.expect(
        f"cd /trial && corolint-clangd-{llvm} --check=demo.cpp",
        r"\[coro-no-yield-region\] Line \d+",
        r"All checks completed, [1-9]\d* errors",
        expected=3,
    )
    root.run(f"test -s /usr/share/man/man1/{package}.1.gz")
    root.expect(f"zcat /usr/share/man/man1/corolint-clangd-{llvm}.1.gz", "drop-in")
    root.expect(
        f"bash -ec '. /usr/share/bash-completion/completions/{package};"
        f" complete -p {package}'",
        "_corolint",
    )
    root.expect(
        f"cd /trial && git init -q . && git add -f demo.cpp && corolint-changed-{llvm}"
        " demo.cpp",
        *(finding.replace(r"\]$", "") for finding in findings),
        expected=1,
    )
    root.run(
        f"rm -rf /trial/build && cmake -S /trial/consumer -B /trial/build"
        f" -Dcorolint_DIR=/usr/share/cmake/{package}"
        " && cmake --build /trial/build && /trial/build/consumer"
    )


def prepare(root, source, packages):
    os.mkdir(root.path("trial"))
    for package in packages:
        shutil.copy(package, root.path("trial"))
    shutil.copy(f"{source}/docs/demo/demo.cpp", root.path("trial"))
    shutil.copytree(f"{source}/test/packages/Inputs/consumer", root.path("trial/consumer"))
    root.write(
        "trial/compile_commands.json",
        '[{"directory": "/trial", "file": "demo.cpp",'
        ' "command": "g++ -std=c++20 -c demo.cpp"}]\n',
    )
    root.run("apt-get update --quiet")


def try_packages(root, source, packages):
    prepare(root, source, packages)
    names = {}
    for package in packages:
        name = ask("dpkg-deb", "--field", package, "Package").strip()
        names[name] = name.rsplit("-", 1)[1]
        root.run(f"{INSTALL} /trial/{os.path.basename(package)}")
        # Before there is any compiler: the package brings what it needs.
        root.expect(f"{name} doctor", "^all is well$")
    root.run(f"{INSTALL} g++ cmake make git python3")
    for name, llvm in names.items():
        use(root, name, llvm)
    if not root.traces():
        raise Failed("nothing of corolint is found even while it is installed")
    for name in names:
        # Whichever is left is what `corolint` starts.
        root.run("corolint --version && corolint-clangd --version")
        root.run(f"apt-get purge --quiet --yes {name}")
    if left := root.traces():
        raise Failed(f"left when all was removed: {' '.join(left)}")


def main(arguments):
    source, *packages = arguments
    try:
        check_machine()
        with tempfile.TemporaryDirectory(prefix="corolint-root-") as directory:
            try_packages(Root(directory), source, packages)
    except CannotTry as reason:
        print(f"clean_root.py: not tried: {reason}", file=sys.stderr)
        return 2
    except Failed as reason:
        print(f"clean_root.py: {reason}", file=sys.stderr)
        return 1
    print("-- installed, used and removed: all is well")
    return 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
