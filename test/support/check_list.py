# Part of corolint, under the Apache License v2.0 with LLVM Exceptions.
# See LICENSE for license information.
# SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
"""Reads the list of checks, checks/Checks.def."""

import os
import re

SOURCE = os.path.dirname(os.path.dirname(os.path.dirname(os.path.abspath(__file__))))
ENTRY = re.compile(
    r'^COROLINT_CHECK\((?P<cls>\w+), "(?P<name>[a-z0-9-]+)",\s*'
    r'(?P<sentence>(?:"[^"\n]*"\s*)+), *(?P<effects>[^,)]*), *(?P<when>\w+)\)',
    re.M,
)


def entries(text):
    """(class, name, sentence) of each entry of `text`."""
    return [
        (found["cls"], found["name"], "".join(re.findall('"([^"]*)"', found["sentence"])))
        for found in ENTRY.finditer(text)
    ]


def read(root):
    with open(os.path.join(root, "checks/Checks.def"), encoding="utf-8") as file:
        return file.read()


def names(root=SOURCE):
    return [name for _, name, _ in entries(read(root))]


def names_on_by_default(root=SOURCE):
    """The checks that `coro-*` enables."""
    return [
        found["name"] for found in ENTRY.finditer(read(root)) if found["when"] == "ByDefault"
    ]
