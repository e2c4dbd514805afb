#!/usr/bin/env python3
# Part of corolint, under the Apache License v2.0 with LLVM Exceptions.
# See LICENSE for license information.
# SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
"""Runs lit's tests, then CTest's, and prints how many passed and failed.

The last line is `N passed, N failed`, or `N passed, N failed, N skipped`. The exit status is 1 if any test failed,
if a runner broke off, or if no test ran.
"""

import argparse
import json
import os
import shlex
import subprocess
import sys
import time
import xml.etree.ElementTree as ElementTree
from dataclasses import dataclass

LIT_PASSED = {"PASS", "XFAIL", "FLAKYPASS"}
LIT_SKIPPED = {"UNSUPPORTED", "SKIPPED"}
LIT_NOT_CHOSEN = {"EXCLUDED"}


@dataclass
class Tally:
    passed: int = 0
    failed: int = 0
    skipped: int = 0
    broken: str = ""


def read_lit(path):
    """The outcome of lit's --output file."""
    tally = Tally()
    with open(path, encoding="utf-8") as file:
        tests = json.load(file)["tests"]
    for test in tests:
        if test["code"] in LIT_PASSED:
            tally.passed += 1
        elif test["code"] in LIT_SKIPPED:
            tally.skipped += 1
        elif test["code"] not in LIT_NOT_CHOSEN:
            tally.failed += 1
    return tally


def read_ctest(path):
    """The outcome of ctest's --output-junit file."""
    tally = Tally()
    for case in ElementTree.parse(path).getroot().iter("testcase"):
        skipped = case.find("skipped")
        reason = "" if skipped is None else skipped.get("message", "")
        if case.get("status") == "run":
            tally.passed += 1
        elif case.get("status") == "disabled" or reason.startswith("SKIP_"):
            tally.skipped += 1
        else:  # failed, or a program that was not built
            tally.failed += 1
    return tally


def run(name, command, results, read, nothing_to_run=()):
    """Runs one runner and reads its results file, new each time."""
    if os.path.exists(results):
        os.remove(results)
    start = time.monotonic()
    status = subprocess.run(command, check=False).returncode
    seconds = time.monotonic() - start
    try:
        tally = read(results)
    except (OSError, ValueError, KeyError, ElementTree.ParseError) as error:
        tally = Tally(broken=f"{name} left no results: {error}")
    if status not in (0, *nothing_to_run) and not tally.failed and not tally.broken:
        tally.broken = f"{name} exited with {status} though no test failed"
    print(
        f"-- {name}: {tally.passed} passed, {tally.failed} failed,"
        f" {tally.skipped} skipped, {seconds:.0f} s",
        flush=True,
    )
    if tally.broken:
        print(f"-- {tally.broken}", file=sys.stderr, flush=True)
    return tally


def parse_options(arguments):
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--lit", required=True)
    parser.add_argument("--lit-suite", required=True)
    parser.add_argument("--lit-filter-out", metavar="REGEX")
    parser.add_argument("--ctest", required=True)
    parser.add_argument("--ctest-directory", required=True)
    parser.add_argument("--results", required=True)
    return parser.parse_args(arguments)


def main(arguments):
    options = parse_options(arguments)
    os.makedirs(options.results, exist_ok=True)
    lit_results = os.path.join(options.results, "lit.json")
    ctest_results = os.path.join(options.results, "ctest.xml")
    jobs = str(os.cpu_count() or 1)
    progress = [] if sys.stdout.isatty() else ["--no-progress-bar"]
    filter_out = options.lit_filter_out
    chosen = ["--filter-out", filter_out] if filter_out else []
    tallies = [
        run(
            "lit",
            [options.lit, "-sv", "-j", jobs, *progress, *chosen]
            + ["--output", lit_results, options.lit_suite],
            lit_results,
            read_lit,
        ),
        run(
            "ctest",
            [options.ctest, "--test-dir", options.ctest_directory, "-j", jobs]
            + ["--output-on-failure", "--no-tests=ignore", "--timeout", "600"]
            + ["--output-junit", ctest_results]
            + shlex.split(os.environ.get("COROLINT_CTEST_OPTIONS", "")),
            ctest_results,
            read_ctest,
        ),
    ]
    passed = sum(tally.passed for tally in tallies)
    failed = sum(tally.failed for tally in tallies)
    skipped = sum(tally.skipped for tally in tallies)
    summary = f"{passed} passed, {failed} failed"
    if skipped:
        summary += f", {skipped} skipped"
    with open(
        os.path.join(options.results, "summary.txt"), "w", encoding="utf-8"
    ) as file:
        print(summary, file=file)
    print(summary)
    broken = any(tally.broken for tally in tallies)
    return 0 if passed and not failed and not broken else 1


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
