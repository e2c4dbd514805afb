# Part of corolint, under the Apache License v2.0 with LLVM Exceptions.
# See LICENSE for license information.
# SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
"""Minimal Debian systems, in which packages are tried.

They are made by debootstrap, which needs root, from the mirror that this machine's
apt uses.
"""

import os
import re
import shutil
import subprocess

SUITE = "bookworm"  # that of this machine, whose mirror has the others, too
PROXIES = ("http_proxy", "https_proxy", "no_proxy")
INSTALL = "apt-get install --quiet --yes --no-install-recommends"


class CannotTry(Exception):
    """There is no clean root to be had here."""


class Failed(Exception):
    """A package does not do what it should."""


def ask(*command):
    done = subprocess.run(command, capture_output=True, text=True, check=False)
    if done.returncode:
        raise CannotTry(f"{' '.join(command)}: {done.stderr.strip()}")
    return done.stdout


def check_machine():
    if os.geteuid() != 0:
        raise CannotTry("needs root")
    if not shutil.which("debootstrap"):
        raise CannotTry("as root: apt-get install debootstrap")


def sources_of_this_machine(suite):
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
    if suite != SUITE:
        lines = [f"{mirrors[0]} {suite} main"]
    return mirrors[0], "".join(f"deb {line}\n" for line in lines)


class Root:
    """A minimal Debian in a directory. Commands run in namespaces of their own.

    COROLINT_SYSTEMS names a directory that keeps such systems: those in it are
    copied, the others made and added.
    """

    def __init__(self, directory, suite=SUITE):
        self.directory = directory
        self.suite = suite
        kept = os.environ.get("COROLINT_SYSTEMS")
        if kept:
            base = os.path.join(kept, suite)
            if not os.path.exists(base):
                os.makedirs(kept, exist_ok=True)
                self._make(f"{base}.new")
                os.rename(f"{base}.new", base)
            ask("cp", "--archive", "--no-target-directory", base, directory)
        else:
            self._make(directory)
        _, sources = sources_of_this_machine(suite)
        self.write("etc/apt/sources.list", sources)
        self.write("etc/apt/apt.conf.d/50this-machine", ask("apt-config", "dump", "Acquire"))
        shutil.copy("/etc/resolv.conf", self.path("etc/resolv.conf"))

    def _make(self, directory):
        mirror, _ = sources_of_this_machine(self.suite)
        self.say(f"debootstrap {self.suite}")
        done = subprocess.run(
            ["debootstrap", "--variant=minbase", self.suite, directory, mirror],
            stdout=subprocess.PIPE,
            stderr=subprocess.STDOUT,
            text=True,
            check=False,
        )
        if done.returncode:
            raise CannotTry(f"debootstrap: {done.stdout[-2000:]}")

    def say(self, what):
        print(f"-- {self.suite}: {what}", flush=True)

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
        return output

    def traces(self):
        """What is there of corolint, besides what apt and dpkg remember."""
        found = self.run(
            "find / -xdev -path /trial -prune -o -path /proc -prune -o"
            " -path /var/lib/dpkg/info -prune -o -name '*corolint*' -print"
        )
        return found.split()
