# Part of corolint, under the Apache License v2.0 with LLVM Exceptions.
# See LICENSE for license information.
# SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
"""How lit runs the tests. Started through the build's lit.site.cfg.py."""

import os
import platform
import sys

import check_corolint
import lit.formats

source = os.path.dirname(os.path.dirname(os.path.abspath(__file__)))
llvm = config.corolint_llvm
plugin = os.path.join(config.corolint_build, "lib", "corolint.so")
mocks = os.path.join(source, "test", "checks", "Inputs")

config.name = "corolint"
config.test_format = lit.formats.ShTest(execute_external=False)
config.suffixes = [".c", ".cpp", ".m", ".mm", ".test"]
config.excludes = ["Inputs"]
config.test_source_root = os.path.join(source, "test")
config.test_exec_root = os.path.join(config.corolint_build, "test")
config.available_features.add(f"llvm-{llvm}")

# What tests in Python share.
config.environment["PYTHONPATH"] = os.path.join(source, "test", "support")
# What `./dev setup test` brings by npm, for the tests of every build.
npm = os.path.join(source, "build", "packages", "npm", "node_modules", ".bin")
# Scripts run by the interpreter of lit: another may start through a slow wrapper.
interpreter = os.path.join(config.test_exec_root, "bin", "python3")
if not os.path.exists(interpreter):
    os.makedirs(os.path.dirname(interpreter), exist_ok=True)
    os.symlink(sys.executable, f"{interpreter}.{os.getpid()}")
    os.replace(f"{interpreter}.{os.getpid()}", interpreter)
config.environment["PATH"] = os.pathsep.join(
    [os.path.dirname(interpreter), config.environment["PATH"], npm]
)
# What is freed is overwritten at once: a use after free does not pass by luck.
config.environment["GLIBC_TUNABLES"] = (
    "glibc.malloc.tcache_count=0:glibc.malloc.perturb=165"
)

# Asked once for all tests. A build of the runtime alone has no plugin to ask about.
listed = os.path.join(config.test_exec_root, "listed-checks.txt")
if os.path.exists(plugin):
    # Tests of another run of lit may be reading the file.
    with open(f"{listed}.{os.getpid()}", "w", encoding="utf-8") as file:
        file.write(check_corolint.list_checks(f"clang-tidy-{llvm}", [plugin]))
    os.replace(file.name, listed)

check_corolint_command = (
    f"{sys.executable} {source}/test/support/check_corolint.py --load={plugin}"
    f" --clang-tidy=clang-tidy-{llvm} --listed={listed}"
    f" --filecheck=FileCheck-{llvm} --include={source}/include --include={mocks}"
)
# The last that fits is used: what a library's headers are precompiled with includes
# the standard library's.
for header in "standard", "boost", "qt", "asio":
    precompiled = os.path.join(config.test_exec_root, "checks", f"{header}.h.pch")
    check_corolint_command += f" --precompiled={mocks}/{header}.h={precompiled}"

# Longest first: lit replaces in order, and `%clang` begins `%clang_tidy`.
# The directories of the headers of Qt and QCoro.
qt = f"/usr/include/{platform.machine()}-linux-gnu/qt6"
qt_modules = "Concurrent Core DBus Gui Network Sql Test Widgets".split()
config.qt_flags = f"-I{qt} -I/usr/include/qcoro6 " + " ".join(
    f"-I{qt}/Qt{module}" for module in qt_modules
)

config.substitutions += [
    ("%check_corolint", check_corolint_command),
    ("%qt_flags", config.qt_flags),
    ("%clang_tidy", f"clang-tidy-{llvm} --load={plugin}"),
    ("%clangxx", f"clang++-{llvm}"),
    ("%clang", f"clang-{llvm}"),
    ("%plugin", plugin),
    ("%python", sys.executable),
    ("%lit", config.corolint_lit),
    ("%ctest", config.corolint_ctest),
    ("%source", source),
    ("%llvm", llvm),
    ("%build", config.corolint_build),
    (r"(?<![-=/\w])FileCheck(?![-\w])", f"FileCheck-{llvm}"),
    ("%not", f"not-{llvm}"),
]
