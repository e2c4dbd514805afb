# Part of corolint, under the Apache License v2.0 with LLVM Exceptions.
# See LICENSE for license information.
# SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
"""Fails if an example of docs/models.md is no valid model, or lacks one.

models.py SOURCE PLUGIN CLANG_TIDY WORK

Every example is read as a model file by the plugin. Every key, value and
condition that the page lists in the first column of a table is part of some
example.
"""

import pathlib
import re
import subprocess
import sys

# The first columns that name no key of a model: results, patterns, kinds.
OTHER_TABLES = {"pattern", "kind", "library", "action"}


def examples(page):
    """The YAML blocks of the page that belong into model files."""
    blocks = re.findall(r"^```yaml\n(.*?)^```", page, re.M | re.S)
    return [b for b in blocks if "CheckOptions" not in b]


def first_columns(page):
    """The cells of each table's first column, without its heading."""
    for table in re.findall(r"(?:^\|.*\n)+", page, re.M):
        rows = [r.split("|")[1].strip() for r in table.splitlines()]
        if rows[0] not in OTHER_TABLES:
            yield from rows[2:]


def is_shown(cell, text):
    """Whether some example has the key, or the condition, of `cell`."""
    condition = re.search(r"`\{(.*)\}`", cell)
    if condition:
        words = [w.strip() for w in condition.group(1).split(",")]
        word = words[-2] if words[-1] == "value: V" else words[-1]
        name, _, value = word.partition(": ")
        value = "[^,}]+" if value.isupper() else re.escape(value)
        return re.search(rf"\{{[^}}]*(?<![\w-]){name}: {value}", text)
    keys = re.findall(r"`([\w-]+)`", cell)
    return all(re.search(rf"(?<![\w-]){key}:", text) for key in keys)


def refusal(block, number, plugin, clang_tidy, work):
    """What the plugin says against an example, or nothing."""
    model = work / f"example{number}.yaml"
    library = "" if "library:" in block else "library: example\n"
    model.write_text(library + block, encoding="utf-8")
    source = work / "empty.cpp"
    source.write_text("int main() {}\n", encoding="utf-8")
    run = subprocess.run(
        [clang_tidy, f"-load={plugin}", "-checks=-*,coro-blocking-call"]
        + [f"-config={{CheckOptions: {{CoroModels: '{model}'}}}}"]
        + [str(source), "--"],
        capture_output=True,
        text=True,
        check=False,
    )
    errors = [line for line in run.stdout.splitlines() if "error:" in line]
    return [f"docs/models.md, example {number}: {e}\n{block}" for e in errors]


def main(arguments):
    source, plugin, clang_tidy, work = arguments
    work = pathlib.Path(work)
    work.mkdir(parents=True, exist_ok=True)
    page = (pathlib.Path(source) / "docs" / "models.md").read_text(encoding="utf-8")
    blocks = examples(page)
    problems = []
    for number, block in enumerate(blocks, start=1):
        problems += refusal(block, number, plugin, clang_tidy, work)
    text = "\n".join(blocks)
    for cell in first_columns(page):
        if not is_shown(cell, text):
            problems.append(f"docs/models.md: no example shows {cell}")
    for problem in problems:
        print(problem)
    return bool(problems)


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
