# Part of corolint, under the Apache License v2.0 with LLVM Exceptions.
# See LICENSE for license information.
# SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
"""Makes a Bazel workspace of the project chain, and runs Bazel in it, offline.

bazel.py SOURCE BUILD LLVM PROJECT WORK ARGUMENT...: ARGUMENTs are Bazel's.
With `make` for ARGUMENT, only makes it; with `clean`, removes what Bazel made.
"""

import hashlib
import pathlib
import shutil
import subprocess
import sys
import tempfile

source, build, llvm, project, work = sys.argv[1:6]
arguments = sys.argv[6:]
work = pathlib.Path(work).resolve()
source, build = pathlib.Path(source), pathlib.Path(build).resolve()
tools = work.with_name(work.name + ".tools")
# What Bazel would download. Debian's own package of these rules is too new for
# its Bazel, which has them built in.
RULES = {
    "rules_cc": ["cc_binary", "cc_import", "cc_library", "cc_test", "cc_toolchain"]
    + ["cc_toolchain_suite", "objc_library"],
    "rules_java": ["java_binary", "java_import", "java_library", "java_plugin"]
    + ["java_runtime", "java_test", "java_toolchain", "java_package_configuration"],
}

# Not below this project: its .clang-tidy would hold there.
name = hashlib.sha256(str(work).encode()).hexdigest()[:12]
output = pathlib.Path(tempfile.gettempdir()) / f"corolint-bazel-{name}"

if arguments == ["clean"]:
    # Bazel protects what it made.
    subprocess.run(["chmod", "-R", "u+w", output], check=True)
    shutil.rmtree(output)
    sys.exit(0)

if arguments == ["make"]:
    shutil.rmtree(work, ignore_errors=True)
    shutil.copytree(project, work)
    shutil.copytree(source / "tools" / "bazel", work / "tools" / "bazel")
    shutil.copytree(source / "include", work / "include")
    shutil.rmtree(tools, ignore_errors=True)
    for name, rules in RULES.items():
        package = tools / name / name.removeprefix("rules_")
        package.mkdir(parents=True)
        (tools / name / "WORKSPACE").touch()
        (package / "BUILD").touch()
        (package / "defs.bzl").write_text(
            "".join(f"{rule} = native.{rule}\n" for rule in rules)
        )
    (tools / "corolint").symlink_to(build / "bin" / "corolint")
    (tools / "clang-tidy").symlink_to(shutil.which(f"clang-tidy-{llvm}"))
    (tools / "corolint.so").symlink_to(build / "lib" / "corolint.so")
    (tools / "WORKSPACE").touch()
    (tools / "BUILD").write_text(
        'exports_files(["corolint", "clang-tidy", "corolint.so"])\n'
    )
    (work / "WORKSPACE").write_text(
        'workspace(name = "chain")\n'
        f'local_repository(name = "corolint_tools", path = "{tools}")\n'
    )
    names = sorted(p.stem for p in work.glob("*.cpp"))
    text = 'load("//tools/bazel:corolint.bzl", "corolint_index")\n'
    text += 'cc_library(name = "annotations", hdrs = '
    text += '["include/corolint/annotations.h"], includes = ["include"])\n'
    for name in names:
        text += f'cc_library(name = "{name}", srcs = ["{name}.cpp"], '
        text += 'hdrs = glob(["*.h"]), copts = ["-std=c++20"], '
        text += 'deps = [":annotations"])\n'
    text += f'corolint_index(name = "program", deps = {[":" + n for n in names]})\n'
    (work / "BUILD").write_text(text)
    sys.exit(0)

result = subprocess.run(
    ["bazel", "--batch", f"--output_user_root={output}", *arguments[:1]]
    + [f"--override_repository={name}={tools / name}" for name in RULES]
    + ["--color=no", "--curses=no", *arguments[1:]],
    cwd=work, timeout=280,
)
sys.exit(result.returncode)
