#!/usr/bin/env python3
# Part of corolint, under the Apache License v2.0 with LLVM Exceptions.
# See LICENSE for license information.
# SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
"""Compares README.md's tables with the expectations in locks.cpp and lifetimes.cpp."""

import os
import re
import sys

HERE = os.path.dirname(os.path.abspath(__file__))
# Each file with the pattern of its cases and the checks in its table's columns, ours
# first.
TABLES = [
    (
        "locks.cpp",
        "Locks",
        r"(?:task|coro::generator)<.*?> (\w+)\(",
        [
            "coro-lock-across-await",
            "misc-coroutine-hostile-raii",
            "cppcoreguidelines-no-suspend-with-lock",
        ],
    ),
    (
        "lifetimes.cpp",
        "Lifetimes",
        r"(?:\[\[clang::coro_wrapper\]\] )?(?:job|started|void) (\w+)\(",
        [
            "coro-dangling-reference",
            "cppcoreguidelines-avoid-reference-coroutine-parameters",
            "cppcoreguidelines-avoid-capturing-lambda-coroutines",
            "clang-diagnostic",
        ],
    ),
]


def read(name):
    with open(os.path.join(HERE, name), encoding="utf-8") as file:
        return file.read()


def expected_by_case(name, pattern):
    """For each function of a file, which of the checks report something in it."""
    cases = {}
    case = None
    for line in read(name).splitlines():
        function = re.match(pattern, line)
        if function:
            case = function.group(1)
            cases[case] = set()
        comment = re.search(r"// warn: (.*)", line)
        for check in comment.group(1).split(", ") if comment else []:
            # Clang has a name for each form; the table has one for all.
            cases[case].add(re.sub(r"^(clang-diagnostic)-.*", r"\1", check))
    return cases


def stated_by_readme(heading, columns):
    """The cells for each case in the table below a heading of README.md."""
    section = re.split(rf"^## {heading}$", read("README.md"), flags=re.M)[1]
    section = re.split(r"^## ", section, flags=re.M)[0]
    cells = r" \| ".join([r"(reports|—)"] * len(columns))
    rows = re.findall(rf"^\| `(\w+)` \| {cells} \|", section, re.M)
    return {
        name: {check for check, cell in zip(columns, cells) if cell == "reports"}
        for name, *cells in rows
    }


def problems_of(name, heading, pattern, columns):
    expected = expected_by_case(name, pattern)
    stated = stated_by_readme(heading, columns)
    for case in sorted(expected.keys() | stated.keys()):
        if expected.get(case) != stated.get(case):
            yield (
                f"{case}: {name} expects {sorted(expected.get(case, []))}, "
                f"the table says {sorted(stated.get(case, []))}"
            )
    for case, checks in expected.items():
        if case.endswith("_bad") != (columns[0] in checks):
            yield f"{case}: ours does not do what the name says"


def main():
    problems = [problem for table in TABLES for problem in problems_of(*table)]
    print("\n".join(problems))
    return 1 if problems else 0


if __name__ == "__main__":
    sys.exit(main())
