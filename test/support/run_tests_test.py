#!/usr/bin/env python3
"""Tests of run_tests.py: failures, and runs without tests, must not pass.

Usage: run_tests_test.py LIT CTEST
"""

import os
import subprocess
import sys
import tempfile
import unittest

HERE = os.path.dirname(os.path.abspath(__file__))
LIT, CTEST = sys.argv.pop(1), sys.argv.pop(1)

LIT_CONFIG = """\
import lit.formats
config.name = "made"
config.test_format = lit.formats.ShTest()
config.suffixes = [".test"]
"""


def write(path, text):
    os.makedirs(os.path.dirname(path), exist_ok=True)
    with open(path, "w", encoding="utf-8") as file:
        file.write(text)


class RunTestsTest(unittest.TestCase):
    def run_tests(self, lit_commands, ctest_commands, *options):
        """Exit status and last line of a run over these commands."""
        with tempfile.TemporaryDirectory() as directory:
            write(f"{directory}/lit/lit.cfg", LIT_CONFIG)
            for number, command in enumerate(lit_commands):
                if ":" not in command:
                    command = f"RUN: {command}"
                write(f"{directory}/lit/{number}.test", f"{command}\n")
            write(
                f"{directory}/ctest/CTestTestfile.cmake",
                "".join(
                    f'add_test(test{number} "{command}")\n'
                    for number, command in enumerate(ctest_commands)
                ),
            )
            environment = {
                name: value
                for name, value in os.environ.items()
                if name not in ("LIT_OPTS", "LIT_FILTER", "COROLINT_CTEST_OPTIONS")
            }
            result = subprocess.run(
                [
                    sys.executable,
                    os.path.join(HERE, "run_tests.py"),
                    f"--lit={LIT}",
                    f"--lit-suite={directory}/lit",
                    f"--ctest={CTEST}",
                    f"--ctest-directory={directory}/ctest",
                    f"--results={directory}/results",
                    *options,
                ],
                capture_output=True,
                encoding="utf-8",
                check=False,
                env=environment,
            )
            return result.returncode, result.stdout.splitlines()[-1]

    def test_all_pass(self):
        self.assertEqual(
            self.run_tests(["true", "true"], ["true"]), (0, "3 passed, 0 failed")
        )

    def test_lit_alone(self):
        self.assertEqual(self.run_tests(["true"], []), (0, "1 passed, 0 failed"))

    def test_lit_fails(self):
        self.assertEqual(
            self.run_tests(["false", "true"], ["true"]), (1, "2 passed, 1 failed")
        )

    def test_ctest_fails(self):
        self.assertEqual(
            self.run_tests(["true"], ["false", "true"]), (1, "2 passed, 1 failed")
        )

    def test_program_was_not_built(self):
        self.assertEqual(
            self.run_tests(["true"], ["/nonexistent/program"]),
            (1, "1 passed, 1 failed"),
        )

    def test_skipped_ones_are_counted(self):
        skipped = "REQUIRES: what-nobody-has\nRUN: true"
        self.assertEqual(
            self.run_tests(["true", skipped], []), (0, "1 passed, 0 failed, 1 skipped")
        )
        self.assertEqual(
            self.run_tests([skipped], []), (1, "0 passed, 0 failed, 1 skipped")
        )

    def test_those_filtered_out_are_not(self):
        self.assertEqual(
            self.run_tests(["true", "false"], [], "--lit-filter-out=^made :: 1"),
            (0, "1 passed, 0 failed"),
        )

    def test_nothing_ran(self):
        self.assertEqual(self.run_tests([], []), (1, "0 passed, 0 failed"))

    def test_lit_found_no_tests(self):
        self.assertEqual(self.run_tests([], ["true"]), (1, "1 passed, 0 failed"))


if __name__ == "__main__":
    unittest.main()
