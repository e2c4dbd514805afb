#!/usr/bin/env python3
# Part of corolint, under the Apache License v2.0 with LLVM Exceptions.
# See LICENSE for license information.
# SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
"""Runs the code of the documentation and compares what is said of it.

Usage: pages.py SOURCE PLUGIN CLANG_TIDY WORK_DIRECTORY

On a check's page, the code below `Example` gives exactly the output shown with
it, and the code below `Use instead` gives none. In README.md, the output shown
is what clang-tidy says of the code above it.
"""

import glob
import os
import re
import subprocess
import sys

BLOCK = re.compile(r"^```(\w+)\n(.*?)^```$", re.M | re.S)
SAID = re.compile(r"\b((?:warning|error|note): .*)$")


def blocks(text, language):
    return [body for kind, body in BLOCK.findall(text) if kind == language]


def section(page, heading):
    found = re.search(rf"^## {heading}\n(.*?)(?=^## |\Z)", page, re.M | re.S)
    return found.group(1) if found else ""


class Pages:
    def __init__(self, source, plugin, clang_tidy, work):
        self.source = source
        self.work = work
        self.tidy = [clang_tidy, "--quiet", f"--load={plugin}", "--config={}"]
        self.flags = ["-std=c++20", f"-I{source}/include"]
        self.flags += [f"-I{source}/test/checks/Inputs"]
        self.flags += ["-include", f"{source}/test/docs/Inputs/prelude.h"]
        os.makedirs(work, exist_ok=True)

    def read(self, name):
        with open(os.path.join(self.source, name), encoding="utf-8") as file:
            return file.read()

    def said_of(self, code, checks, name="example.cpp"):
        """The diagnostics for some code."""
        file = os.path.join(self.work, name)
        with open(file, "w", encoding="utf-8") as stream:
            stream.write(code)
        result = subprocess.run(
            self.tidy + [f"--checks=-*,{checks}", file, "--", *self.flags],
            capture_output=True,
            encoding="utf-8",
            check=False,
        )
        if result.returncode or "load request ignored" in result.stderr:
            return [result.stdout + result.stderr]
        lines = result.stdout.replace(self.work + "/", "").splitlines()
        return [line for line in lines if SAID.search(line)]

    @staticmethod
    def without_places(lines):
        return [SAID.search(line).group(1) for line in lines if SAID.search(line)]

    def problems_of_page(self, name):
        page = self.read(name)
        check = os.path.basename(name)[:-3]
        example = section(page, "Example")
        shown = self.without_places("".join(blocks(example, "text")).splitlines())
        if not shown:
            yield f"{name}: the example shows no output"
        code = "".join(blocks(example, "cpp"))
        said = self.without_places(self.said_of(code, check))
        if said != shown:
            yield f"{name}: shows {shown}, but clang-tidy says {said}"
        better = blocks(section(page, "Use instead"), "cpp")
        if not better:
            yield f"{name}: shows nothing to use instead"
        for code in better:
            said = self.said_of(code, check)
            if said:
                yield f"{name}: 'Use instead' is not clean: {said}"

    def problems_of_readme(self):
        page = self.read("README.md")
        code, shown = blocks(page, "cpp")[0], blocks(page, "text")[0]
        said = self.said_of(code, "coro-*", "withdraw.cpp")
        if said != shown.splitlines() or not said:
            yield "README.md: clang-tidy says\n" + "\n".join(said)


def main(arguments):
    source = arguments[0]
    pages = Pages(*arguments)
    problems = list(pages.problems_of_readme())
    for path in sorted(glob.glob(f"{source}/docs/checks/coro-*.md")):
        problems += pages.problems_of_page(os.path.relpath(path, source))
    print("\n".join(problems))
    return 1 if problems else 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
