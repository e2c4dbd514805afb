# Part of corolint, under the Apache License v2.0 with LLVM Exceptions.
# See LICENSE for license information.
# SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
"""Where the real input is: other people's coroutines, out of Debian packages."""

import glob
import json
import os
from dataclasses import dataclass

ROOT = os.path.dirname(os.path.dirname(os.path.dirname(os.path.abspath(__file__))))
ASIO_EXAMPLES = "usr/share/doc/libasio-dev/examples"
# Asio 1.22 looks for the coroutines of the TS when it sees Clang.
ASIO_FLAGS = ["-std=c++20", "-DASIO_HAS_CO_AWAIT"]
# Examples without coroutines, in whose callbacks there is something to find.
ASIO_CALLBACKS = [
    "cpp11/fork/daemon.cpp",
    "cpp11/local/fd_passing_stream_server.cpp",
    "cpp11/nonblocking/third_party_lib.cpp",
    "cpp11/ssl/client.cpp",
]
# Programs of several files, and what only the whole of a program shows.
ASIO_PROGRAMS = ["cpp11/http/server/*.cpp", "cpp11/timeouts/server.cpp"]
# No compiler takes it with the Asio 1.22 that brings it: GCC refuses it, too.
ASIO_BROKEN = "cpp03/serialization/"
QCORO = "/usr/include/qcoro6"


@dataclass
class RealInput:
    name: str
    file: str
    flags: list


def write_database(directory, units):
    """Writes a compile_commands.json for real inputs."""
    commands = [
        {
            "directory": directory,
            "file": unit.file,
            "arguments": ["clang++", *unit.flags, "-c", unit.file],
        }
        for unit in units
    ]
    with open(os.path.join(directory, "compile_commands.json"), "w") as stream:
        json.dump(commands, stream)


def asio_directory():
    """Where libasio-doc's examples are, or None.

    Below build/packages if the system drops documentation, as containers do:
    then `./dev setup` unpacks them there.
    """
    for root in ("/", os.path.join(ROOT, "build", "packages", "libasio-doc")):
        directory = os.path.join(root, ASIO_EXAMPLES)
        if os.path.isdir(directory):
            return directory
    return None


def asio_examples():
    """Every example of libasio-doc that uses co_await."""
    directory = asio_directory()
    if not directory:
        return []
    found = []
    for file in sorted(glob.glob(directory + "/**/*.cpp", recursive=True)):
        with open(file, encoding="utf-8", errors="replace") as stream:
            if "co_await" not in stream.read():
                continue
        found.append(RealInput(os.path.relpath(file, directory), file, ASIO_FLAGS))
    return found


def asio_callbacks():
    directory = asio_directory()
    if not directory:
        return []
    return [
        RealInput(name, os.path.join(directory, name), ASIO_FLAGS)
        for name in ASIO_CALLBACKS
    ]


def asio_programs(everything):
    """Units for the driver: a few, or all examples that are not for Windows."""
    directory = asio_directory()
    if not directory:
        return []
    patterns = ["**/*.cpp"] if everything else ASIO_PROGRAMS + ASIO_CALLBACKS
    names = {
        os.path.relpath(file, directory)
        for pattern in patterns
        for file in glob.glob(os.path.join(directory, pattern), recursive=True)
    }
    return [
        RealInput(name, os.path.join(directory, name), asio_flags(name))
        for name in sorted(names)
        if "/windows/" not in name and not name.startswith(ASIO_BROKEN)
    ]


def asio_flags(name):
    """Those of before C++11 take from Boost what the standard library lacks."""
    return ASIO_FLAGS + (["-DASIO_ENABLE_BOOST"] if name.startswith("cpp03/") else [])


def qcoro_headers(work):
    """Every public header of QCoro for Qt 6, each included by a file in `work`."""
    flags = qcoro_flags()
    found = []
    for header in sorted(glob.glob(QCORO + "/qcoro/*.h")):
        name = os.path.relpath(header, QCORO)
        if name.endswith(("_p.h", "_export.h")):
            continue
        file = os.path.join(work, os.path.basename(header)[:-2] + ".cpp")
        with open(file, "w", encoding="utf-8") as stream:
            stream.write(f"#include <{name}>\n")
        found.append(RealInput(name, file, flags))
    return found


def qcoro_flags():
    flags = ["-std=c++20", "-fPIC", f"-I{QCORO}", f"-I{QCORO}/qcoro"]
    for directory in qt_directories():
        flags += ["-isystem", directory]
    return flags


def qt_directories():
    """Where the headers of Qt 6 are; empty if it is not installed."""
    found = []
    for qt in glob.glob("/usr/include/*/qt6"):
        found += [qt, *sorted(glob.glob(qt + "/Qt*"))]
    return found
