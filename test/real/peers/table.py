#!/usr/bin/env python3
# Part of corolint, under the Apache License v2.0 with LLVM Exceptions.
# See LICENSE for license information.
# SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
"""Compares README.md's table with what locks.cpp expects of each check."""

import os
import re
import sys

HERE = os.path.dirname(os.path.abspath(__file__))
COLUMNS = [
    "coro-lock-across-await",
    "misc-coroutine-hostile-raii",
    "cppcoreguidelines-no-suspend-with-lock",
]


def read(name):
    with open(os.path.join(HERE, name), encoding="utf-8") as file:
        return file.read()


def expected_by_case():
    """For each coroutine, which of the checks report something in it."""
    cases = {}
    name = None
    for line in read("locks.cpp").splitlines():
        function = re.match(r"(?:task|coro::generator)<.*?> (\w+)\(", line)
        if function:
            name = function.group(1)
            cases[name] = set()
        comment = re.search(r"// warn: (.*)", line)
        if comment:
            cases[name].update(comment.group(1).split(", "))
    return cases


def stated_by_readme():
    rows = re.findall(
        r"^\| `(\w+)` \| (\S+) \| (\S+) \| (\S+) \|", read("README.md"), re.M
    )
    return {
        name: {check for check, cell in zip(COLUMNS, cells) if cell == "reports"}
        for name, *cells in rows
    }


def main():
    expected, stated = expected_by_case(), stated_by_readme()
    problems = [
        f"{name}: the test expects {sorted(expected.get(name, []))}, "
        f"the table says {sorted(stated.get(name, []))}"
        for name in sorted(expected.keys() | stated.keys())
        if expected.get(name) != stated.get(name)
    ]
    for name, checks in expected.items():
        if name.endswith("_bad") != ("coro-lock-across-await" in checks):
            problems.append(f"{name}: ours does not do what the name says")
    print("\n".join(problems))
    return 1 if problems else 0


if __name__ == "__main__":
    sys.exit(main())
