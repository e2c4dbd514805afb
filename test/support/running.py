# Part of corolint, under the Apache License v2.0 with LLVM Exceptions.
# See LICENSE for license information.
# SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
"""Running the programs under test."""

import subprocess

# Many times what the slowest test takes on a busy machine.
TIMEOUT_SECONDS = 300


class TestFailure(Exception):
    """What the author of the test has to read."""


def run_command(command, **options):
    """The finished process, its output as text; without input, and not for ever."""
    try:
        return subprocess.run(
            command,
            stdin=subprocess.DEVNULL,
            capture_output=True,
            encoding="utf-8",
            errors="replace",
            check=False,
            timeout=TIMEOUT_SECONDS,
            **options,
        )
    except subprocess.TimeoutExpired:
        raise TestFailure(f"hangs: {' '.join(command)}") from None
