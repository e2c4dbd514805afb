#!/usr/bin/env python3
# Part of corolint, under the Apache License v2.0 with LLVM Exceptions.
# See LICENSE for license information.
# SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
"""Runs the checks over a program, runs the program, and compares the two.

    // RUN: %agreement %s %t

A line that both a check and a contract of the runtime report is marked, and so
is a line that only one of them reports, with the reason:

    co_await step(); // BOTH: coro-no-yield-region

    // STATIC-ONLY: coro-no-yield-region: this run does not take the path.
    if (argc > 1)
      co_await step();

A marker on separate lines refers to the first line of code below it, and its
reason may span several lines of comment. A program without markers must produce
no reports. It fails the test if

- a finding or a report is not marked, a marker has no finding or report, or a
  check reports more than one finding on a line;
- anything is reported outside the program's own file;
- the program does not compile without warnings, hangs, or exits with another
  status than 0.

With `--sanitize` the program is compiled with AddressSanitizer, whose reports of
uses after free count as `coro-dangling-reference`. The contract must report the same
lines. Both report the use, so a finding of the check counts there, too: at the use
that its note shows, if any.

The contract reports `coro-early-release` at the guard, however many returns follow. A
finding of the check counts there, too, and several at one guard count once.

`check_agreement.py --table DIRECTORY` prints the differences of all programs
below a directory as a Markdown table; with `--page FILE` it compares that file's
part between `<!-- table: begin -->` and `<!-- table: end -->` instead.
"""

import argparse
import collections
import concurrent.futures
import os
import re
import sys
from dataclasses import dataclass

import check_list
from running import TestFailure, run_command

STATIC_CHECKS = set(check_list.names_on_by_default())
RUNTIME_CHECKS = STATIC_CHECKS | {"rt-quiescence"}

MARKER = re.compile(r"// (BOTH|STATIC-ONLY|RUNTIME-ONLY):(.*)")
NEARLY_MARKER = re.compile(r"//.*\b(both|static.only|runtime.only)\b *:", re.IGNORECASE)
DIAGNOSTIC = re.compile(
    r"^(?P<file>[^:\n]+):(?P<line>\d+):\d+: (?P<severity>warning|error): "
    r"(?P<message>.*?)(?: \[(?P<checks>[^\] ]+)\])?$",
    re.MULTILINE,
)


LIFETIME_CHECK = "coro-dangling-reference"
RELEASE_CHECK = "coro-early-release"
NOTE = r"^(?P<file>[^:\n]+):(?P<line>\d+):\d+: note: "
# The notes at which findings count.
USE = re.compile(NOTE + "'[^']*' is used here", re.MULTILINE)
GUARD = re.compile(NOTE + "acquired here", re.MULTILINE)
# A report of AddressSanitizer, and a frame of its first stack.
USE_AFTER = re.compile(r"ERROR: AddressSanitizer: (stack-use-after-\w+|heap-use-after-free)")
FRAME = re.compile(r"^ +#\d+ \S+ in .* (?P<file>/[^:\n]+):(?P<line>\d+)", re.MULTILINE)


@dataclass(frozen=True, order=True)
class Finding:
    """A report of either side: the check and the place."""

    file: str
    line: int
    check: str

    def __str__(self):
        return f"{self.file}:{self.line}: {self.check}"


@dataclass
class Marker:
    side: str  # BOTH, STATIC-ONLY or RUNTIME-ONLY
    check: str
    reason: str
    line: int  # of the code it means


def read_markers(source):
    """The markers of a program. Raises on one that cannot be satisfied."""
    markers = []
    pending = []  # Read, and the line they mean is still to come.
    for number, line in enumerate(source.splitlines(), start=1):
        text = line.strip()
        match = MARKER.search(line)
        if match:
            pending.append(Marker(match[1], *split_marker(match[2]), number))
        elif NEARLY_MARKER.search(line):
            raise TestFailure(f"line {number}: almost a marker: {text}")
        elif text.startswith("//") and pending:
            pending[-1].reason += " " + text.lstrip("/ ")
        if pending and not text.startswith("//"):
            if not text:
                raise TestFailure(f"line {number}: a marker of no code")
            for marker in pending:
                marker.line = number
            markers += pending
            pending = []
    if pending:
        raise TestFailure(f"line {pending[0].line}: a marker of no code")
    for marker in markers:
        validate(marker)
    return markers


def split_marker(text):
    check, _, reason = text.partition(":")
    return check.strip(), reason.strip()


def validate(marker):
    where = f"line {marker.line}"
    known = STATIC_CHECKS if marker.side != "RUNTIME-ONLY" else RUNTIME_CHECKS
    if marker.check not in known:
        raise TestFailure(f"{where}: {marker.side} of no such check: {marker.check}")
    if marker.side == "BOTH" and marker.reason:
        raise TestFailure(f"{where}: nothing to explain where both agree")
    if marker.side != "BOTH" and not marker.reason:
        raise TestFailure(f"{where}: a difference without a reason")


def static_findings(output):
    """The findings that clang-tidy printed, including repeated ones."""
    findings = collections.Counter()
    for match in DIAGNOSTIC.finditer(output):
        checks = (match["checks"] or match["message"]).split(",")
        file = os.path.realpath(match["file"])
        for check in checks:
            findings[Finding(file, int(match["line"]), check)] += 1
    return findings


def where_contracts_report(output, notes):
    """The same, but findings of the checks in `notes` are where their notes are."""
    findings = collections.Counter()
    starts = [match.start() for match in DIAGNOSTIC.finditer(output)]
    for start, end in zip(starts, [*starts[1:], len(output)]):
        diagnostic = output[start:end]
        for finding, count in static_findings(diagnostic).items():
            note = finding.check in notes and notes[finding.check].search(diagnostic)
            if note:
                path = os.path.realpath(note["file"])
                finding = Finding(path, int(note["line"]), finding.check)
            findings[finding] += count
            if note and finding.check == RELEASE_CHECK:
                findings[finding] = 1
    return findings


def sanitizer_findings(output, program):
    """AddressSanitizer's reports about the program's own code."""
    findings = collections.Counter()
    starts = [match.start() for match in USE_AFTER.finditer(output)]
    for start, end in zip(starts, [*starts[1:], len(output)]):
        for frame in FRAME.finditer(output[start:end].split("\n\n")[0]):
            if os.path.realpath(frame["file"]) == program:
                findings[Finding(program, int(frame["line"]), LIFETIME_CHECK)] += 1
                break
        else:
            findings[Finding("<unknown>", 0, LIFETIME_CHECK)] += 1
    return findings


def compare_with_sanitizer(contract, sanitizer):
    """Raises unless the contract reports exactly what AddressSanitizer found."""
    reported = {f for f in contract if f.check == LIFETIME_CHECK}
    problems = [
        f"{finding}: only {side} reports it"
        for finding, side in [(f, "AddressSanitizer") for f in set(sanitizer) - reported]
        + [(f, "the contract") for f in reported - set(sanitizer)]
    ]
    if problems:
        raise TestFailure("\n".join(sorted(problems)))


def runtime_findings(report):
    """The output of the program's reporter: lines of `check TAB file TAB line`."""
    findings = collections.Counter()
    for line in report.splitlines():
        check, file, number = line.split("\t")
        path = os.path.realpath(file) if file else "<unknown>"
        findings[Finding(path, int(number), check)] += 1
    return findings


def compare(markers, static, runtime, file):
    """The disagreements, as lines of text."""
    expected = {"check": set(), "contract": set()}
    for marker in markers:
        finding = Finding(file, marker.line, marker.check)
        if marker.side != "RUNTIME-ONLY":
            expected["check"].add(finding)
        if marker.side != "STATIC-ONLY":
            expected["contract"].add(finding)
    problems = [
        f"{finding}: found {count} times"
        for finding, count in static.items()
        if count > 1
    ]
    for side, found in (("check", static), ("contract", runtime)):
        for finding in sorted(expected[side] - set(found)):
            problems.append(f"{finding}: marked, but the {side} is silent")
        for finding in sorted(set(found) - expected[side]):
            other = runtime if side == "check" else static
            alone = "" if finding in other else ", alone"
            problems.append(f"{finding}: the {side} reports it{alone}: not marked")
    return problems


class Runner:
    def __init__(self, options):
        self.options = options
        self.file = os.path.realpath(options.file)
        self.program = options.temporary + ".exe"
        self.report = options.temporary + ".report"

    def run(self):
        with open(self.file, encoding="utf-8") as file:
            markers = read_markers(file.read())
        with concurrent.futures.ThreadPoolExecutor() as both:
            analysis = both.submit(self.analyse)
            runtime, told = both.submit(self.compile_and_execute).result()
            static, said = analysis.result()
        problems = compare(markers, static, runtime, self.file)
        if problems:
            raise TestFailure("\n".join(problems) + f"\n\n{said}\n{told}")

    def flags(self):
        flags = ["-std=c++20", "-O0", "-g", "-pthread", *self.options.flag]
        if "-include-pch" in flags and self.options.sanitize:
            # The program was compiled without it.
            where = flags.index("-include-pch")
            del flags[where : where + 2]
        return flags

    def sanitizer_flags(self):
        return ["-fsanitize=address", "-fsanitize-recover=address"]

    def compile(self):
        os.makedirs(os.path.dirname(self.program) or ".", exist_ok=True)
        command = [self.options.clang, *self.flags(), "-Wall", "-Wextra", "-Werror"]
        command += self.sanitizer_flags() if self.options.sanitize else []
        command += [self.file, "-o", self.program]
        command += ["-Wl,--whole-archive", *self.options.whole]
        command += ["-Wl,--no-whole-archive"]
        command += [*self.options.link, "-ldl"]
        result = run_command(command)
        if result.returncode:
            raise TestFailure(f"does not compile:\n{result.stderr}")

    def analyse(self):
        command = [self.options.clang_tidy, f"--load={self.options.load}"]
        command += ["--checks=-*," + ",".join(sorted(STATIC_CHECKS)), "--config={}"]
        command += ["--quiet"]
        result = run_command([*command, self.file, "--", *self.flags()])
        if result.returncode:
            raise TestFailure(f"clang-tidy:\n{result.stdout}{result.stderr}")
        notes = {RELEASE_CHECK: GUARD}
        if self.options.sanitize:
            notes[LIFETIME_CHECK] = USE
        return where_contracts_report(result.stdout, notes), result.stdout

    def compile_and_execute(self):
        self.compile()
        return self.execute()

    def execute(self):
        with open(self.report, "w", encoding="utf-8"):
            pass
        environment = dict(os.environ, COROLINT_AGREEMENT_REPORT=self.report)
        if self.options.sanitize:
            environment["COROLINT_AGREEMENT_UNWATCHED"] = "1"
            # None of the errors ends the program.
            environment["ASAN_OPTIONS"] = (
                "halt_on_error=0:detect_stack_use_after_return=1:detect_leaks=0"
            )
            environment["ASAN_SYMBOLIZER_PATH"] = self.symbolizer()
        result = run_command([self.program], env=environment)
        if result.returncode:
            raise TestFailure(
                f"the program exits with {result.returncode}:\n"
                f"{result.stdout}{result.stderr}"
            )
        with open(self.report, encoding="utf-8") as file:
            findings = runtime_findings(file.read())
        if self.options.sanitize:
            compare_with_sanitizer(
                findings, sanitizer_findings(result.stderr, self.file)
            )
        return findings, result.stdout + result.stderr

    def symbolizer(self):
        command = [self.options.clang, "-print-prog-name=llvm-symbolizer"]
        return run_command(command).stdout.strip()


def programs(directory):
    """The programs below a directory, by relative path."""
    found = {}
    for root, directories, names in os.walk(directory):
        directories[:] = sorted(d for d in directories if d != "Inputs")
        for name in sorted(names):
            if name.endswith(".cpp"):
                path = os.path.join(root, name)
                with open(path, encoding="utf-8") as file:
                    found[os.path.relpath(path, directory)] = file.read()
    return found


def table(directory):
    """The differences of all programs, and the number of programs."""
    rows = []
    counts = collections.Counter()
    for name, source in programs(directory).items():
        markers = read_markers(source)
        counts["clean" if not markers else "seeded"] += 1
        counts.update(marker.side for marker in markers)
        for marker in markers:
            if marker.side != "BOTH":
                only = "check" if marker.side == "STATIC-ONLY" else "contract"
                rows.append(f"| {only} | {marker.check} | {name} | {marker.reason} |")
    total = counts["clean"] + counts["seeded"]
    return "\n".join(
        [
            f"{total} programs, {counts['clean']} of them clean. Check and contract "
            f"agree in {counts['BOTH']} places;\n"
            f"only the check reports {counts['STATIC-ONLY']} places, and only the "
            f"contract {counts['RUNTIME-ONLY']}.",
            "",
            "| only | check | program | why |",
            "|---|---|---|---|",
            *sorted(rows),
        ]
    )


def compare_page(page, expected):
    with open(page, encoding="utf-8") as file:
        text = file.read()
    _, begin, rest = text.partition("<!-- table: begin -->\n")
    found, end, _ = rest.partition("<!-- table: end -->")
    if not begin or not end or found.strip() != expected.strip():
        raise TestFailure(
            f"{page}: not what the programs say; between its marks belongs:\n{expected}"
        )


def parse_options(arguments):
    parser = argparse.ArgumentParser(
        description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter
    )
    parser.add_argument("--clang-tidy", default="clang-tidy")
    parser.add_argument("--clang", default="clang++")
    parser.add_argument("--load", metavar="PLUGIN")
    parser.add_argument("--flag", action="append", default=[], help="of the compiler")
    parser.add_argument("--whole", action="append", default=[], help="whole archive")
    parser.add_argument("--link", action="append", default=[], help="library")
    parser.add_argument("--sanitize", action="store_true", help="AddressSanitizer")
    parser.add_argument("--table", action="store_true")
    parser.add_argument("--page", help="compare this page with the table")
    parser.add_argument("file")
    parser.add_argument("temporary", nargs="?")
    return parser.parse_args(arguments)


def main(arguments):
    options = parse_options(arguments)
    try:
        if options.page:
            compare_page(options.page, table(options.file))
        elif options.table:
            print(table(options.file))
        else:
            Runner(options).run()
    except TestFailure as failure:
        print(f"check_agreement: {failure}", file=sys.stderr)
        return 1
    return 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
