#!/usr/bin/env python3
# Part of corolint, under the Apache License v2.0 with LLVM Exceptions.
# See LICENSE for license information.
# SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
"""Runs every check over real coroutines and compares what they find.

Usage: run.py asio|qcoro PLUGIN CLANG_TIDY WORK_DIRECTORY
       run.py programs PLUGIN CLANG_TIDY WORK_DIRECTORY CORO

`programs` runs the driver over some of Asio's programs, or over every example with
COROLINT_TEST_ASIO=all (six minutes on two cores). The plugin, with the index, must
report the same findings for each file that has some.

README.md's table must list each finding with a verdict, and each row of the table
must be found. The test fails if a program crashes or an error occurs, and if a file
does not parse unless README.md lists it.
"""

import json
import os
import re
import subprocess
import sys

import inputs

HERE = os.path.dirname(os.path.abspath(__file__))
CHECKS = "coro-*"
LINE = re.compile(
    r"^(?P<file>[^:\n]+):(?P<line>\d+):(?P<column>\d+): "
    r"(?P<severity>warning|error): (?P<message>.*) \[(?P<check>[^\]]+)\]$"
)
# | where | check | finding | verdict |
ROW = re.compile(r"^\| `([^`]+)` \| ([\w-]+) \| (.+?) \| (.+?) \|$", re.M)
# - `header`: does not parse: why
UNPARSED = re.compile(r"^- `([^`]+)` does not parse: .+$", re.M)


def listed_in_readme(suite):
    """The findings and the unparsable files of a suite's sections."""
    with open(os.path.join(HERE, "README.md"), encoding="utf-8") as file:
        sections = re.split(r"^## ", file.read(), flags=re.M)
    section = "".join(s for s in sections if s.lower().startswith(suite))
    findings = {
        f"{where} {check} {message}"
        for where, check, message, verdict in ROW.findall(section)
    }
    return findings, set(UNPARSED.findall(section))


def prove_checks_are_loaded(tidy):
    result = subprocess.run(
        tidy + ["--list-checks"], capture_output=True, encoding="utf-8", check=False
    )
    if " coro-" not in result.stdout:
        sys.exit(f"the checks are not loaded:\n{result.stdout}{result.stderr}")


def short_name(path, suite):
    root = inputs.QCORO if suite == "qcoro" else inputs.asio_directory()
    return os.path.relpath(path, root) if path.startswith(root) else path


def examine(tidy, suite, real):
    """The findings in one file, the errors, and whether clang-tidy died."""
    result = subprocess.run(
        tidy + [real.file, "--", *real.flags],
        capture_output=True,
        encoding="utf-8",
        errors="replace",
        check=False,
    )
    if result.returncode not in (0, 1) or "Stack dump" in result.stderr:
        problem = f"{real.name}: clang-tidy died with {result.returncode}"
        return set(), [f"{problem}\n{result.stderr[:3000]}"], True
    findings, errors = set(), []
    for line in result.stdout.splitlines():
        match = LINE.match(line)
        if not match:
            continue
        if match["severity"] == "error":
            errors.append(line)
            continue
        where = f"{short_name(match['file'], suite)}:{match['line']}"
        findings.add(f"{where} {match['check']} {match['message']}")
    if result.returncode and not errors:
        errors.append(f"clang-tidy exited with {result.returncode}")
    return findings, errors, False


def whole_programs(tidy, work, corolint):
    """What the driver finds beside the tables, and where the plugin differs."""
    everything = os.environ.get("COROLINT_TEST_ASIO") == "all"
    units = inputs.asio_programs(everything)
    if not units:
        sys.exit("no real input: run ./dev setup test")
    os.makedirs(work, exist_ok=True)
    inputs.write_database(work, units)
    index = os.path.join(work, "program.index")
    result = subprocess.run(
        [corolint, "check", "-p", work, "--no-cache", "--quiet", "--format=json"]
        + ["--index", index],
        capture_output=True,
        encoding="utf-8",
        check=False,
    )
    if result.returncode not in (0, 1) or result.stderr:
        sys.exit(f"corolint check: {result.returncode}\n{result.stderr[:3000]}")
    found = {
        f"{short_name(f['file'], 'programs')}:{f['line']} {f['check']} {f['message']}"
        for f in json.loads(result.stdout)["findings"]
    }
    names = {unit.name for unit in units}
    listed = {
        row
        for suite in ("asio", "programs")
        for row in listed_in_readme(suite)[0]
        if row.split(":")[0] in names
    }
    problems = [f"not listed in README.md: {one}" for one in sorted(found - listed)]
    problems += [f"listed, but not found: {one}" for one in sorted(listed - found)]
    tidy = [*tidy, f"--config={{CheckOptions: {{CoroIndex: '{index}'}}}}"]
    tidy.remove("--config={}")
    for unit in units:
        own = {one for one in found if one.startswith(unit.name + ":")}
        if own:
            said, errors, _ = examine(tidy, "programs", unit)
            problems += errors
            problems += [f"only one says: {one}" for one in sorted(said ^ own)]
    print("\n".join(problems))
    print(f"programs: {len(units)} units, {len(found)} findings")
    return 1 if problems else 0


def main(arguments):
    suite, plugin, clang_tidy, work, *driver = arguments
    tidy = [clang_tidy, "--quiet", f"--load={plugin}", "--config={}"]
    tidy += [f"--checks=-*,{CHECKS}", f"--header-filter={inputs.QCORO}"]
    prove_checks_are_loaded(tidy)
    if suite == "programs":
        return whole_programs(tidy, os.path.abspath(work), *driver)
    os.makedirs(work, exist_ok=True)
    if suite == "asio":
        files = inputs.asio_examples() + inputs.asio_callbacks()
    else:
        files = inputs.qcoro_headers(work)
    if not files:
        sys.exit(f"no real input for {suite}: run ./dev setup test")

    listed, listed_unparsed = listed_in_readme(suite)
    found, problems = set(), []
    for real in files:
        findings, errors, died = examine(tidy, suite, real)
        found |= findings
        if died:
            problems += errors
        elif errors and real.name not in listed_unparsed:
            problems += [f"does not parse: {real.name}", *errors[:3]]
        elif not errors and real.name in listed_unparsed:
            problems.append(f"listed as not parsing, but does: {real.name}")
    problems += [f"not listed in README.md: {one}" for one in sorted(found - listed)]
    problems += [f"listed, but not found: {one}" for one in sorted(listed - found)]
    print("\n".join(problems))
    print(f"{suite}: {len(files)} files, {len(found)} findings")
    return 1 if problems else 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
