# Part of corolint, under the Apache License v2.0 with LLVM Exceptions.
# See LICENSE for license information.
# SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
"""Copies a project and writes its compile_commands.json.

make_database.py FROM TO [FLAG...]: FLAG is added to every command.
"""

import json
import pathlib
import shutil
import sys

source, target = map(pathlib.Path, sys.argv[1:3])
flags = sys.argv[3:]
include = pathlib.Path(__file__).resolve().parents[4] / "include"
if target.exists():
    shutil.rmtree(target)
shutil.copytree(source, target)
target = target.resolve()
commands = [
    {
        "directory": str(target),
        "file": str(file),
        "arguments": ["clang++", "-std=c++20", f"-I{include}", *flags]
        + ["-c", str(file), "-o", f"{file.stem}.o"],
    }
    for file in sorted(target.rglob("*.cpp"))
]
(target / "compile_commands.json").write_text(json.dumps(commands, indent=1))
