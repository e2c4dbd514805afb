# Part of corolint, under the Apache License v2.0 with LLVM Exceptions.
# See LICENSE for license information.
# SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
"""Builds the tools with one more check, and looks for it in each of them.

Usage: add_check_test.py SOURCE BUILD CLANG_TIDY DIRECTORY

DIRECTORY holds the files that `./dev new-check coro-absent-mind` wrote. Only what
reads the list of checks is compiled again; the other objects are the build's.
"""

import json
import os
import shlex
import subprocess
import sys

SOURCE, BUILD, CLANG_TIDY, NEW = sys.argv[1:]
NAME, CLASS = "coro-absent-mind", "AbsentMindCheck"
PROGRAM = f"""\
// RUN: {NAME}
#include "coro.h"
coro::task<> nothing_ok() {{ co_await coro::async_op(); }}
"""


def run(command, status=0, **arguments):
    done = subprocess.run(
        command, capture_output=True, text=True, check=False, **arguments
    )
    assert done.returncode == status, (command, done)
    return done.stdout


def ninja(*arguments):
    return run(["ninja", "-C", BUILD, "--quiet", "-t", *arguments])


def compile_again(file, like):
    """Compiles `file` as the build compiles `like`; returns the object."""
    target = os.path.join(NEW, os.path.basename(file) + ".o")
    # Programs of the tests compile some of the sources once more.
    [command] = [
        entry["command"]
        for entry in json.loads(ninja("compdb"))
        if entry["file"] == os.path.join(SOURCE, like)
        and entry["output"].endswith(".o")
        and entry["output"].startswith(os.path.dirname(like) + "/")
    ]
    words = shlex.split(command)
    words[words.index("-o") + 1] = target
    words[words.index("-c") + 1] = file
    for option in ("-MF", "-MT"):
        words[words.index(option) + 1] = target + ".d"
    run(words, cwd=BUILD)
    return target


def link_again(target, objects):
    """Links `target` with `objects` in place of those of the same names."""
    command = ninja("commands", "-s", target).strip()
    words = command.removeprefix(": && ").removesuffix(" && :").split()
    output = os.path.join(NEW, os.path.basename(target))
    words[words.index("-o") + 1] = output
    names = {os.path.basename(each): each for each in objects}
    words = [
        names.pop(os.path.basename(word), word) if word.endswith(".o") else word
        for word in words
    ]
    run(["sh", "-c", " ".join([*words, *names.values()])], cwd=BUILD)
    return output


def main():
    for part in ("checks", "lib/report"):
        os.makedirs(os.path.join(NEW, part), exist_ok=True)
        for name in os.listdir(os.path.join(SOURCE, part)):
            path = os.path.join(NEW, part, name)
            if name.endswith((".h", ".cpp")) and not os.path.exists(path):
                os.symlink(os.path.join(SOURCE, part, name), path)
    objects = [
        compile_again(f"{NEW}/{file}", like)
        for file, like in (
            ("checks/AllChecks.cpp", "checks/AllChecks.cpp"),
            (f"checks/{CLASS}.cpp", "checks/AllChecks.cpp"),
            ("lib/report/Checks.cpp", "lib/report/Checks.cpp"),
        )
    ]
    plugin = link_again("lib/corolint.so", objects)
    corolint = link_again("bin/corolint", objects)

    listed = run([CLANG_TIDY, f"--load={plugin}", "--checks=-*,coro-*", "--list-checks"])
    assert f"    {NAME}\n" in listed, listed
    listed = run([corolint, "check", "--list-checks"], cwd=NEW)
    assert NAME in listed.split(), listed
    listed = run([corolint, "check", "--list-checks", f"--checks=-{NAME}"], cwd=NEW)
    assert NAME not in listed.split(), listed
    told = run([corolint, "explain", NAME])
    assert told == f"{NAME}: Finds what {NAME} is to find.\n", told

    unit = os.path.join(NEW, "unit")
    os.makedirs(unit, exist_ok=True)
    with open(os.path.join(unit, "main.cpp"), "w", encoding="utf-8") as file:
        file.write(PROGRAM)
    flags = ["-std=c++20", f"-I{SOURCE}/include", f"-I{SOURCE}/test/checks/Inputs"]
    database = [
        {"directory": unit, "file": "main.cpp", "arguments": ["clang++", *flags, "main.cpp"]}
    ]
    with open(f"{unit}/compile_commands.json", "w", encoding="utf-8") as file:
        json.dump(database, file)
    report = json.loads(
        run([corolint, "check", "-p", unit, "--format=sarif", "--no-cache", "--quiet"])
    )
    rules = report["runs"][0]["tool"]["driver"]["rules"]
    assert NAME in [rule["id"] for rule in rules], rules

    sys.path.insert(0, os.path.join(SOURCE, "tools/hooks"))
    import corolint_hook  # pylint: disable=import-outside-toplevel

    tidy = [CLANG_TIDY, f"--load={plugin}"]
    every = corolint_hook.prove_checks_are_loaded(tidy)
    assert NAME in corolint_hook.Selection(tidy, every).of(f"{unit}/main.cpp")

    for line in (f"{corolint} check --checks ''", f"{corolint} explain ''"):
        words = shlex.split(line)
        script = (
            f"source {SOURCE}/tools/corolint/corolint.bash; "
            f"COMP_WORDS=({line}); COMP_CWORD={len(words) - 1}; "
            "_corolint; printf '%s\\n' \"${COMPREPLY[@]}\""
        )
        completed = run(["bash", "-c", script])
        assert NAME in completed.split(), completed


main()
