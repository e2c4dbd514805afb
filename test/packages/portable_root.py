#!/usr/bin/env python3
# Part of corolint, under the Apache License v2.0 with LLVM Exceptions.
# See LICENSE for license information.
# SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
"""Uses the portable archive and the wheel in new, minimal Debian systems.

Usage: portable_root.py SOURCE_DIRECTORY ARCHIVE WHEEL [SYSTEM...]

SYSTEM is one of those below; all of them by default. Needs root, debootstrap and
Debian's packages, where this machine's apt gets them. `./dev package --try` runs it.
Exit status: 0 all is well, 1 a package is not, 2 it could not be tried.
"""

import json
import os
import shutil
import sys
import tempfile

from clean_system import INSTALL, CannotTry, Failed, Root, check_machine

# name: (suite, packages of the compiler, flags for it)
SYSTEMS = {
    "debian-12": ("bookworm", "g++", "g++"),
    "debian-13": ("trixie", "g++", "g++"),
    "unstable": ("sid", "g++", "g++"),
    "libc++": ("trixie", "libc++-dev libc6-dev", "clang++ -stdlib=libc++"),
}
OWN = "/opt/corolint"
COROLINT = f"{OWN}/bin/corolint"
FINDINGS = [
    r"\[coro-blocking-call\]$",
    r"\[coro-lock-across-await\]$",
    r"\[coro-no-yield-region\]$",
    r"\[coro-sync-over-async\]$",
]
# As a user without any setting: no home, nothing that can be written but TMPDIR.
BARE = 'setpriv --reuid 65534 --regid 65534 --clear-groups env -i PATH="$PATH"'


def prepare(root, source, archive, wheel, compiler):
    os.mkdir(root.path("trial"))
    for file in (
        archive,
        wheel,
        f"{source}/docs/demo/demo.cpp",
        f"{source}/docs/ci/install-portable.sh",
        f"{source}/test/support/lsp.py",
        *(
            f"{source}/test/packages/Inputs/{name}"
            for name in ("clangd_trial.py", "emacs_trial.el", "nvim_trial.lua")
        ),
    ):
        shutil.copy(file, root.path("trial"))
    command = f"{compiler} -std=c++20 -I{OWN}/include -c demo.cpp"
    root.write(
        "trial/app/compile_commands.json",
        json.dumps([{"directory": "/trial/app", "file": "demo.cpp", "command": command}]),
    )
    shutil.copy(f"{source}/docs/demo/demo.cpp", root.path("trial/app"))
    root.run(f"apt-get update --quiet && {INSTALL} zstd")


def try_without_library(root):
    """Before there is any compiler: one sentence about what is missing."""
    missing = "no complete C\\+\\+ library was found"
    root.expect(f"{COROLINT} doctor", "finds a planted bug", missing, expected=2)
    root.expect(
        f"{COROLINT} check -p /trial/app --no-cache",
        f"^corolint: error: {missing}; install g\\+\\+",
        expected=2,
    )


def try_archive(root):
    root.expect(f"{COROLINT} doctor", "^all is well$")
    root.expect(f"cd /trial/app && {COROLINT} check", *FINDINGS, expected=1)
    root.expect(
        f"cd /trial/app && {COROLINT} tidy --quiet --config='{{}}' demo.cpp"
        " --checks='-*,coro-*,bugprone-*'",
        *FINDINGS,
    )
    root.expect(f"cd /trial/app && {COROLINT} explain back_off", "blocks")
    root.expect(f"mkdir /trial/new && {COROLINT} init /trial/new", "pre-commit")
    root.run("rm -r /trial/app/.corolint")
    root.expect(
        f"cd /trial/app && {BARE} {COROLINT} check",
        "warning: no cache: cannot make '/trial/app/.corolint'.*--cache$",
        *FINDINGS,
        expected=1,
    )
    root.expect(f"cd / && {BARE} {COROLINT} doctor", "^all is well$")
    # A link to the program anywhere in PATH.
    root.expect(f"ln -s {COROLINT} /usr/bin && corolint --version", "LLVM")


def try_real_project(root, compiler):
    """Asio's own coroutine examples: their findings, and not one error."""
    root.run(f"{INSTALL} libasio-dev libasio-doc")
    # In cpp17/coroutines_ts or cpp20/coroutines, depending on its version.
    listed = root.run("find /usr/share/doc/libasio* -path '*/coroutines*/*.cpp'")
    commands = [
        {
            "directory": "/trial/asio",
            "file": file,
            # What Asio 1.22 of Debian 12 sees of GCC, but not of a new Clang.
            "command": f"{compiler} -std=c++20 -DASIO_HAS_CO_AWAIT -c {file}",
        }
        for file in listed.split()
    ]
    if len(commands) < 4:
        raise Failed(f"libasio-doc has no coroutine examples: {listed}")
    root.write("trial/asio/compile_commands.json", json.dumps(commands))
    done = f"cd /trial/asio && {COROLINT} check || [ $? = 1 ]"
    if "error:" in (output := root.run(done)):
        raise Failed(f"'{done}' reports errors:\n{output}")


def try_wheel(root, wheel):
    needed = "python3-pip python3-venv git pre-commit python3-setuptools-whl"
    # Newer versions of setuptools need no wheel package.
    root.run(f"{INSTALL} {needed} python3-wheel-whl || {INSTALL} {needed}")
    root.run(
        "python3 -m venv /venv && /venv/bin/pip install --no-index"
        f" /trial/{os.path.basename(wheel)}"
    )
    root.expect("/venv/bin/corolint doctor", "^all is well$")
    root.expect("cd /trial/app && /venv/bin/python -m corolint check", *FINDINGS, expected=1)
    root.run("/venv/bin/pip uninstall --yes corolint && ! test -e /venv/bin/corolint")
    root.write(
        "trial/app/.pre-commit-config.yaml",
        f"""\
repos:
  - repo: local
    hooks:
      - id: corolint
        name: corolint (changed lines)
        language: python
        additional_dependencies: [/trial/{os.path.basename(wheel)}]
        entry: corolint hook
        types: [c++]
        require_serial: true
""",
    )
    # pip builds pre-commit's own package, with the wheels that Debian has.
    offline = "PIP_NO_INDEX=1 PIP_FIND_LINKS=/usr/share/python-wheels"
    root.expect(
        f"cd /trial/app && git init -q && git add -f . && {offline} pre-commit run",
        *(finding.replace(r"\]$", "") for finding in FINDINGS),
        expected=1,
    )


def try_clangd(root):
    root.expect(
        f"cd /trial/app && python3 /trial/clangd_trial.py {OWN}/bin/corolint-clangd",
        "^coro-no-yield-region",
        "^coro-blocking-call",
    )


def try_editors(root):
    """As docs/editors.md configures them."""
    blocks = "Call to 'back_off' may block"
    root.run(f"{INSTALL} emacs-nox neovim hx tmux && ln -s {OWN}/bin/corolint-clangd /usr/bin")
    root.expect("cd /trial/app && emacs --batch -l /trial/emacs_trial.el", blocks)
    root.expect(
        "cd /trial/app && timeout 120 nvim --headless -u /trial/nvim_trial.lua demo.cpp 2>&1",
        blocks,
    )
    root.write(
        "root/.config/helix/languages.toml",
        '[language-server.clangd]\ncommand = "corolint-clangd"\n',
    )
    # Helix shows the finding of the line that the cursor is on. It needs a terminal.
    terminal = "mount -t devpts devpts /dev/pts -o ptmxmode=0666"
    line = root.run("grep -n 'back_off();' /trial/app/demo.cpp").split(":")[0]
    root.expect(
        f"{terminal} && cd /trial/app && export TERM=xterm"
        f" && tmux new-session -d -x 150 -y 50 hx demo.cpp:{line}"
        " && for I in $(seq 60); do sleep 1; tmux capture-pane -p > /tmp/screen;"
        " ! grep -q 'may block' /tmp/screen || break; done; cat /tmp/screen",
        blocks,
    )


def try_system(directory, name, source, archive, wheel):
    suite, packages, compiler = SYSTEMS[name]
    root = Root(directory, suite)
    prepare(root, source, archive, wheel, compiler)
    root.run(
        f"sh /trial/install-portable.sh /trial/{os.path.basename(archive)} {OWN}"
    )
    try_without_library(root)
    root.run(f"{INSTALL} {packages}")
    if name == "libc++":
        # The doctor's own command names no library.
        root.expect(f"cd /trial/app && {COROLINT} check", *FINDINGS, expected=1)
        try_real_project(root, compiler)
        return
    try_archive(root)
    try_real_project(root, compiler)
    try_wheel(root, wheel)
    try_clangd(root)
    if name == "unstable":  # Where the editors are new.
        try_editors(root)


def main(arguments):
    source, archive, wheel, *names = arguments
    try:
        check_machine()
        for name in names or SYSTEMS:
            with tempfile.TemporaryDirectory(prefix="corolint-root-") as directory:
                try_system(os.path.join(directory, "root"), name, source, archive, wheel)
    except CannotTry as reason:
        print(f"portable_root.py: not tried: {reason}", file=sys.stderr)
        return 2
    except Failed as reason:
        print(f"portable_root.py: {name}: {reason}", file=sys.stderr)
        return 1
    print("-- the archive and the wheel: all is well")
    return 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
