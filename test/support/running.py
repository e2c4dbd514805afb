# Part of corolint, under the Apache License v2.0 with LLVM Exceptions.
# See LICENSE for license information.
# SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
"""Runs the programs under test."""

import subprocess

# Many times the duration of the slowest test on a busy machine.
TIMEOUT_SECONDS = 300


class TestFailure(Exception):
    """A failure, with a message for the author of the test."""


def run_command(command, **options):
    """Runs a process without input and with a time limit; its output is text."""
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
