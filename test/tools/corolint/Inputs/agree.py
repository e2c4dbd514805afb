# Part of corolint, under the Apache License v2.0 with LLVM Exceptions.
# See LICENSE for license information.
# SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
"""Plugin and driver say the same: finding by finding, note by note.

agree.py files CORO TIDY WORK FLAG... -- FILE... [but=FILE...]
    Each file alone: what the plugin says without an index is what `check` says.
agree.py program CORO TIDY DATABASE [INDEX]
    A whole program: what the plugin says of its files with the index, all
    together, is what `check` says of the program.
Exits 1 and tells the differences.
"""

import concurrent.futures
import json
import os
import pathlib
import re
import shlex
import subprocess
import sys

DIAGNOSTIC = re.compile(
    r"^(?P<file>/[^:\n]+):(?P<line>\d+):(?P<column>\d+): "
    r"(?P<severity>warning|error|note): (?P<message>.*?)(?: \[(?P<checks>[^\]]*)\])?$"
)


def tidy_findings(tidy, database, file, index=None):
    """What clang-tidy with the plugin says, as the driver's JSON has it."""
    options = f"CoroIndex: '{index}'" if index else ""
    result = subprocess.run(
        [*tidy, "--checks=-*,coro-*", "--header-filter=.*", "--quiet", "-p", database]
        + [f"--config={{InheritParentConfig: true, CheckOptions: {{{options}}}}}", file],
        capture_output=True, text=True,
    )
    findings = []
    for line in result.stdout.splitlines():
        match = DIAGNOSTIC.match(line)
        if not match:
            continue
        place = (
            os.path.realpath(match["file"]), int(match["line"]), int(match["column"]),
        )
        if match["severity"] == "note":
            # `[posix]` is part of a note.
            text = line.split(": note: ", 1)[1]
            # Clang's own, of how it prints a place in a macro.
            if not text.startswith("expanded from macro "):
                findings[-1][3].append((text, *place))
        else:
            findings.append((match["checks"], match["message"], place, []))
    return [
        (check_of(c, m), m, p, tuple(n))
        for c, m, p, n in findings if c and not c.startswith("clang-diagnostic")
    ]


def check_of(checks, message):
    """Misused annotations are no single check's: the first to come says so."""
    if "corolint annotation" in message or " is declared both " in message:
        return "annotations"
    return checks.removesuffix(",-warnings-as-errors")


def driver_findings(corolint, database, *arguments):
    result = subprocess.run(
        [corolint, "check", "-p", database, "--no-cache", "--quiet"]
        + ["--format", "json", *arguments],
        capture_output=True, text=True,
    )
    if result.returncode == 2 and not result.stdout:
        sys.exit(result.stderr)

    def place(entry):
        return os.path.realpath(entry["file"]), entry["line"], entry["column"]

    return [
        (
            check_of(f["check"], f["message"]), f["message"], place(f),
            tuple((n["message"], *place(n)) for n in f["notes"]),
        )
        for f in json.loads(result.stdout)["findings"]
    ]


def show(finding):
    check, message, (file, line, column), notes = finding
    text = f"{file}:{line}:{column}: {message} [{check}]"
    for note, where, line, column in notes:
        text += f"\n    {where}:{line}:{column}: {note}"
    return text


def compare(name, plugin, driver):
    """Prints what only one of them says; returns how much that is."""
    wrong = 0
    for who, these, others in (("plugin", plugin, driver), ("driver", driver, plugin)):
        for finding in sorted(set(these) - set(others)):
            print(f"{name}: only the {who} says:\n  {show(finding)}")
            wrong += 1
    return wrong


def merged(findings):
    """Each finding once, though several units have it."""
    once = {}
    for finding in findings:
        once.setdefault(finding[:3], finding)
    return list(once.values())


def standard_of(file):
    """The first standard that the file's own RUN line asks for."""
    match = re.search(r"RUN:.*-std=(c\+\+\d\d)", file.read_text(errors="replace"))
    return match[1] if match else "c++20"


def files(corolint, tidy, work, *rest):
    at = rest.index("--")
    flags, names = list(rest[:at]), rest[at + 1 :]
    but = [name.removeprefix("but=") for name in names if name.startswith("but=")]
    names = [
        pathlib.Path(name).resolve()
        for name in names
        if not name.startswith("but=") and not name.endswith(tuple(but))
    ]
    work = pathlib.Path(work)
    work.mkdir(parents=True, exist_ok=True)
    commands = [
        {
            "directory": str(work), "file": str(file),
            "arguments": ["clang++", f"-std={standard_of(file)}", *flags]
            + ["-c", str(file)],
        }
        for file in names
    ]
    (work / "compile_commands.json").write_text(json.dumps(commands))

    def one(file):
        plugin = tidy_findings(shlex.split(tidy), str(work), str(file))
        driver = driver_findings(corolint, str(work), "-j1", str(file))
        return file, merged(plugin), driver

    wrong = total = 0
    with concurrent.futures.ThreadPoolExecutor(os.cpu_count()) as pool:
        for file, plugin, driver in pool.map(one, names):
            total += len(driver)
            wrong += compare(file.name, plugin, driver)
    print(f"{len(names)} files, {total} findings, {wrong} differences")
    return wrong


def program(corolint, tidy, database, index=None):
    fresh = os.path.join(database, "program.index")
    driver = driver_findings(corolint, database, "--index", fresh)
    index = index or fresh
    with open(os.path.join(database, "compile_commands.json")) as stream:
        names = sorted({c["file"] for c in json.load(stream)})
    with concurrent.futures.ThreadPoolExecutor(os.cpu_count()) as pool:
        each = pool.map(
            lambda name: tidy_findings(shlex.split(tidy), database, name, index), names
        )
        plugin = merged(finding for findings in each for finding in findings)
    wrong = compare("program", plugin, driver)
    print(f"{len(names)} files, {len(driver)} findings, {wrong} differences")
    return wrong


if __name__ == "__main__":
    mode = {"files": files, "program": program}[sys.argv[1]]
    sys.exit(1 if mode(*sys.argv[2:]) else 0)
