#!/usr/bin/env python3
# Part of corolint, under the Apache License v2.0 with LLVM Exceptions.
# See LICENSE for license information.
# SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
"""Runs the code of the documentation and compares what is said of it.

Usage: pages.py SOURCE PLUGIN CLANG_TIDY WORK_DIRECTORY [COMPILER FLAG...]

On a check's page, the code below `Example` gives exactly the output shown with
it, and the code below `Use instead` gives none. In README.md, the output shown
is that of clang-tidy for the code above it. Below `What it does`, and on a
library's page below `Mistakes it finds`, each finding in the code is on a line that
names the check in a comment, and a block of text shows the warnings, and some notes,
of the code above it. The flags are for the libraries' pages.
"""

import glob
import os
import re
import subprocess
import sys

BLOCK = re.compile(r"^```(\w+)\n(.*?)^```$", re.M | re.S)
PLACED = re.compile(r":(\d+):\d+: (warning|error|note): (.*)$")
SAID = re.compile(r"\b((?:warning|error|note): .*)$")


def blocks(text, language):
    return [body for kind, body in BLOCK.findall(text) if kind == language]


def section(page, heading):
    found = re.search(rf"^## {heading}\n(.*?)(?=^## |\Z)", page, re.M | re.S)
    return found.group(1) if found else ""


class MarkedExample:
    """Some code whose wrong lines are marked, and the output shown for it."""

    def __init__(self, code):
        self.code = code
        self.shown = []
        self.first_line = 0
        self.warnings = []

    def expected(self):
        """(line, check) of each comment that names a check."""
        for number, line in enumerate(self.code.splitlines(), self.first_line):
            for check in re.findall(r"// (coro-[\w-]+)$", line):
                yield number, check

    def problems(self, said):
        """Compares with the diagnostics for the file that contains the code."""
        end = self.first_line + self.code.count("\n")
        notes = []
        inside = False
        for line in said:
            found = PLACED.search(line)
            if found[2] != "note":
                inside = self.first_line <= int(found[1]) < end
                if inside:
                    self.warnings.append((int(found[1]), f"{found[2]}: {found[3]}"))
            elif inside:
                notes.append(f"note: {found[3]}")
        places = sorted(
            (line, check)
            for line, text in self.warnings
            for check in re.findall(r"\[([\w,-]+)\]$", text)
        )
        if places != sorted(self.expected()):
            yield f"marks {list(self.expected())}, but clang-tidy reports {self.warnings}"
        warnings = [text for _, text in self.warnings]
        shown = [line for line in self.shown if not line.startswith("note: ")]
        if shown != warnings:
            yield f"shows {shown}, but clang-tidy prints {warnings}"
        for note in set(self.shown) - set(shown) - set(notes):
            yield f"shows '{note}', but clang-tidy prints {notes}"


def marked_examples(text):
    examples = []
    for language, body in BLOCK.findall(text):
        if language == "cpp":
            examples.append(MarkedExample(body))
        elif examples:
            examples[-1].shown = body.splitlines()
    return examples


class Pages:
    def __init__(self, source, plugin, clang_tidy, work, *library_flags):
        self.source = source
        self.work = work
        self.library_flags = [f"-I{source}/include", *library_flags]
        self.library_flags += ["-isystem", f"{source}/test/model-headers/stubs"]
        self.tidy = [clang_tidy, "--quiet", f"--load={plugin}", "--config={}"]
        self.flags = ["-std=c++20", f"-I{source}/include"]
        self.flags += [f"-I{source}/test/checks/Inputs"]
        os.makedirs(work, exist_ok=True)
        self.flags += ["-include-pch", self.precompiled_prelude(clang_tidy)]

    def precompiled_prelude(self, clang_tidy):
        """What every example of a check's page includes: it takes longer than they."""
        header = f"{self.source}/test/docs/Inputs/prelude.h"
        precompiled = os.path.join(self.work, "prelude.h.pch")
        compiler = clang_tidy.replace("clang-tidy", "clang++")
        command = [compiler, *self.flags, "-x", "c++-header", header, "-o", precompiled]
        subprocess.run(command, check=True)
        return precompiled

    def read(self, name):
        with open(os.path.join(self.source, name), encoding="utf-8") as file:
            return file.read()

    def said_of(self, code, checks, name="example.cpp", flags=None):
        """The diagnostics for some code."""
        file = os.path.join(self.work, name)
        with open(file, "w", encoding="utf-8") as stream:
            stream.write(code)
        result = subprocess.run(
            [*self.tidy, f"--checks=-*,{checks}", file, "--", *(flags or self.flags)],
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
        yield from self.problems_of_marked(name, "What it does", check)
        better = blocks(section(page, "Use instead"), "cpp")
        if not better:
            yield f"{name}: shows nothing to use instead"
        for code in better:
            said = self.said_of(code, check)
            if said:
                yield f"{name}: 'Use instead' is not clean: {said}"

    def problems_of_marked(self, name, heading, checks, flags=None):
        examples = marked_examples(section(self.read(name), heading))
        # One file for all examples: the libraries' headers are large.
        code = ""
        for example in examples:
            example.first_line = code.count("\n") + 2
            code += f"namespace example_{example.first_line} {{\n{example.code}}}\n"
        said = self.said_of(code, checks, "marked.cpp", flags) if code else []
        if any("\n" in line for line in said):
            yield f"{name}: clang-tidy fails\n" + "\n".join(said)
            return
        for example in examples:
            yield from (f"{name}: {text}" for text in example.problems(said))

    def problems_of_library(self, name):
        prelude = f"{self.source}/test/docs/Inputs/{os.path.basename(name)[:-3]}.h"
        flags = ["-std=c++20", *self.library_flags, "-include", prelude]
        yield from self.problems_of_marked(name, "Mistakes it finds", "coro-*", flags)

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
    for path in sorted(glob.glob(f"{source}/docs/libraries/[a-z]*.md")):
        problems += pages.problems_of_library(os.path.relpath(path, source))
    print("\n".join(problems))
    return 1 if problems else 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
