# Part of corolint, under the Apache License v2.0 with LLVM Exceptions.
# See LICENSE for license information.
# SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
"""Copies this project and writes a database as CMake does for a compiler.

make_database.py clang|gcc TO. The files that map modules to BMIs are response files,
which only the build makes; Clang's name BMIs that were never built.
"""

import json
import pathlib
import shutil
import sys

compiler, target = sys.argv[1], pathlib.Path(sys.argv[2]).resolve()
source = pathlib.Path(__file__).resolve().parent
shutil.rmtree(target, ignore_errors=True)
shutil.copytree(source, target)
commands = []
for file in ("net.cppm", "cache.cppm", "store.cpp", "main.cpp"):
    output = f"CMakeFiles/app.dir/{file}.o"
    if compiler == "gcc":
        command = ["g++", "-std=c++20", "-fmodules-ts", "-fdeps-format=p1689r5"]
        modules = [f"-fmodule-mapper={output}.modmap", "-x c++"]
    else:
        command = ["clang++", "-std=c++20"]
        modules = ["-fmodule-file=net=net.pcm", "-fmodule-file=net:cache=net-cache.pcm"]
        if file.endswith(".cppm"):
            modules += ["-x c++-module", f"-fmodule-output={file}.pcm"]
    (target / output).parent.mkdir(parents=True, exist_ok=True)
    (target / f"{output}.modmap").write_text("\n".join(modules))
    command += [f"@{output}.modmap", "-o", output, "-c", str(target / file)]
    commands.append(
        {
            "directory": str(target),
            "file": str(target / file),
            "output": output,
            "command": " ".join(command),
        }
    )
(target / "compile_commands.json").write_text(json.dumps(commands, indent=1))
