#!/usr/bin/env python3
# Part of corolint, under the Apache License v2.0 with LLVM Exceptions.
# See LICENSE for license information.
# SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
"""Keeps the pages of docs/examples true.

Usage: examples.py [--update] SOURCE PROGRAMS PLUGIN CLANG_TIDY [FOLDER...]

What a page shows stands below a marker:

    <!-- output: PROGRAM [ARGUMENT...] [| test: ARGUMENT...] -->
    <!-- finding: SOURCE_FILE -->
    <!-- code: SOURCE_FILE: FIRST LINE OR ITS BEGINNING -->
    <!-- machine -->

- A program is run, must exit with 0 and print what is shown. Figures with a
  unit may differ; if the test runs it with other arguments, so may all numbers.
- What clang-tidy says of a file is exactly what is shown, and of every other
  source of the folder it says nothing.
- A contract that was broken at run time is a finding of the same check in the
  same line, and each finding is a contract broken at run time.
- Code runs from the line to the end of the block that it opens.

--update writes the pages instead, with the full arguments, and the machine.
"""

import argparse
import os
import platform
import re
import subprocess
import sys

MARKED = re.compile(
    r"(?P<marker><!-- (?P<kind>output|finding|code|machine)(?:: (?P<what>.*?))? -->\n)"
    r"(?P<shown>```\w*\n.*?^```\n|(?!```)\S.*?\n(?=\n|\Z))?",
    re.S | re.M,
)
BLOCK = re.compile(r"```\w*\n(.*?)```\n", re.S)
REPORT = re.compile(r"^(\S+?):(\d+):(?:\d+:)? warning: .* \[(coro-[a-z-]+)\]$", re.M)
PROGRAMS_ON_PAGES = "build-examples"
TIMEOUT_SECONDS = 120
UNITS = r"ns|us|ms|s|B|KiB|MiB|GiB|TiB|polls"


def without_columns(text):
    """Compilers differ in the column that they give a call."""
    return re.sub(r"^(docs/\S+?:\d+):\d+:", r"\1:", text, flags=re.M)


def comparable(text, all_numbers):
    """The lines of an output without what differs from run to run."""
    lines = []
    for line in text.splitlines():
        if re.search(r"\]: (\d+|many) times$", line):
            continue
        if all_numbers:
            line = re.sub(r"\b(B|KiB|MiB|GiB|TiB)\b", "bytes", line)
            line = re.sub(r"\d[\d,.]*", "#", line)
        line = re.sub(rf"\b[\d.]+ ({UNITS})\b", r"# \1", line)
        line = re.sub(r"\b\d+ of its \d+ workers", "# of its # workers", line)
        line = re.sub(r"(threads: |system call )\d+", r"\1#", line)
        line = re.sub(r"^(include/\S+?):\d+:\d+:", r"\1:#:", line)
        lines.append(" ".join(line.split()))
    return lines


def block_of_code(text, first):
    """From the line that begins so, to the end of what it opens."""
    lines = text.splitlines()
    starts = [i for i, line in enumerate(lines) if line.strip().startswith(first)]
    if len(starts) != 1:
        raise LookupError(f"{len(starts)} lines begin with {first!r}")
    start = starts[0]
    indent = len(lines[start]) - len(lines[start].lstrip())
    closing = re.compile(rf" {{{indent}}}(\}};?|\S.*\}})( //.*)?$")
    for end in range(start, len(lines)):
        if closing.match(lines[end]):
            break
    return "\n".join(line[indent:] for line in lines[start : end + 1]) + "\n"


def machine(programs):
    def field(file, name):
        with open(file, encoding="utf-8") as stream:
            return re.search(rf"^{name}\s*[:=]\s*(.*)$", stream.read(), re.M).group(1)

    processor = re.sub(r"\(.*?\)", "", field("/proc/cpuinfo", "model name"))
    memory = int(field("/proc/meminfo", "MemTotal").split()[0]) / 2**20
    cache = os.path.join(programs, "CMakeCache.txt")
    compiler = os.path.basename(field(cache, "CMAKE_CXX_COMPILER:[A-Z]*"))
    kind = field(cache, "CMAKE_BUILD_TYPE:[A-Z]*")
    load = os.getloadavg()[0]
    meanwhile = (
        f" Other work ran\nmeanwhile (load average {load:.0f}), this niced to"
        f" {os.nice(0)}."
        if load >= 1
        else ""
    )
    return (
        f"Measured on {os.cpu_count()} processors ({' '.join(processor.split())}), "
        f"{memory:.0f} GiB,\nLinux {platform.release().split('-')[0]}; "
        f"{compiler}, {kind}.{meanwhile}\n"
    )


class Examples:
    def __init__(self, options):
        self.root = os.path.join(options.source, "docs", "examples")
        self.options = options
        self.said = {}  # by file

    def path(self, *names):
        return os.path.join(self.root, *names)

    def read(self, *names):
        with open(self.path(*names), encoding="utf-8") as file:
            return file.read()

    def run(self, program, arguments):
        result = subprocess.run(
            [os.path.join(self.options.programs, program), *arguments],
            stdout=subprocess.PIPE,
            stderr=subprocess.STDOUT,
            encoding="utf-8",
            timeout=TIMEOUT_SECONDS,
            check=False,
        )
        if result.returncode:
            raise LookupError(
                f"{program} exited with {result.returncode}:\n{result.stdout}"
            )
        return result.stdout

    def tidy(self, folder, files):
        """The diagnostics of some files, one string for each."""
        names = [os.path.join("docs", "examples", folder, file) for file in files]
        result = subprocess.run(
            [self.options.clang_tidy, "--quiet", f"--load={self.options.plugin}"]
            + ["--config={}", "--checks=-*,coro-*", "--header-filter=docs/examples/"]
            + [*names, "--", "-std=c++20", "-Iinclude", "-Idocs/examples"],
            cwd=self.options.source,
            capture_output=True,
            encoding="utf-8",
            check=False,
        )
        if result.returncode or "load request ignored" in result.stderr:
            raise LookupError(result.stdout + result.stderr)
        text = result.stdout.replace(self.options.source + "/", "")
        return "".join(
            line + "\n"
            for line in text.splitlines()
            if re.search(r"\b(warning|error|note): ", line)
        )

    def finding(self, folder, file):
        if file not in self.said:
            self.said[file] = self.tidy(folder, [file])
        return self.said[file]

    # What stands below each kind of marker.

    def output(self, folder, what, test):
        command, _, instead = what.partition(" | test: ")
        program, *arguments = command.split()
        if test and instead:
            arguments = instead.split()
        shown = self.run(os.path.join(folder, program), arguments)
        line = f"{PROGRAMS_ON_PAGES}/{folder}/{command}"
        return f"$ {line}\n{shown}", bool(instead)

    def wanted(self, folder, kind, what, test):
        """(what is to be shown, is it in a block, may all numbers differ)"""
        if kind == "machine":
            return machine(self.options.programs), "", False
        if kind == "output":
            text, loose = self.output(folder, what, test)
            return text, "text", loose
        if kind == "finding":
            return self.finding(folder, what), "text", False
        file, _, first = what.partition(": ")
        return block_of_code(self.read(folder, file), first), "cpp", False

    def update(self, folder):
        def replace(match):
            text, language, _ = self.wanted(
                folder, match["kind"], match["what"], test=False
            )
            if language:
                text = f"```{language}\n{text}```\n"
            return match["marker"] + text

        page = MARKED.sub(replace, self.read(folder, "README.md"))
        with open(self.path(folder, "README.md"), "w", encoding="utf-8") as file:
            file.write(page)

    def problems_of_section(self, folder, match, broken):
        kind, what = match["kind"], match["what"]
        if kind == "machine":
            return
        text, _, loose = self.wanted(folder, kind, what, test=True)
        block = BLOCK.fullmatch(match["shown"] or "")
        shown = block.group(1) if block else ""
        if kind == "output":
            broken.update(REPORT.findall(text))
            if not what.startswith(shown.split("\n")[0].split(f"/{folder}/")[-1]):
                yield f"{what}: the page shows another command"
            text = without_columns(text.partition("\n")[2])
            shown = without_columns(shown.partition("\n")[2])
        if kind == "code":
            differs = text != shown
        else:
            differs = comparable(text, loose) != comparable(shown, loose)
        if differs or not shown.strip():
            yield f"{kind}: {what}: shown:\n{shown}instead of:\n{text}"

    def problems(self, folder):
        page = self.read(folder, "README.md")
        sections = list(MARKED.finditer(page))
        broken = set()
        for match in sections:
            yield from self.problems_of_section(folder, match, broken)

        sources = sorted(
            name for name in os.listdir(self.path(folder)) if name != "README.md"
        )
        faulty = {match["what"] for match in sections if match["kind"] == "finding"}
        if not faulty:
            yield "shows no finding"
        clean = [
            name for name in sources if name.endswith(".cpp") and name not in faulty
        ]
        said = self.tidy(folder, clean)
        if said:
            yield f"the sources are not clean:\n{said}"
        found = set()
        for file in faulty:
            found.update(REPORT.findall(self.finding(folder, file)))
        for place in sorted(broken ^ found):
            where = "at run time" if place in broken else "by clang-tidy"
            yield f"{':'.join(place)}: found only {where}"
        for name in sources:
            if f"({name})" not in page:
                yield f"does not link {name}"
        if f"({folder}/README.md)" not in self.read("README.md"):
            yield "is not in the index"

    def folders(self):
        return sorted(
            name
            for name in os.listdir(self.root)
            if name != "support" and os.path.isdir(self.path(name))
        )


def main(arguments):
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("--update", action="store_true")
    for name in ("source", "programs", "plugin", "clang_tidy"):
        parser.add_argument(name)
    parser.add_argument("folders", nargs="*")
    options = parser.parse_args(arguments)
    options.source = os.path.abspath(options.source)
    options.programs = os.path.abspath(options.programs)
    examples = Examples(options)
    problems = []
    for folder in options.folders or examples.folders():
        examples.said.clear()
        try:
            if options.update:
                examples.update(folder)
            problems += [f"{folder}: {text}" for text in examples.problems(folder)]
        except (LookupError, OSError, subprocess.TimeoutExpired) as error:
            problems.append(f"{folder}: {error}")
    print("\n".join(problems))
    return 1 if problems else 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
