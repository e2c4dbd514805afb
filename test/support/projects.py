# Part of corolint, under the Apache License v2.0 with LLVM Exceptions.
# See LICENSE for license information.
# SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
"""Temporary projects of a few files for tests of the tools.

Its code may include `coro.h`, the mocks of the checks' own tests.
"""

import json
import os
import shutil
import subprocess
import tempfile

SUPPORT = os.path.dirname(os.path.abspath(__file__))
SOURCE = os.path.dirname(os.path.dirname(SUPPORT))
FLAGS = ["-std=c++20", f"-I{SOURCE}/include", f"-I{SOURCE}/test/checks/Inputs"]


def read(path):
    with open(path, encoding="utf-8") as file:
        return file.read()


class Project:
    """A directory. Names of files are relative to it."""

    def __init__(self, add_cleanup):
        """`add_cleanup` is addCleanup of the test, or addClassCleanup."""
        self.directory = tempfile.mkdtemp()
        add_cleanup(shutil.rmtree, self.directory)

    def path(self, name):
        return os.path.join(self.directory, name)

    def read(self, name):
        return read(self.path(name))

    def write(self, name, text):
        os.makedirs(os.path.dirname(self.path(name)), exist_ok=True)
        with open(self.path(name), "w", encoding="utf-8") as file:
            file.write(text)
        return self.path(name)

    def write_pause(self):
        """A `main.cpp` with one finding, which has a fix, and the model for it."""
        shutil.copytree(f"{SUPPORT}/Inputs/pause", self.directory, dirs_exist_ok=True)

    def write_flags(self, flags=FLAGS, directory="."):
        self.write(f"{directory}/compile_flags.txt", "".join(f"{f}\n" for f in flags))

    def write_database(self, *names, directory="build"):
        commands = [
            {
                "directory": self.directory,
                "file": name,
                "arguments": ["clang++", *FLAGS, "-Iinclude", "-c", f"./{name}"],
            }
            for name in names
        ]
        self.write(f"{directory}/compile_commands.json", json.dumps(commands))

    def run(self, command, environment=None, directory="."):
        """(exit status, output) of a list of arguments."""
        done = subprocess.run(
            command,
            cwd=self.path(directory),
            env=environment,
            stdout=subprocess.PIPE,
            stderr=subprocess.STDOUT,
            text=True,
            check=False,
        )
        return done.returncode, done.stdout

    def git(self, *arguments):
        who = ["-c", "user.name=T", "-c", "user.email=t@example.org"]
        status, output = self.run(["git", *who, *arguments])
        assert status == 0, output

    def commit(self, message):
        """Commits everything except build output. Creates the repository if needed."""
        if not os.path.exists(self.path(".git")):
            self.git("init", "-q")
        self.git("add", "--", ".", ":!build")
        self.git("commit", "-q", "--no-verify", "-m", message)
