# Part of corolint, under the Apache License v2.0 with LLVM Exceptions.
# See LICENSE for license information.
# SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
"""Loads the plugin into every clang-tidy but its own: other_versions.py MAJOR PLUGIN.

Each must fail, and say which package has the clang-tidy that fits.
"""

import shutil
import subprocess
import sys


def complaint(tidy, package, plugin):
    """What is wrong with how TIDY refuses the plugin, or None."""
    run = subprocess.run(
        [tidy, f"--load={plugin}", "--checks=-*,coro-*", "--list-checks"],
        capture_output=True,
        text=True,
        check=False,
    )
    if run.returncode == 0:
        return f"{tidy} succeeds:\n{run.stdout}{run.stderr}"
    if package not in run.stderr:
        return f"{tidy} does not name the package {package}:\n{run.stderr}"
    return None


def main(arguments):
    major, plugin = arguments
    others = [f"clang-tidy-{n}" for n in range(16, 40) if str(n) != major]
    found = [tidy for tidy in others if shutil.which(tidy)]
    complaints = [complaint(tidy, f"clang-tidy-{major}", plugin) for tidy in found]
    print("\n".join(filter(None, complaints)))
    return 1 if any(complaints) else 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
