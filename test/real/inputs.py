# Part of corolint, under the Apache License v2.0 with LLVM Exceptions.
# See LICENSE for license information.
# SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
"""Where the real input is: other people's coroutines, out of Debian packages."""

import glob
import os
from dataclasses import dataclass

ROOT = os.path.dirname(os.path.dirname(os.path.dirname(os.path.abspath(__file__))))
ASIO_EXAMPLES = "usr/share/doc/libasio-dev/examples"


@dataclass
class RealInput:
    name: str
    file: str
    flags: list


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
        # Asio 1.22 looks for the coroutines of the TS when it sees Clang.
        found.append(
            RealInput(
                os.path.relpath(file, directory),
                file,
                ["-std=c++20", "-DASIO_HAS_CO_AWAIT"],
            )
        )
    return found


def qcoro_headers():
    """Every public header of QCoro for Qt 6, by the name that users include."""
    directory = "/usr/include/qcoro6"
    return sorted(
        os.path.relpath(file, directory)
        for file in glob.glob(directory + "/qcoro/*.h")
        if not file.endswith("_p.h")
    )


def qcoro_flags():
    qt = "/usr/include/x86_64-linux-gnu/qt6"
    for found in glob.glob("/usr/include/*/qt6"):
        qt = found
    modules = sorted(glob.glob(qt + "/Qt*"))
    return ["-std=c++20", "-fPIC", "-I/usr/include/qcoro6", f"-I{qt}"] + [
        f"-I{module}" for module in modules
    ]
