#!/usr/bin/env python3
# Part of corolint, under the Apache License v2.0 with LLVM Exceptions.
# See LICENSE for license information.
# SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
"""Adds a check: its class, its page, its test, and its entry in Checks.def.

Usage: add_check.py NAME [ROOT]

NAME is as users write it: coro-some-thing. The new check builds and reports
nothing, as its test expects. Behind `./dev new-check`.
"""

import os
import re
import shutil
import subprocess
import sys

LICENSE = """\
//
// Part of corolint, under the Apache License v2.0 with LLVM Exceptions.
// See LICENSE for license information.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//
"""

HEADER = """\
{banner}
{license}
#ifndef COROLINT_CHECKS_{guard}_H
#define COROLINT_CHECKS_{guard}_H

#include "CoroCheck.h"

namespace corolint {{

/// Finds what {check} is to find.
///
/// See docs/checks/{check}.md.
class {cls} : public CoroCheck {{
public:
  using CoroCheck::CoroCheck;
  void registerMatchers(clang::ast_matchers::MatchFinder *Finder) override;

protected:
  void judge(const clang::FunctionDecl &Function, Analysis &Analysed) override;
}};

}} // namespace corolint

#endif // COROLINT_CHECKS_{guard}_H
"""

SOURCE = """\
{banner}
{license}
#include "{cls}.h"
#include "Matchers.h"

using namespace clang;
using namespace clang::ast_matchers;

namespace corolint {{

void {cls}::registerMatchers(MatchFinder *Finder) {{
  CoroCheck::registerMatchers(Finder);
  Finder->addMatcher(functionDecl(mustNotBlock(Shared.get())).bind(Judged),
                     this);
}}

void {cls}::judge(const FunctionDecl &Function, Analysis &Analysed) {{
  // Emit a SourceFinding for each mistake in the function.
  (void)Function;
  (void)Analysed;
}}

}} // namespace corolint
"""

PAGE = """\
# {check}

## What it does

Finds what {check} is to find.

## Why is this bad

## Example

## Use instead

## Options

None.

## Limits

## Suppressing

`// NOLINT({check})` on the line, or `NOLINTNEXTLINE` above it.
"""

TEST = """\
// RUN: %check_corolint %s {check} %t

#include "coro.h"

coro::task<> nothing_ok() {{ co_await coro::async_op(); }}
"""


class CannotAdd(Exception):
    """The reason why the check cannot be added."""


def banner(file, what):
    """LLVM's first line of a file, 80 columns wide."""
    language = "*- C++ -*-" if file.endswith(".h") else ""
    begin = f"//===-- {file} - {what} "
    end = f"{language}===//"
    return begin + "-" * max(0, 80 - len(begin) - len(end)) + end


def class_name(check):
    words = check.removeprefix("coro-").split("-")
    return "".join(word.capitalize() for word in words) + "Check"


def end_of_entry(lines, begin):
    """The line after the entry at `begin`, which ends with its parentheses."""
    depth = 0
    for at in range(begin, len(lines)):
        code = re.sub(r'"(?:[^"\\]|\\.)*"', "", lines[at])
        depth += code.count("(") - code.count(")")
        if depth <= 0:
            return at + 1
    return len(lines)


def insert_sorted(text, pattern, entry):
    """Inserts `entry` among those that begin with `pattern`, in alphabetical order."""
    lines = text.splitlines(keepends=True)
    begins = [i for i, other in enumerate(lines) if re.match(pattern, other)]
    if not begins:
        raise CannotAdd(f"found no line like /{pattern}/ to put it beside")
    before = [i for i in begins if lines[i] < entry]
    at = end_of_entry(lines, before[-1]) if before else begins[0]
    lines.insert(at, entry)
    return "".join(lines)


def edits(check):
    """The lists to extend: file, how an entry begins, the new entry."""
    cls = class_name(check)
    sentence = f"Finds what {check} is to find."
    row = f"| [{check}]({{}}checks/{check}.md) | what {check} is to find |\n"
    return [
        ("checks/CMakeLists.txt", r"  \w+\.cpp$", f"  {cls}.cpp\n"),
        ("checks/AllChecks.cpp", r'#include "\w+Check\.h"', f'#include "{cls}.h"\n'),
        ("README.md", r"\| \[coro-", row.format("docs/")),
        ("docs/README.md", r"\| \[coro-", row.format("")),
        (
            "checks/Checks.def",
            r"COROLINT_CHECK\(\w+Check, ",
            f'COROLINT_CHECK({cls}, "{check}",\n'
            f'               "{sentence}", 0, ByDefault)\n',
        ),
    ]


def new_files(check):
    cls = class_name(check)
    fill = {
        "check": check,
        "cls": cls,
        "guard": cls.upper(),
        "license": LICENSE.rstrip("\n") + "\n",
    }
    short = check.removeprefix("coro-")
    files = {}
    for name, template in (
        (f"checks/{cls}.h", HEADER),
        (f"checks/{cls}.cpp", SOURCE),
    ):
        first = banner(os.path.basename(name), f"What {check} finds")
        files[name] = template.format(banner=first, **fill)
    files[f"docs/checks/{check}.md"] = PAGE.format(**fill)
    files[f"test/checks/{short}/nothing.cpp"] = TEST.format(**fill)
    return files


def add_check(check, root):
    """Adds the check below `root`. Returns the files in the order to edit."""
    if not re.fullmatch(r"coro(-[a-z][a-z0-9]*)+", check):
        raise CannotAdd(f"'{check}' is no name of a check: use coro-some-thing")
    created = new_files(check)
    for name in created:
        if os.path.exists(os.path.join(root, name)):
            raise CannotAdd(f"{name} exists already")
    changed = {}
    for name, pattern, line in edits(check):
        if name not in changed:
            with open(os.path.join(root, name), encoding="utf-8") as file:
                changed[name] = file.read()
        changed[name] = insert_sorted(changed[name], pattern, line)
    for name, text in (created | changed).items():
        path = os.path.join(root, name)
        os.makedirs(os.path.dirname(path), exist_ok=True)
        with open(path, "w", encoding="utf-8") as file:
            file.write(text)
    format_sources(root, [*created, "checks/Checks.def"])
    return list(created), list(changed)


def format_sources(root, names):
    """Formats as ./dev format does; without clang-format, leaves that to it."""
    if not shutil.which("clang-format-22"):
        return
    sources = [os.path.join(root, n) for n in names if n.endswith((".h", ".cpp", ".def"))]
    subprocess.run(["clang-format-22", "--style=LLVM", "-i", *sources], check=True)


def main(arguments):
    here = os.path.dirname(os.path.dirname(os.path.abspath(__file__)))
    if len(arguments) not in (1, 2):
        print(__doc__, file=sys.stderr)
        return 2
    check, root = (*arguments, here)[:2]
    try:
        created, changed = add_check(check, root)
    except (CannotAdd, OSError) as error:
        print(f"add_check: {error}", file=sys.stderr)
        return 2
    print("Created:", *created, sep="\n  ")
    print("Changed:", *changed, sep="\n  ")
    print("Next: write the rule in one sentence, the same in Checks.def, the header and")
    print("the page, and shortened in the tables; write cases that must and must not be")
    print("reported; ./dev test.")
    return 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
