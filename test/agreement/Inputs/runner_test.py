#!/usr/bin/env python3
# Part of corolint, under the Apache License v2.0 with LLVM Exceptions.
# See LICENSE for license information.
# SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
"""Tests of the agreement test: above all that a disagreement fails.

Usage: runner_test.py RUNNER COMMAND...
"""

import os
import subprocess
import sys
import tempfile
import unittest

COMMAND = sys.argv[1:]
del sys.argv[1:]

PROGRAM = """\
#include "corolint/rt.h"
#include <thread>

using namespace corolint::rt;
using namespace std::chrono_literals;

static void pump(EventLoop &Loop) { Loop.poll(); }

[[maybe_unused]] static Task<int> f([[maybe_unused]] EventLoop &Other,
                                    [[maybe_unused]] void (*Call)(EventLoop &),
                                    [[maybe_unused]] bool Late) {
  co_await yield_now();
%s
  co_return 0;
}

int main(int argc, char **) {
  EventLoop Loop, Other;
  return Loop.run(f(Other, pump, argc > 1));
}
"""

AGREED = """
  NoYieldScope Scope;
  pump(Other); // BOTH: coro-no-yield-region
"""
NOT_TAKEN = """
  NoYieldScope Scope;
  if (Late)
    pump(Other);%s
"""
UNSEEN = """
  NoYieldScope Scope;
%s
  Call(Other);
"""


class AgreementTest(unittest.TestCase):
    def run_program(self, body, command=COMMAND):
        with tempfile.TemporaryDirectory() as directory:
            file = os.path.join(directory, "program.cpp")
            with open(file, "w", encoding="utf-8") as stream:
                stream.write(PROGRAM % body)
            result = subprocess.run(
                [*command, file, os.path.join(directory, "out")],
                capture_output=True,
                encoding="utf-8",
                check=False,
            )
            return result.returncode, result.stderr

    def passes(self, body):
        status, error = self.run_program(body)
        self.assertEqual(status, 0, error)

    def fails(self, message, body):
        status, error = self.run_program(body)
        self.assertEqual(status, 1, error)
        self.assertIn(message, error)

    def test_agreement(self):
        self.passes(AGREED)

    def test_a_clean_program_is_silent_on_both_sides(self):
        self.passes("")

    def test_nobody_marked_what_both_report(self):
        self.fails(
            "15: coro-no-yield-region: the contract reports it: not marked",
            AGREED.replace("// BOTH: coro-no-yield-region", ""),
        )

    def test_both_are_silent_where_something_is_seeded(self):
        body = "  (void)Late; // BOTH: coro-blocking-call"
        self.fails("marked, but the check is silent", body)
        self.fails("marked, but the contract is silent", body)

    def test_only_the_check_reports(self):
        self.fails(
            "16: coro-no-yield-region: the check reports it, alone", NOT_TAKEN % ""
        )
        self.fails(
            "16: coro-no-yield-region: marked, but the contract is silent",
            NOT_TAKEN % "// BOTH: coro-no-yield-region",
        )
        self.passes(NOT_TAKEN % "// STATIC-ONLY: coro-no-yield-region: not taken.")

    def test_only_the_contract_reports(self):
        self.fails(
            "16: coro-no-yield-region: the contract reports it, alone", UNSEEN % ""
        )
        marker = "\n  // RUNTIME-ONLY: coro-no-yield-region: through a pointer."
        self.passes(UNSEEN % marker)
        self.fails(
            "marked, but the check is silent",
            UNSEEN % "\n  // BOTH: coro-no-yield-region",
        )

    def test_another_line_is_a_disagreement(self):
        self.fails(
            "marked, but the contract is silent",
            "  // BOTH: coro-no-yield-region" + AGREED.replace("// BOTH", "//"),
        )

    def test_another_check_is_a_disagreement(self):
        self.fails(
            "coro-blocking-call: marked, but the contract is silent",
            AGREED.replace("coro-no-yield-region", "coro-blocking-call"),
        )

    def test_a_marker_must_be_well_formed(self):
        for message, marker in {
            "a difference without a reason": "// STATIC-ONLY: coro-blocking-call",
            "nothing to explain": "// BOTH: coro-blocking-call: why not",
            "no such check": "// BOTH: coro-blocking-cell",
            "STATIC-ONLY of no such check": "// STATIC-ONLY: rt-quiescence: never",
            "almost a marker": "// Both: coro-blocking-call",
            "a marker of no code": "// BOTH: coro-blocking-call\n",
        }.items():
            with self.subTest(marker):
                self.fails(message, marker)

    def test_the_program_must_work(self):
        self.fails("does not compile", "unknown();")
        self.fails("does not compile", "int Unused;")
        self.fails("exits with 3", "co_return 3;")
        self.fails("exits with -6", "std::abort();")

    def test_a_check_that_is_not_loaded_is_no_silence(self):
        without = [word for word in COMMAND if not word.startswith("--load=")]
        status, error = self.run_program("", [*without, "--load=/dev/null"])
        self.assertEqual(status, 1)
        self.assertIn("no checks enabled", error)


if __name__ == "__main__":
    unittest.main()
