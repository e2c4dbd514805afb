#!/usr/bin/env python3
"""Tests of the runner, mainly that a test which must fail does fail.

Usage: check_corolint_test.py FILECHECK
"""

import os
import subprocess
import sys
import tempfile
import unittest

HERE = os.path.dirname(os.path.abspath(__file__))
FILECHECK = sys.argv.pop(1)

DECLARATIONS = """\
void bad_call();
void noted_call();
void fixable_call();
void fixed_call();
void endless_call();
void breaking_call();
"""


class RunnerTest(unittest.TestCase):
    @classmethod
    def setUpClass(cls):
        """Makes a program of the stand-in: for this interpreter, not the first on PATH."""
        directory = tempfile.TemporaryDirectory()
        cls.addClassCleanup(directory.cleanup)
        cls.clang_tidy = os.path.join(directory.name, "fake_clang_tidy")
        with open(f"{HERE}/Inputs/fake_clang_tidy.py", encoding="utf-8") as stream:
            text = stream.read()
        with open(cls.clang_tidy, "w", encoding="utf-8") as stream:
            stream.write(f"#!{sys.executable} -S\n{text}")
        os.chmod(cls.clang_tidy, 0o755)

    def run_runner(self, body, *arguments, check="fake-check", load=None, crash=False):
        """The runner's exit status and error text for DECLARATIONS + body."""
        with tempfile.TemporaryDirectory() as directory:
            file = os.path.join(directory, "case.cpp")
            with open(file, "w", encoding="utf-8") as stream:
                stream.write(DECLARATIONS + body)
            command = [sys.executable, os.path.join(HERE, "check_corolint.py")]
            command += [
                f"--clang-tidy={self.clang_tidy}",
                f"--load={load or __file__}",
                f"--filecheck={FILECHECK}",
            ]
            command += [file, check, os.path.join(directory, "out"), *arguments]
            environment = dict(os.environ, FAKE_CRASH="1" if crash else "")
            result = subprocess.run(
                command,
                capture_output=True,
                encoding="utf-8",
                check=False,
                env=environment,
            )
            return result.returncode, result.stderr

    def passes(self, body, *arguments, **options):
        status, error = self.run_runner(body, *arguments, **options)
        self.assertEqual(status, 0, error)

    def fails(self, message, body, *arguments, **options):
        status, error = self.run_runner(body, *arguments, **options)
        self.assertNotEqual(status, 0)
        self.assertIn(message, error)

    def test_silence(self):
        self.passes("void f() {}\n")

    def test_expected_warning(self):
        self.passes("""\
int f() {
  bad_call();
  // CHECK-MESSAGES: :[[@LINE-1]]:3: warning: found 'bad_call' [fake-check]
}
""")

    def test_unexpected_warning(self):
        self.fails("unexpected: ", "int f() {\n  bad_call(); }\n")

    def test_missing_warning(self):
        self.fails(
            "not reported: ",
            "// CHECK-MESSAGES: :[[@LINE+1]]:3: warning: found 'bad_call'\nint x;\n",
        )

    def test_wrong_line(self):
        self.fails(
            "not reported: ",
            "int f() {\n  bad_call(); }\n"
            "// CHECK-MESSAGES: :[[@LINE-2]]:3: warning: found 'bad_call'\n",
        )

    def test_wrong_column(self):
        self.fails(
            "not reported: ",
            "int f() {\n  bad_call(); }\n"
            "// CHECK-MESSAGES: :[[@LINE-1]]:4: warning: found 'bad_call'\n",
        )

    def test_one_line_claims_one_warning(self):
        self.fails(
            "unexpected: ",
            "int f() {\n  bad_call(); bad_call(); }\n"
            "// CHECK-MESSAGES: :[[@LINE-1]]:{{[0-9]+}}: warning: found\n",
        )

    def test_any_order_of_warnings(self):
        self.passes("""\
// CHECK-MESSAGES: :[[@LINE+3]]:15: warning: found 'noted_call'
// CHECK-MESSAGES: :[[@LINE+2]]:3: warning: found 'bad_call'
int f() {
  bad_call(); noted_call(); }
""")

    def test_notes_may_be_left_out_of_messages(self):
        self.passes(
            "int f() {\n  noted_call(); }\n"
            "// CHECK-MESSAGES: :[[@LINE-1]]:3: warning: found 'noted_call'\n"
            "// CHECK-MESSAGES: :2:1: note: second reason\n"
        )

    def test_every_note_is_wanted_by_notes(self):
        warning = "// CHECK-NOTES: :[[@LINE-1]]:3: warning: found 'noted_call'\n"
        first = "// CHECK-NOTES: :1:1: note: first reason\n"
        second = "// CHECK-NOTES: :2:1: note: second reason\n"
        body = "int f() {\n  noted_call(); }\n" + warning
        self.passes(body + first + second)
        self.fails("unexpected note: ", body + first)
        self.fails("unexpected note: ", body + second + first)
        self.fails("unexpected note: ", body)

    def test_missing_note(self):
        self.fails(
            "expected note not found",
            "int f() {\n  noted_call(); }\n"
            "// CHECK-MESSAGES: :[[@LINE-1]]:3: warning: found 'noted_call'\n"
            "// CHECK-MESSAGES: :2:1: note: third reason\n",
        )

    def test_warn_comment(self):
        self.passes("int f() {\n  bad_call(); // warn: fake-check\n}\n")
        self.fails("not reported: ", "int x; // warn: fake-check\n")
        self.fails(
            "not reported: ", "int f() {\n  bad_call(); // warn: other-check\n}\n"
        )
        self.fails(
            "unexpected: ",
            "int f() {\n  bad_call(); bad_call(); // warn: fake-check\n}\n",
        )
        self.passes(
            "int f() {\n  bad_call(); bad_call(); // warn: fake-check, fake-check\n}\n"
        )

    def test_suffixes(self):
        run_lines = "// RUN: x -check-suffixes=A\n// RUN: x -check-suffixes=,B\n"
        body = (
            run_lines + "int f() {\n  bad_call(); }\n"
            "// CHECK-MESSAGES-A: :[[@LINE-1]]:3: warning: found 'bad_call'\n"
        )
        self.passes(body, "-check-suffixes=A")
        self.fails("unexpected: ", body, "-check-suffixes=,B")

    def test_suffix_of_no_run(self):
        self.fails(
            "no RUN line selects", "// CHECK-MESSAGES-TYPO: :1:1: warning: found\n"
        )

    def test_unknown_directive(self):
        self.fails("unknown directive", "// CHECK-MESSAGE: :1:1: warning: found\n")

    def test_fix(self):
        body = "int f() {\n  fixable_call(); // warn: fake-check\n return 0; }\n"
        self.passes(body + "// CHECK-FIXES: fixed_call();\n")
        self.fails("CHECK-FIXES", body + "// CHECK-FIXES: other_call();\n")
        self.fails(
            "no fix-it is offered",
            "int f() { return 0; }\n// CHECK-FIXES: int f()\n",
        )

    def test_fix_must_compile(self):
        self.fails(
            "does not compile",
            "int f() {\n  breaking_call(); // warn: fake-check\n return 0; }\n",
        )

    def test_fix_must_settle(self):
        self.fails(
            "change the file again",
            "int f() {\n  endless_call(); // warn: fake-check\n return 0; }\n",
        )

    def test_precompiled_headers(self):
        with tempfile.TemporaryDirectory() as directory:
            header = os.path.join(directory, "standard.h")
            with open(header, "w", encoding="utf-8") as stream:
                stream.write("#include <vector>\n#include <mutex>\n")
            precompiled = header + ".pch"
            option = f"--precompiled={header}={precompiled}"
            body = "#include <mutex>\nint x;\n"
            self.passes(body, option)  # There is no such file.
            with open(precompiled, "w", encoding="utf-8"):
                pass
            self.fails("warning: precompiled", body, option)
            self.fails("warning: precompiled", body, option, "--", "--", "-isystem", "d")
            self.passes(body, option, "-std=c++23")
            self.passes(body, option, "--", "--", "-Id", "-DNAME")
            self.passes("#include <map>\nint x;\n", option)
            library = os.path.join(directory, "library.h")
            with open(library, "w", encoding="utf-8") as stream:
                stream.write("// Flags: -DNAME\n#include <mutex>\n")
            more = f"--precompiled={library}={precompiled}"
            self.passes("#include <map>\nint x;\n", more, "--", "--", "-DNAME")
            self.passes(body, more)
            self.passes(body, more, "--", "--", "-DNAME", "-DOTHER")
            self.fails("warning: precompiled", body, more, "--", "--", "-Id", "-DNAME")
            self.fails("warning: precompiled", body, option, more, "--", "--", "-DNAME")

    def test_check_must_be_listed(self):
        self.fails("does not list other-check", "int x;\n", check="other-check")

    def test_plugin_must_load(self):
        self.fails("did not load", "int x;\n", load="/nonexistent.so")
        with tempfile.NamedTemporaryFile("w") as listed:
            listed.write("fake-check\n")
            listed.flush()
            option = f"--listed={listed.name}"
            self.passes("int x;\n", option)
            self.fails("does not list other-check", "int x;\n", option, check="other-check")
            self.fails("did not load", "int x;\n", option, load="/nonexistent.so")

    def test_crash(self):
        self.fails("clang-tidy died", "int x;\n", crash=True)

    def test_standards(self):
        self.passes("int x;\n", "-std=c++20,c++23")
        self.passes("int x;\n", "-std=c++20-or-later")
        self.fails("no list of standards", "int x;\n", "-std=c++21-or-later")

    def test_compiler_flags_belong_after_the_second_dashes(self):
        self.fails("follow a second", "int x;\n", "--", "-I/tmp")
        self.passes("int x;\n", "--", "--", "-I/tmp")


if __name__ == "__main__":
    unittest.main()
