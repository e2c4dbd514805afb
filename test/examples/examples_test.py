#!/usr/bin/env python3
# Part of corolint, under the Apache License v2.0 with LLVM Exceptions.
# See LICENSE for license information.
# SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
"""Tests of examples.py: each way in which a page can be wrong is noticed."""

import argparse
import os
import tempfile
import unittest

import examples

PAGE = """# Page

[good.cpp](good.cpp), [bad.cpp](bad.cpp)

<!-- code: good.cpp: int f() { -->
```cpp
int f() {

  return 1;
}
```

<!-- finding: bad.cpp -->
```text
docs/examples/one/bad.cpp:3:5: warning: it blocks [coro-blocking-call]
```

<!-- output: bad 7 | test: 5 -->
```text
$ build-examples/one/bad 7
docs/examples/one/bad.cpp:3:9: warning: it stalls [coro-blocking-call]
7 of 7
```

<!-- output: good -->
```text
$ build-examples/one/good
2 things in 1.5 ms
```
"""

SAID = "docs/examples/one/bad.cpp:3:5: warning: it blocks [coro-blocking-call]\n"
STALLED = "docs/examples/one/bad.cpp:3:9: warning: it stalls [coro-blocking-call]\n"


class Stub(examples.Examples):
    """Says and prints what the test has it."""

    def __init__(self, source):
        super().__init__(argparse.Namespace(source=source))
        self.said_of = {"bad.cpp": SAID}
        self.printed = {
            ("one/bad", "5"): STALLED + "5 of 5\n",
            ("one/bad", "7"): STALLED + "7 of 7\n",
            ("one/good",): "2 things in 2.25 ms\n",
        }

    def tidy(self, folder, files):
        return "".join(self.said_of.get(file, "") for file in files)

    def run(self, program, arguments):
        return self.printed[(program, *arguments)]


class Pages(unittest.TestCase):
    def setUp(self):
        directory = tempfile.TemporaryDirectory()
        self.addCleanup(directory.cleanup)
        self.root = os.path.join(directory.name, "docs", "examples")
        os.makedirs(os.path.join(self.root, "one"))
        self.write("README.md", "[one](one/README.md)\n")
        self.write("one/README.md", PAGE)
        self.write("one/good.cpp", "int f() {\n\n  return 1;\n}\nint g();\n")
        self.write("one/bad.cpp", "")
        self.stub = Stub(directory.name)

    def write(self, name, text):
        with open(os.path.join(self.root, name), "w", encoding="utf-8") as file:
            file.write(text)

    def problems(self):
        return "\n".join(self.stub.problems("one"))

    def test_a_true_page_is_fine(self):
        self.assertEqual(self.problems(), "")

    def test_an_update_leaves_a_page_that_is_fine(self):
        emptied = examples.MARKED.sub(lambda match: match["marker"], PAGE)
        self.assertNotIn("```", emptied)
        self.write("one/README.md", emptied)
        self.assertIn("code: good.cpp", self.problems())
        self.stub.update("one")
        self.assertEqual(self.problems(), "")
        self.assertIn("$ build-examples/one/bad 7\n", self.stub.read("one/README.md"))

    def test_other_code(self):
        self.write("one/good.cpp", "int f() {\n  return 2;\n}\n")
        self.assertIn("code: good.cpp", self.problems())

    def test_another_finding(self):
        self.write("one/README.md", PAGE.replace("it blocks", "it waits"))
        self.assertIn("finding: bad.cpp", self.problems())

    def test_another_line_of_a_finding(self):
        self.write("one/README.md", PAGE.replace("bad.cpp:3:5", "bad.cpp:4:5"))
        self.assertIn("finding: bad.cpp", self.problems())

    def test_another_count(self):
        self.stub.printed[("one/good",)] = "3 things in 1.5 ms\n"
        self.assertIn("output: good", self.problems())

    def test_another_text_where_numbers_may_differ(self):
        self.stub.printed[("one/bad", "5")] = STALLED + "5 out of 5\n"
        self.assertIn("output: bad", self.problems())

    def test_another_command(self):
        self.write("one/README.md", PAGE.replace("$ build-examples/one/bad 7", "$ bad"))
        self.assertIn("shows another command", self.problems())

    def test_a_finding_in_clean_code(self):
        self.stub.said_of["good.cpp"] = SAID.replace("bad", "good")
        self.assertIn("not clean", self.problems())

    def test_a_finding_that_no_run_confirms(self):
        for arguments in ("5", "7"):
            self.stub.printed[("one/bad", arguments)] = f"{arguments} of 7\n"
        self.assertIn("found only by clang-tidy", self.problems())

    def test_a_report_at_another_line(self):
        moved = STALLED.replace(":3:", ":4:")
        self.stub.printed[("one/bad", "5")] = moved + "5 of 5\n"
        self.assertIn("found only at run time", self.problems())
        self.assertIn("found only by clang-tidy", self.problems())

    def test_a_page_without_a_finding(self):
        self.write("one/README.md", "[good.cpp](good.cpp), [bad.cpp](bad.cpp)\n")
        self.assertIn("shows no finding", self.problems())

    def test_a_source_that_no_page_mentions(self):
        self.write("one/more.cpp", "")
        self.assertIn("does not link more.cpp", self.problems())

    def test_a_folder_that_the_index_lacks(self):
        self.write("README.md", "nothing\n")
        self.assertIn("is not in the index", self.problems())


class Comparing(unittest.TestCase):
    def same(self, left, right, all_numbers=False):
        return examples.comparable(left, all_numbers) == examples.comparable(
            right, all_numbers
        )

    def test_figures_with_units_may_differ(self):
        self.assertTrue(self.same("p50  0.05 ms", "p50 12.40 ms"))
        self.assertFalse(self.same("p50 0.05 ms", "p50 0.05 us"))
        self.assertFalse(self.same("pass 1", "pass 2"))

    def test_with_other_arguments_all_numbers_may(self):
        self.assertTrue(self.same("10,000 tasks 3 MiB", "20 tasks 4.5 KiB", True))
        self.assertFalse(self.same("10,000 tasks", "20 threads", True))

    def test_lines_of_the_runtime_headers_may(self):
        self.assertTrue(self.same("include/a.h:1:2: note: x", "include/a.h:9:3: note: x"))
        self.assertFalse(self.same("docs/a.h:1:2: note: x", "docs/a.h:9:3: note: x"))


if __name__ == "__main__":
    unittest.main()
