# Part of corolint, under the Apache License v2.0 with LLVM Exceptions.
# See LICENSE for license information.
# SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
"""Compares the options in --help, the manual page and the completions."""

import os
import re
import shutil
import subprocess
import sys

corolint, source = sys.argv[1:]
with open(f"{source}/docs/man/corolint.1", encoding="utf-8") as file:
    manual = file.read().replace("\\-", "-")
with open(f"{source}/tools/corolint/corolint.bash", encoding="utf-8") as file:
    completion = file.read()
with open(f"{source}/tools/corolint/corolint.zsh", encoding="utf-8") as file:
    zsh = file.read()
with open(f"{source}/tools/corolint/corolint.fish", encoding="utf-8") as file:
    fish = file.read()


def zsh_options(command):
    """Those of the command's branch, and of the lists that it names."""
    branch = re.search(rf"^{command}\)(.*?);;", zsh, re.M | re.S).group(1)
    for name in ("extracting", "database"):
        if f"${name}" in branch:
            branch += re.search(rf"^{name}=\((.*?)^\)", zsh, re.M | re.S).group(1)
    return set(re.findall(r"""['"](--?[a-z-]+)=?\[""", branch)) - {"--help"}


def fish_options(command):
    found = set()
    for names, kind, option in re.findall(
        r'^ +__corolint_option "?([a-z ]+?)"? -([sl]) ([\w-]+)', fish, re.M
    ):
        if command in names.split():
            found.add(("-" if kind == "s" else "--") + option)
    return found


for command in "check audit extract link explain ninja doctor init".split():
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
    assert options == zsh_options(command), (command, options, zsh_options(command))
    assert options == fish_options(command), (command, options, fish_options(command))
    assert f"'{command}:" in zsh or f'"{command}:' in zsh, command
    assert f"-a {command} -d" in fish, command

# What the shells make of them, where they are there.
if shutil.which("zsh"):
    subprocess.run(["zsh", "-n", f"{source}/tools/corolint/corolint.zsh"], check=True)
if shutil.which("fish"):
    environment = os.environ | {"XDG_CONFIG_HOME": "/nonexistent", "HOME": "/nonexistent"}
    for line, wanted in {
        "corolint ex": {"explain", "extract"},
        "corolint check --format s": {"--format=sarif", "sarif"},
        "corolint check --wri": {"--write-baseline"},
        "corolint audit --mo": {"--model"},
        "corolint init --f": {"--force"},
        "corolint link --f": set(),
    }.items():
        script = f"source {source}/tools/corolint/corolint.fish; complete -C '{line}'"
        completed = subprocess.run(
            ["fish", "--no-config", "-c", script], capture_output=True, text=True,
            env=environment, check=True,
        )
        assert not completed.stderr, completed
        words = {each.split("\t")[0] for each in completed.stdout.splitlines()}
        words = {word for word in words if not os.path.exists(word)}
        assert words == wanted or (words and words < wanted), (line, words)
