#!/usr/bin/env python3
# Part of corolint, under the Apache License v2.0 with LLVM Exceptions.
# See LICENSE for license information.
# SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
"""Compares the findings in docs/demo/demo.cpp with the list of checks.

Usage: demo.py SOURCE PLUGIN CLANG_TIDY

Each check has exactly one finding there, as `./dev demo` expects.
"""

import collections
import re
import subprocess
import sys


def main():
    source, plugin, clang_tidy = sys.argv[1:]
    with open(f"{source}/checks/Checks.def", encoding="utf-8") as file:
        checks = re.findall(r'^COROLINT_CHECK\(\w+, "([^"]+)"', file.read(), re.M)
    said = subprocess.run(
        [clang_tidy, "--quiet", f"--load={plugin}", "--config={}"]
        + [f"--checks=-*,{','.join(checks)}", f"{source}/docs/demo/demo.cpp"]
        + ["--", "-std=c++20", f"-I{source}/include"],
        check=True,
        capture_output=True,
        text=True,
    ).stdout
    found = collections.Counter(re.findall(r"warning: .* \[(.+)\]$", said, re.M))
    if found != collections.Counter(checks):
        sys.exit(f"{said}\ndemo.cpp: not one finding of each check: {found}")


if __name__ == "__main__":
    main()
