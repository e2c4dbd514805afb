#!/usr/bin/env python3
"""Stands in for clang-tidy where the runner itself is tested.

Its one check, fake-check, warns at each of these words in a file:

    bad_call       no fix-it
    noted_call     no fix-it, two notes
    fixable_call   becomes fixed_call
    endless_call   becomes endless_call(), endless_call
    breaking_call  becomes }

A file with more closing braces than opening ones does not compile. A precompiled
header is a warning, so that tests see it.
"""

import os
import re
import sys

FIXES = {
    "fixable_call": "fixed_call",
    "endless_call": "endless_call(), endless_call",
    "breaking_call": "}",
}
WORD = re.compile(r"\b(bad_call|noted_call|" + "|".join(FIXES) + r")\b")


def warn(file, line, column, word):
    print(f"{file}:{line}:{column}: warning: found '{word}' [fake-check]")
    print(f"   {line} |   some text: with colons, warning: not a diagnostic")
    if word == "noted_call":
        print(f"{file}:1:1: note: first reason")
        print(f"{file}:2:1: note: second reason")


def main(arguments):
    options = arguments[: arguments.index("--")] if "--" in arguments else arguments
    for option in options:
        if option.startswith("--load=") and not os.path.exists(option[7:]):
            print("Error opening it: no such file\n  -load request ignored.")
    if "--list-checks" in options:
        print("Enabled checks:\n    fake-check\n")
        return 0
    file = next(option for option in options if not option.startswith("-"))
    if os.environ.get("FAKE_CRASH"):
        os.abort()
    with open(file, encoding="utf-8") as stream:
        text = stream.read()
    if text.count("}") > text.count("{"):
        print(f"{file}:1:1: error: extraneous closing brace [clang-diagnostic-error]")
        return 1
    if "-include-pch" in arguments:
        print(f"{file}:1:1: warning: precompiled [fake-check]")
    found = []
    for number, line in enumerate(text.splitlines(), start=1):
        if line.startswith("void "):
            continue
        for match in WORD.finditer(line):
            warn(file, number, match.start() + 1, match.group())
            found.append(match.group())
    fixed = [word for word in found if word in FIXES]
    for option in options:
        if option.startswith("--export-fixes=") and found:
            with open(option.split("=", 1)[1], "w", encoding="utf-8") as stream:
                stream.write("---\nDiagnostics:\n  - DiagnosticName:  fake-check\n")
                for _ in fixed:
                    stream.write(f"        - FilePath:        '{file}'\n")
    if "--fix" in options:
        lines = [
            line
            if line.startswith("void ")
            else WORD.sub(lambda match: FIXES.get(match.group(), match.group()), line)
            for line in text.splitlines(keepends=True)
        ]
        with open(file, "w", encoding="utf-8") as stream:
            stream.write("".join(lines))
    return 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
