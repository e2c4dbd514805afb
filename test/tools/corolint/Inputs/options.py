# Part of corolint, under the Apache License v2.0 with LLVM Exceptions.
# See LICENSE for license information.
# SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
"""Compares the options in --help, the manual page and the bash completion."""

import re
import subprocess
import sys

corolint, source = sys.argv[1:]
with open(f"{source}/docs/man/corolint.1", encoding="utf-8") as file:
    manual = file.read().replace("\\-", "-")
with open(f"{source}/tools/corolint/corolint.bash", encoding="utf-8") as file:
    completion = file.read()
for command in "check extract link explain ninja doctor init".split():
    help_text = subprocess.run(
        [corolint, command, "--help"], capture_output=True, text=True, check=True
    ).stdout
    options = set(re.findall(r"^  (--?[a-z-]+)", help_text, re.M))
    # llvm::cl's own.
    options -= {"--help", "--version", "--help-hidden", "--help-list",
                "--help-list-hidden", "--print-options", "--print-all-options",
                "-h", "--color"}
    assert options or command == "init", (command, help_text)
    completed = re.search(rf'^  {command}\) Options="(.*)" ;;', completion, re.M)
    assert completed, command
    assert options == set(completed.group(1).split()), (command, options)
    for option in options:
        assert option in manual, (command, option)
    assert f".B corolint {command}" in manual, command
