#!/usr/bin/env python3
# Part of corolint, under the Apache License v2.0 with LLVM Exceptions.
# See LICENSE for license information.
# SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
"""Runs checks over one test file and compares their output exactly.

    // RUN: %check_corolint %s CHECK[,CHECK...] %t [-std=...]
    // RUN:   [-check-suffixes=A,B] [-expect-clang-tidy-error]
    // RUN:   [-- CLANG-TIDY ARGUMENTS [-- COMPILER ARGUMENTS]]

The vocabulary is clang-tidy's own:

    // CHECK-MESSAGES: :[[@LINE-1]]:3: warning: call to 'f' may block
    // CHECK-NOTES: :[[@LINE-4]]:5: note: 'f' is declared blocking here
    // CHECK-FIXES: co_await f();

and one additional form for tables of cases, which expects exactly one finding of
each named check on its line:

    f(); // warn: coro-blocking-call

A line written with another suffix (`CHECK-MESSAGES-A:`) counts only in runs
that name it. Differences from LLVM's runner:

- Every warning and error must be expected, once. A file without expectations
  must have no diagnostics.
- Warnings may be expected in any order, notes in their order after the warning.
  A file (a run) with a CHECK-NOTES line must expect every note of every
  warning that a CHECK line, not a `warn:` comment, expects.
- A fix-it is always applied, its result compiled, and the checks run over the
  result must offer nothing more, CHECK-FIXES or not.
- A check that clang-tidy does not list, as when the plugin fails to load,
  fails the test.
- `-std` is c++20 unless given: a list (`c++20,c++23`) or `c++20-or-later`.
- `--precompiled=HEADER=PCH`: in C++20, a file that includes a header which HEADER
  includes is parsed on top of PCH, if the flags of its run are those of HEADER's line
  `// Flags:`, directories aside. The last such option that fits counts.
"""

import argparse
import os
import re
import shutil
import sys
from dataclasses import dataclass, field

from running import TestFailure, run_command

STANDARDS = {
    "c": ["c11", "c17"],
    "c++": ["c++17", "c++20", "c++23", "c++26"],
}
DEFAULT_STANDARDS = {".c": ["c11"], ".m": ["c11"]}
LANGUAGE_BY_EXTENSION = {".c": "c", ".m": "objective-c", ".mm": "objective-c++"}

DIRECTIVE = re.compile(
    r"// *CHECK-(?P<kind>MESSAGES|NOTES|FIXES)(?P<suffix>(?:-[A-Z0-9]+)*):"
    r"(?P<text>.*)"
)
WARN_COMMENT = re.compile(r"// *warn: *(?P<checks>.*)")
INCLUDE = re.compile(r"^ *# *include *([<\"][^>\"]+[>\"])", re.M)
PRECOMPILED_FLAGS = re.compile(r"^// Flags: (.*)", re.M)
SUFFIXES_OPTION = re.compile(r"-check-suffix(?:es)?=(\S+)")
DIAGNOSTIC = re.compile(
    r"^(?:(?P<file>[^:\n]+):(?P<line>\d+):(?P<column>\d+): )?"
    r"(?P<severity>warning|error|note): (?P<message>.*)$"
)
SEVERITY_IN_DIRECTIVE = re.compile(r"\b(warning|error|note): ")


@dataclass
class Diagnostic:
    """One warning or error as clang-tidy printed it, with its notes."""

    text: str
    severity: str
    file: str
    line: int
    checks: list
    notes: list = field(default_factory=list)


@dataclass
class Expectation:
    """A CHECK-MESSAGES or CHECK-NOTES line for a warning, and for its notes."""

    line: int
    text: str
    notes: list = field(default_factory=list)


@dataclass
class Expectations:
    groups: list = field(default_factory=list)
    warn_comments: list = field(default_factory=list)  # (line, check)
    fixes_prefixes: list = field(default_factory=list)
    all_notes: bool = False


def compile_pattern(text, line):
    """FileCheck's `[[@LINE-1]]` and `{{regex}}` as a regular expression."""

    def resolve(match):
        return str(line + int(match.group(1) or 0))

    text = re.sub(r"\[\[#? *@LINE *([+-] *\d+)?\]\]", resolve, text.strip())
    pieces = re.split(r"\{\{(.*?)\}\}", text)
    pattern = "".join(
        f"(?:{piece})" if index % 2 else re.escape(piece)
        for index, piece in enumerate(pieces)
    )
    return re.compile(pattern)


def known_suffixes(source):
    """The suffixes that some RUN line of the file selects."""
    return {
        suffix
        for option in SUFFIXES_OPTION.findall(source)
        for suffix in option.split(",")
    }


def read_expectations(source, suffixes):
    """The expectations of this run. Raises on a directive that no run reads."""
    expected = Expectations()
    reachable = known_suffixes(source)
    for number, line in enumerate(source.splitlines(), start=1):
        if re.match(r" *// *RUN:", line):
            continue
        directive = DIRECTIVE.search(line)
        if directive:
            suffix = directive["suffix"].lstrip("-")
            if suffix and suffix not in reachable:
                raise TestFailure(
                    f"line {number}: no RUN line selects the suffix '{suffix}'"
                )
            if suffix in suffixes:
                add_directive(expected, directive, number)
            continue
        if re.search(r"// *CHECK-[A-Z]", line):
            raise TestFailure(f"line {number}: unknown directive: {line.strip()}")
        comment = WARN_COMMENT.search(line)
        if comment:
            for check in comment["checks"].split(","):
                expected.warn_comments.append((number, check.strip()))
    return expected


def add_directive(expected, directive, number):
    kind, text = directive["kind"], directive["text"].strip()
    if kind == "FIXES":
        prefix = "CHECK-FIXES" + directive["suffix"]
        if prefix not in expected.fixes_prefixes:
            expected.fixes_prefixes.append(prefix)
        return
    severity = SEVERITY_IN_DIRECTIVE.search(text)
    if not severity:
        raise TestFailure(f"line {number}: neither warning, error nor note: {text}")
    if kind == "NOTES":
        expected.all_notes = True
    entry = Expectation(number, text)
    if severity.group(1) != "note":
        expected.groups.append(entry)
    elif expected.groups:
        expected.groups[-1].notes.append(entry)
    else:
        raise TestFailure(f"line {number}: a note is expected before any warning")


def strip_expectations(source):
    """The source without its expectations; no line moves."""
    source = re.sub(r"// *CHECK-[A-Z0-9-]+:[^\r\n]*", "//", source)
    return re.sub(r" *// *warn:[^\r\n]*", "", source)


def parse_diagnostics(output):
    """The diagnostics in clang-tidy's output, notes below their warnings."""
    found = []
    for line in output.splitlines():
        match = DIAGNOSTIC.match(line)
        if not match:
            continue
        if match["severity"] == "note":
            if found:
                found[-1].notes.append(line)
            continue
        checks = re.search(r" \[([^\] ]+)\]$", line)
        found.append(
            Diagnostic(
                text=line,
                severity=match["severity"],
                file=match["file"] or "",
                line=int(match["line"] or 0),
                checks=checks.group(1).split(",") if checks else [],
            )
        )
    return found


def notes_mismatch(expectation, diagnostic, all_notes):
    """The reason why the notes differ, or None. Order counts; gaps may be allowed."""
    wanted = [(n, compile_pattern(n.text, n.line)) for n in expectation.notes]
    position = 0
    for note in diagnostic.notes:
        if position < len(wanted) and wanted[position][1].search(note):
            position += 1
        elif all_notes:
            return f"unexpected note: {note}"
    if position < len(wanted):
        note = wanted[position][0]
        return f"line {note.line}: expected note not found: {note.text}"
    return None


def compare(expected, diagnostics, test_file):
    """The differences between expected and actual diagnostics."""
    problems = []
    unclaimed = list(diagnostics)
    for group in expected.groups:
        pattern = compile_pattern(group.text, group.line)
        candidates = [d for d in unclaimed if pattern.search(d.text)]
        if not candidates:
            problems.append(f"line {group.line}: not reported: {group.text}")
            continue
        reasons = [notes_mismatch(group, d, expected.all_notes) for d in candidates]
        if None in reasons:
            unclaimed.remove(candidates[reasons.index(None)])
        else:
            unclaimed.remove(candidates[0])
            problems.append(f"{candidates[0].text}\n    {reasons[0]}")
    for line, check in expected.warn_comments:
        claimed = next(
            (
                d
                for d in unclaimed
                if d.line == line and check in d.checks and d.file == test_file
            ),
            None,
        )
        if claimed:
            unclaimed.remove(claimed)
        else:
            problems.append(f"line {line}: not reported: {check}")
    problems += [f"unexpected: {diagnostic.text}" for diagnostic in unclaimed]
    return problems


def split_arguments(arguments):
    """Ours, clang-tidy's and the compiler's arguments, separated by `--`."""
    parts = [[]]
    for argument in arguments:
        if argument == "--" and len(parts) < 3:
            parts.append([])
        else:
            parts[-1].append(argument)
    return parts + [[] for _ in range(3 - len(parts))]


def expand_standards(text, extension):
    if not text:
        return DEFAULT_STANDARDS.get(extension, ["c++20"])
    standards = []
    for standard in text.split(","):
        if not standard.endswith("-or-later"):
            standards.append(standard)
            continue
        first = standard[: -len("-or-later")]
        family = STANDARDS["c++" if first.startswith("c++") else "c"]
        if first not in family:
            raise TestFailure(f"no list of standards from '{first}' on")
        standards += family[family.index(first) :]
    return standards


def list_checks(clang_tidy, plugins):
    """The names of all checks in clang-tidy with the plugins, one per line."""
    command = [clang_tidy, *(f"--load={plugin}" for plugin in plugins)]
    result = run_command(command + ["--checks=*", "--list-checks"])
    output = result.stdout + result.stderr
    prove_plugin_loaded(output)
    if result.returncode:
        raise TestFailure(f"clang-tidy lists no checks:\n{output}")
    return output


def prove_plugin_loaded(output):
    """clang-tidy ignores a plugin that does not load, and exits with 0."""
    if "load request ignored" in output:
        raise TestFailure(f"the plugin did not load:\n{output}")


class Runner:
    def __init__(self, options, tidy_arguments, compiler_arguments):
        self.options = options
        self.tidy_arguments = tidy_arguments
        self.compiler_arguments = compiler_arguments
        self.suffixes = options.check_suffixes.split(",")
        self.extension = os.path.splitext(options.file)[1]
        with open(options.file, encoding="utf-8", newline="") as file:
            self.source = file.read()

    def run(self):
        self.prove_checks_are_loaded()
        for standard in expand_standards(self.options.std, self.extension):
            try:
                self.run_standard(standard)
            except TestFailure as failure:
                raise TestFailure(f"-std={standard}: {failure}") from None

    def tidy_command(self):
        command = [self.options.clang_tidy]
        command += [f"--load={plugin}" for plugin in self.options.load]
        command += ["--checks=-*," + self.options.checks]
        if not any(re.match("--?config(-file)?=", a) for a in self.tidy_arguments):
            command.append("--config={}")
        return command + self.tidy_arguments

    def precompiled_flags(self, standard):
        """The flags that spare the parse of the standard library's headers."""
        if standard != "c++20" or self.extension != ".cpp":
            return []
        flags = re.sub(r"(-I|-isystem) ?\S+ ", "", " ".join([*self.compiler_arguments, ""]))
        included = set(INCLUDE.findall(self.source))
        for option in reversed(self.options.precompiled):
            header, _, precompiled = option.partition("=")
            if not os.path.exists(precompiled):
                continue
            text = read_text(header)
            needed = PRECOMPILED_FLAGS.findall(text)
            if flags.split() == " ".join(needed).split() and included.intersection(
                INCLUDE.findall(text)
            ):
                return ["-include-pch", precompiled]
        return []

    def compiler_flags(self, standard):
        flags = [f"-std={standard}", *self.precompiled_flags(standard)]
        if self.extension in LANGUAGE_BY_EXTENSION:
            flags += ["-x", LANGUAGE_BY_EXTENSION[self.extension]]
        flags += [f"-I{directory}" for directory in self.options.include]
        return flags + self.compiler_arguments

    def prove_checks_are_loaded(self):
        if self.options.listed:
            output = read_text(self.options.listed)
        else:
            output = list_checks(self.options.clang_tidy, self.options.load)
        listed = output.split()
        missing = [
            check
            for check in self.options.checks.split(",")
            if "*" not in check and not check.startswith("-") and check not in listed
        ]
        if missing:
            raise TestFailure(
                f"clang-tidy does not list {', '.join(missing)}:\n{output}"
            )

    def run_standard(self, standard):
        expected = read_expectations(self.source, self.suffixes)
        stripped = self.options.temporary + self.extension
        replacements = self.options.temporary + ".fixes.yaml"
        with open(stripped, "w", encoding="utf-8", newline="") as file:
            file.write(strip_expectations(self.source))
        if os.path.exists(replacements):
            os.remove(replacements)

        result = self.tidy(stripped, standard, [f"--export-fixes={replacements}"])
        problems = compare(
            expected, parse_diagnostics(result.stdout + result.stderr), stripped
        )
        failing = result.returncode != 0
        if failing != self.options.expect_clang_tidy_error:
            problems.append(f"clang-tidy exited with {result.returncode}")
        if problems:
            listing = "\n".join("  " + problem for problem in problems)
            raise TestFailure(f"{listing}\n\n{result.stdout}{result.stderr}")
        self.check_fixes(expected, stripped, replacements, standard)

    def tidy(self, file, standard, more):
        command = self.tidy_command() + more + [file, "--"]
        result = run_command(command + self.compiler_flags(standard))
        prove_plugin_loaded(result.stdout + result.stderr)
        if result.returncode not in (0, 1):
            raise TestFailure(
                f"clang-tidy died with {result.returncode}:\n"
                f"{result.stdout}{result.stderr}"
            )
        return result

    def check_fixes(self, expected, stripped, replacements, standard):
        files = fixed_files(replacements)
        if not files:
            if expected.fixes_prefixes:
                raise TestFailure("CHECK-FIXES, but no fix-it is offered")
            return
        if files != {os.path.abspath(stripped)}:
            raise TestFailure(f"a fix-it changes another file: {sorted(files)}")

        fixed = self.options.temporary + ".fixed" + self.extension
        shutil.copyfile(stripped, fixed)
        self.tidy(fixed, standard, ["--fix"])
        if expected.fixes_prefixes:
            self.compare_fixed(fixed, expected.fixes_prefixes)
        if self.options.expect_clang_tidy_error:
            return

        # One parse shows both that the result compiles and that it is final.
        once = read_text(fixed)
        again = self.tidy(fixed, standard, ["--fix"])
        output = again.stdout + again.stderr
        if any(d.severity == "error" for d in parse_diagnostics(output)):
            raise TestFailure(f"the fixed file does not compile:\n{output}")
        if read_text(fixed) != once:
            raise TestFailure("the fix-its, applied again, change the file again")

    def compare_fixed(self, fixed, prefixes):
        result = run_command(
            [
                self.options.filecheck,
                f"--input-file={fixed}",
                f"--check-prefixes={','.join(prefixes)}",
                "--strict-whitespace",
                self.options.file,
            ]
        )
        if result.returncode:
            raise TestFailure(f"CHECK-FIXES:\n{result.stdout}{result.stderr}")


def fixed_files(replacements):
    """The files that the warnings' fix-its change, from --export-fixes."""
    if not os.path.exists(replacements):
        return set()
    files = set()
    in_notes = False
    for line in read_text(replacements).splitlines():
        if re.match(r"  - DiagnosticName:", line):
            in_notes = False
        elif re.match(r"    Notes:", line):
            in_notes = True
        match = re.match(r" +- FilePath: +'?(.*?)'?$", line)
        if match and not in_notes:
            files.add(os.path.abspath(match.group(1)))
    return files


def read_text(path):
    with open(path, encoding="utf-8") as file:
        return file.read()


def parse_options(arguments):
    own, tidy_arguments, compiler_arguments = split_arguments(arguments)
    parser = argparse.ArgumentParser(
        description=__doc__,
        formatter_class=argparse.RawDescriptionHelpFormatter,
        allow_abbrev=False,
    )
    parser.add_argument("--clang-tidy", required=True)
    parser.add_argument("--filecheck", required=True)
    parser.add_argument("--load", action="append", default=[], metavar="PLUGIN")
    parser.add_argument("--listed", metavar="FILE", help="what list_checks returned")
    parser.add_argument("--include", action="append", default=[], metavar="DIR")
    parser.add_argument("--precompiled", action="append", default=[], metavar="HEADER=PCH")
    parser.add_argument("-std", default="")
    parser.add_argument("-check-suffixes", "-check-suffix", default="")
    parser.add_argument("-expect-clang-tidy-error", action="store_true")
    parser.add_argument("file")
    parser.add_argument("checks")
    parser.add_argument("temporary")
    options, unknown = parser.parse_known_args(own)
    for argument in tidy_arguments:
        if re.match(r"-[IDUWf]", argument) and not argument.startswith("-fix"):
            parser.error(f"{argument}: the compiler's arguments follow a second '--'")
    return options, unknown + tidy_arguments, compiler_arguments


def main(arguments):
    try:
        Runner(*parse_options(arguments)).run()
    except TestFailure as failure:
        print(f"check_corolint: {failure}", file=sys.stderr)
        return 1
    return 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
