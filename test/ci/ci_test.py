# Part of corolint, under the Apache License v2.0 with LLVM Exceptions.
# See LICENSE for license information.
# SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
"""What docs/ci tells CI to do, done: the very commands, on a small project.

Usage: ci_test.py BUILD_DIRECTORY LLVM SOURCE_DIRECTORY
"""

import json
import os
import re
import sys
import unittest

from projects import Project, read

BUILD, LLVM, SOURCE = sys.argv[1:4]

OLD = """\
#include "coro.h"
COROLINT_BLOCKING int fetch();
coro::task<int> old() { co_return fetch(); }
"""
NEW = "coro::task<int> fresh() { co_return fetch(); }\n"
GOOD = '#include "coro.h"\ncoro::task<int> good() { co_return 1; }\n'
CMAKE = f"""\
cmake_minimum_required(VERSION 3.25)
project(app LANGUAGES CXX)
set(CMAKE_CXX_STANDARD 20)
add_library(app OBJECT old.cpp good.cpp)
target_include_directories(app PRIVATE
  "{SOURCE}/include" "{SOURCE}/test/checks/Inputs")
"""


def commands_of(name):
    """The commands of a CI file, without those that install packages."""
    text = read(f"{SOURCE}/docs/ci/{name}")
    found = re.findall(r"^ *(?:- )?(?:run: |- )((?:corolint-22|cmake) .*)$", text, re.M)
    assert len(found) >= 4, found
    return [command.replace("corolint-22", "corolint") for command in found]


class ContinuousIntegrationTest(unittest.TestCase):
    def setUp(self):
        self.project = Project(self.addCleanup)
        self.write = self.project.write
        self.write("CMakeLists.txt", CMAKE)
        self.write("old.cpp", OLD)
        self.write("good.cpp", GOOD)
        self.write(".gitignore", "build/\n")
        self.project.commit("Old")

    def run_shell(self, command, expected=None, **variables):
        environment = {
            **os.environ,
            "PATH": f"{BUILD}/bin:{os.environ['PATH']}",
            "BUILD": "build",
            "LLVM": LLVM,
            "PLUGIN": f"{BUILD}/lib/corolint.so",
            "CXX": f"clang++-{LLVM}",
            **variables,
        }
        status, output = self.project.run(["sh", "-e", "-c", command], environment)
        if expected is not None:
            self.assertEqual(status, expected, f"{command}\n{output}")
        return status, output

    def configure(self):
        self.run_shell(
            "cmake -S . -B build -G Ninja -DCMAKE_EXPORT_COMPILE_COMMANDS=ON", expected=0
        )

    def run_all(self, name):
        """{command: (status, output)}, until one fails as CI does."""
        return {command: self.run_shell(command) for command in commands_of(name)}

    def accept_what_is_there(self):
        self.configure()
        self.run_shell(
            "corolint check -p build --write-baseline corolint.baseline", expected=0
        )

    def test_old_findings_keep_it_green(self):
        self.accept_what_is_there()
        for name in ["github.yml", "gitlab.yml"]:
            for command, (status, output) in self.run_all(name).items():
                with self.subTest(command):
                    self.assertEqual(status, 0, output)

    def test_a_new_finding_makes_it_red(self):
        self.accept_what_is_there()
        self.write("good.cpp", OLD.replace("old", "other") + NEW)
        for name in ["github.yml", "gitlab.yml"]:
            done = self.run_all(name)
            (red,) = [each for each in done if "--baseline" in each]
            self.assertEqual(done[red][0], 1, done[red][1])
            for command, (status, output) in done.items():
                if command != red:
                    self.assertEqual(status, 0, f"{command}\n{output}")
            if name == "github.yml":
                self.assertRegex(done[red][1], r"::(warning|error) file=good\.cpp,line=4")
            report = json.loads(self.project.read("corolint.sarif"))
            results = report["runs"][0]["results"]
            self.assertEqual(
                {result["ruleId"] for result in results}, {"coro-blocking-call"}
            )
            self.assertEqual(len(results), 3)

    def test_the_pods_of_the_job_make_one_index(self):
        self.configure()
        text = read(f"{SOURCE}/docs/ci/kubernetes.yml")
        (pods,) = re.findall(r"completions: (\d+)", text)
        folded = re.search(r"- >-\n((?: {14}.*\n)+)", text).group(1)
        command = " ".join(folded.split())
        (link,) = re.findall(r"^# +(corolint link .*)$", text, re.M)
        # Kubernetes replaces only $(NAME), which is none of the shell's here.
        self.assertNotRegex(command, r"\$\(\w+\)")
        for pod in range(int(pods)):
            self.run_shell(f"bash -c '{command}'", expected=0,
                           JOB_COMPLETION_INDEX=str(pod))
        self.run_shell(link, expected=0)
        self.run_shell("corolint check -p build --index whole.index", expected=1)
        self.run_shell("cmp build/program.index whole.index", expected=0)

    def tidy(self, *arguments, **variables):
        script = f"{SOURCE}/docs/ci/clang-tidy.sh"
        return self.run_shell(" ".join([f"'{script}'", *arguments]), **variables)

    def test_run_clang_tidy(self):
        self.configure()
        status, output = self.tidy("all build")
        self.assertEqual(status, 1, output)
        self.assertIn("old.cpp:3:35: error: call to 'fetch' may block", output)
        self.write("old.cpp", GOOD)
        self.tidy("all build", expected=0)

    def test_clang_tidy_diff(self):
        self.configure()
        self.tidy("changed build HEAD", expected=0)
        self.write("old.cpp", OLD + NEW)
        status, output = self.tidy("changed build HEAD")
        self.assertEqual(status, 1, output)
        self.assertIn("old.cpp:4:37: warning: call to 'fetch' may block", output)
        self.assertNotIn("old.cpp:3:", output)
        self.write("old.cpp", OLD + "int broken = ;\n")
        status, output = self.tidy("changed build HEAD")
        self.assertEqual(status, 1, output)

    def test_clang_tidy_diff_since_what_is_not_there(self):
        self.configure()
        status, output = self.tidy("changed build no-such-branch")
        self.assertNotEqual(status, 0, output)
        self.assertIn("no-such-branch", output)

    def test_a_missing_plugin_fails(self):
        self.configure()
        for what in ["all build", "changed build HEAD"]:
            status, output = self.tidy(what, PLUGIN="/nowhere/corolint.so")
            self.assertEqual(status, 2, output)
            self.assertIn("nothing would be checked", output)


if __name__ == "__main__":
    unittest.main(argv=sys.argv[:1] + sys.argv[4:])
