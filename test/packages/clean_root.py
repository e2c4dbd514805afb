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
import re
import shutil
import subprocess
import sys
import tempfile

SUITE = "bookworm"
PROXIES = ("http_proxy", "https_proxy", "no_proxy")


class CannotTry(Exception):
    """There is no clean root to be had here."""


class Failed(Exception):
    """A package does not do what it should."""


def ask(*command):
    done = subprocess.run(command, capture_output=True, text=True, check=False)
    if done.returncode:
        raise CannotTry(f"{' '.join(command)}: {done.stderr.strip()}")
    return done.stdout


def sources_of_this_machine():
    """(the mirror of the suite, lines for sources.list), as apt has them."""
    template = "$(REPO_URI) $(RELEASE) $(COMPONENT)"
    targets = ask("apt-get", "indextargets", "--format", template, "Created-By: Packages")
    wanted = (SUITE, f"{SUITE}-updates", f"{SUITE}-security")
    lines = sorted(
        {line for line in targets.splitlines() if line.split()[1] in wanted}
    )
    mirrors = [line.split()[0] for line in lines if line.split()[1:] == [SUITE, "main"]]
    if not mirrors:
        raise CannotTry(f"apt knows no mirror of {SUITE}; run apt-get update first")
    return mirrors[0], "".join(f"deb {line}\n" for line in lines)


class Root:
    """A minimal Debian in a directory. Commands run in namespaces of their own."""

    def __init__(self, directory):
        self.directory = directory
        mirror, sources = sources_of_this_machine()
        self.say(f"debootstrap {SUITE}")
        done = subprocess.run(
            ["debootstrap", "--variant=minbase", SUITE, directory, mirror],
            stdout=subprocess.PIPE,
            stderr=subprocess.STDOUT,
            text=True,
            check=False,
        )
        if done.returncode:
            raise CannotTry(f"debootstrap: {done.stdout[-2000:]}")
        self.write("etc/apt/sources.list", sources)
        self.write("etc/apt/apt.conf.d/50this-machine", ask("apt-config", "dump", "Acquire"))
        shutil.copy("/etc/resolv.conf", self.path("etc/resolv.conf"))

    @staticmethod
    def say(what):
        print(f"-- {what}", flush=True)

    def path(self, name):
        return os.path.join(self.directory, name)

    def write(self, name, text):
        os.makedirs(os.path.dirname(self.path(name)), exist_ok=True)
        with open(self.path(name), "w", encoding="utf-8") as file:
            file.write(text)

    def run(self, command, expected=0):
        """Runs a shell command in the root; returns what it printed."""
        self.say(command)
        environment = {
            "PATH": "/usr/local/sbin:/usr/local/bin:/usr/sbin:/usr/bin:/sbin:/bin",
            "HOME": "/root",
            "LC_ALL": "C.UTF-8",
            "DEBIAN_FRONTEND": "noninteractive",
            **{name: os.environ[name] for name in PROXIES if name in os.environ},
        }
        done = subprocess.run(
            ["unshare", "--mount", "--pid", "--fork", "--kill-child"]
            + [f"--root={self.directory}", "--mount-proc", "/bin/sh", "-ec", command],
            env=environment,
            stdin=subprocess.DEVNULL,
            stdout=subprocess.PIPE,
            stderr=subprocess.STDOUT,
            text=True,
            check=False,
        )
        if done.returncode != expected:
            raise Failed(
                f"'{command}' exited with {done.returncode}, not {expected}:\n"
                + done.stdout[-4000:]
            )
        return done.stdout

    def expect(self, command, *patterns, expected=0):
        output = self.run(command, expected)
        for pattern in patterns:
            if not re.search(pattern, output, re.M):
                raise Failed(f"'{command}' did not say '{pattern}':\n{output}")

    def traces(self):
        """What is there of corolint, besides what apt and dpkg remember."""
        found = self.run(
            "find / -xdev -path /trial -prune -o -path /proc -prune -o"
            " -path /var/lib/dpkg/info -prune -o -name '*corolint*' -print"
        )
        return found.split()


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
        "All checks completed, 4 errors",
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
        install = "apt-get install --quiet --yes --no-install-recommends"
        root.run(f"{install} /trial/{os.path.basename(package)}")
        # Before there is any compiler: the package brings what it needs.
        root.expect(f"{name} doctor", "^all is well$")
    root.run(f"{install} g++ cmake make git python3")
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
        if os.geteuid() != 0:
            raise CannotTry("needs root")
        if not shutil.which("debootstrap"):
            raise CannotTry("as root: apt-get install debootstrap")
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
