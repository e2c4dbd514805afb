#!/usr/bin/env python3
"""Tests of the rules of the house: each finds what breaks it."""

import os
import tempfile
import unittest

import house

PAGE = """\
# coro-some-thing

## What it does

Finds things that
are wrong. And more.

## Why is this bad
## Example
## Use instead
## Options
## Limits
## Suppressing
"""
ROW = "| [coro-some-thing]({}checks/coro-some-thing.md) | things that are wrong |\n"
SOUND = {
    "checks/Checks.def": """\
COROLINT_CHECK(SomeThingCheck, "coro-some-thing",
               "Finds things that "
               "are wrong.", Yields, ByDefault)
""",
    "checks/SomeThingCheck.h": "/// Finds things\n/// that are wrong.\nclass C;\n",
    "checks/SomeThingCheck.cpp": """\
// diag(Location, "a diag in a comment");
void C::check() {
  diag(Location, "'%0' is %select{very wrong|wrong (ish)}1") << Name;
  diag(Location, "declared " "here", DiagnosticIDs::Note);
  Options.get("Strict", false);
}
""",
    "README.md": ROW.format("docs/"),
    "docs/README.md": ROW.format(""),
    "docs/checks/coro-some-thing.md": PAGE + "`Strict`\n",
    "lib/Compat.h": "#if CLANG_VERSION_MAJOR > 20\n",
    "lib/flow/Flow.h": '#include "model/Model.h"\n// std::mutex\n',
    "lib/runtime/CMakeLists.txt": """\
set(corolint_rt_contracts_sources
  Contracts.cpp)
""",
    "lib/runtime/Loop.cpp": '#include "corolint/rt/Loop.h"\n',
    "test/checks/some-thing.cpp": """\
// RUN: -config='Strict: true'
// CHECK-MESSAGES: :1:1: warning: 'f' is very wrong
// CHECK-MESSAGES: :1:1: warning: 'g' is wrong {{\\\\(}}ish)
// CHECK-MESSAGES: :1:1: note: declared here
""",
}


class HouseTest(unittest.TestCase):
    def problems(self, rule, **changes):
        """What a rule says of the sound tree, some files of it replaced."""
        with tempfile.TemporaryDirectory() as root:
            files = dict(SOUND)
            files.update(changes.get("files", {}))
            for name, text in files.items():
                path = os.path.join(root, name)
                os.makedirs(os.path.dirname(path), exist_ok=True)
                with open(path, "w", encoding="utf-8") as file:
                    file.write(text)
            return list(rule(house.Repository(root)))

    def breaks(self, rule, name, text, times=1):
        problems = self.problems(rule, files={name: text})
        self.assertEqual(len(problems), times, problems)

    def test_sound(self):
        for rule in house.RULES:
            self.assertEqual(self.problems(rule), [], rule.__name__)

    def test_untested_diagnostic(self):
        rule = house.every_diagnostic_is_tested
        test = SOUND["test/checks/some-thing.cpp"]
        name = "test/checks/some-thing.cpp"
        self.breaks(rule, name, test.replace("very", "quite"))
        self.breaks(rule, name, test.replace("ish", "esque"))
        self.breaks(rule, name, test.replace("declared here", "declared there"))
        self.breaks(rule, name, "", times=3)

    def test_untested_option(self):
        rule = house.every_option_is_tested
        name = "test/checks/some-thing.cpp"
        self.breaks(rule, name, SOUND[name].replace("Strict", "Strictly"))
        self.breaks(rule, "docs/checks/coro-some-thing.md", PAGE)

    def test_sentences_differ(self):
        rule = house.headers_and_pages_say_the_same
        self.breaks(rule, "checks/SomeThingCheck.h", "/// Finds some things.\n")
        self.breaks(rule, "checks/OtherCheck.h", "/// Finds things.\n")

    def test_headings(self):
        rule = house.every_page_has_its_headings
        page = PAGE.replace("## Limits\n", "")
        self.breaks(rule, "docs/checks/coro-some-thing.md", page)

    def test_list_of_checks(self):
        rule = house.every_check_is_listed
        name = "checks/Checks.def"
        self.breaks(rule, name, "")
        self.breaks(rule, name, SOUND[name].replace("SomeThing", "SomeOther"))
        self.breaks(rule, name, SOUND[name].replace("things", "stuff"), times=3)
        self.breaks(rule, name, SOUND[name].replace("some-thing", "thing"), times=4)
        another = SOUND[name].replace("some-thing", "a").replace("Something", "A")
        self.breaks(rule, name, SOUND[name] + another, times=4)
        self.breaks(rule, "checks/OtherCheck.h", "/// Finds things.\n")
        self.breaks(rule, "README.md", "")
        self.breaks(rule, "docs/README.md", SOUND["README.md"])

    def test_models(self):
        rule = house.every_model_is_listed
        row = "| [a](../../lib/model/a.yaml) | A |\n"
        listed = {"lib/model/a.yaml": "", "docs/libraries/README.md": row}
        self.assertEqual(self.problems(rule, files=listed), [])
        for broken in (
            listed | {"docs/libraries/README.md": ""},
            listed | {"docs/libraries/README.md": row + row},
            {"docs/libraries/README.md": row},
        ):
            self.assertEqual(len(self.problems(rule, files=broken)), 1, broken)

    def test_reported_bugs(self):
        rule = house.every_reported_bug_is_listed
        name = "test/reported/a.cpp"
        test = "// RUN: true\n// https://example.org/1\n// What happened.\n"
        row = "| [Report](https://example.org/1) | [a](../test/reported/a.cpp) |\n"
        listed = {name: test, "docs/reported.md": row}
        self.assertEqual(self.problems(rule, files=listed), [])
        again = {"test/reported/b.cpp": test}
        also = {"docs/reported.md": row + row.replace("a.cpp", "b.cpp")}
        for broken in (
            listed | {name: "// What happened.\n"},
            listed | {"docs/reported.md": ""},
            listed | {"docs/reported.md": row.replace("org/1", "org/2")},
            listed | again | also,
            {"docs/reported.md": row},
        ):
            self.assertEqual(len(self.problems(rule, files=broken)), 1, broken)

    def test_versions(self):
        rule = house.only_compat_knows_llvm_versions
        self.breaks(rule, "lib/flow/Flow.h", "#if LLVM_VERSION_MAJOR == 19\n")
        self.breaks(rule, "lib/flow/Flow.h", "// LLVM_VERSION_MAJOR\n", times=0)

    def test_versions_in_tests(self):
        rule = house.tests_name_no_llvm
        self.breaks(rule, "test/tools/a.test", "RUN: clang-tidy-22 %s\n")
        self.breaks(rule, "test/tools/a.py", 'run(["clang++-19"])\n')
        self.breaks(rule, "test/tools/a.test", "REQUIRES: llvm-22\n", times=0)
        self.breaks(rule, "test/include/a.c", "RUN: clang-16 %s\n", times=0)

    def test_library_names(self):
        rule = house.no_library_is_named_in_code
        self.breaks(rule, "lib/effect/A.cpp", 'Name == "::std::mutex";\n')
        self.breaks(rule, "lib/model/A.cpp", 'Name == "std::mutex";\n')
        self.breaks(rule, "tools/corolint/A.cpp", 'Name == "asio::post";\n')
        self.breaks(rule, "lib/model/a.yaml", 'names: "std::mutex"\n', times=0)

    def test_imports(self):
        rule = house.imports_run_one_way
        self.breaks(rule, "lib/model/A.h", '#include "effect/Effects.h"\n')
        self.breaks(rule, "lib/region/A.h", '#include "checks/Module.h"\n')
        self.breaks(rule, "lib/code/A.h", '#include "flow/Flow.h"\n')
        self.breaks(rule, "lib/flow/A.h", '#include "region/Contexts.h"\n')
        self.breaks(rule, "lib/report/A.h", '#include "program/Program.h"\n')
        self.breaks(rule, "lib/program/A.h", '#include "checks/Session.h"\n')
        self.breaks(rule, "lib/effect/A.h", '#include "access/Access.h"\n')
        self.breaks(rule, "lib/region/A.h", '#include "code/Body.h"\n', times=0)

    def test_core_of_the_runtime(self):
        rule = house.the_core_knows_no_contracts
        public = '#include "corolint/rt/Contracts.h"\n'
        self.breaks(rule, "lib/runtime/A.cpp", public)
        self.breaks(rule, "include/corolint/rt/A.h", public)
        self.breaks(rule, "lib/runtime/A.h", '#include "LockWatch.h"\n')
        self.breaks(rule, "lib/runtime/Contracts.cpp", public, times=0)

    def test_public_functions_of_the_runtime(self):
        sound = """\
        namespace corolint::rt {
        namespace detail { COROLINT_X void hidden(); }
        /// Runs.
        class COROLINT_X Loop {
        public:
          /// Waits.
          COROLINT_BLOCKING void wait();
          /// Never.
          template <class F> requires(sizeof(F) > 1)
          auto call(F Function) -> Task<int> { if (x) y(); co_return 1; }
          Loop(int Size);
          bool operator()(int) const;
          Loop &operator=(Loop &&) = delete;
          void adopt(int) noexcept override;
          /// An awaitable says it itself.
          SleepAwaiter sleep(int Time);
        private:
          COROLINT_X void secret();
        };
        } // namespace corolint::rt
        """
        rule = house.the_runtime_says_what_it_does
        file = "include/corolint/rt/Loop.h"
        self.assertEqual(self.problems(rule, files={file: sound}), [])
        for before, after, problem in [
            ("/// Waits.", "", "'wait' has no docstring"),
            ("COROLINT_BLOCKING ", "", "annotate it"),
            ("private:", "", "'secret'"),
            ("override", "{}", "'adopt'"),
            ("namespace detail", "namespace other", "'hidden'"),
        ]:
            broken = self.problems(rule, files={file: sound.replace(before, after)})
            self.assertEqual(len(broken), 1, broken)
            self.assertIn(problem, broken[0])

    def test_runtime(self):
        rule = house.the_runtime_stands_apart
        self.breaks(rule, "lib/runtime/A.cpp", "#include <clang/AST/Decl.h>\n")


if __name__ == "__main__":
    unittest.main()
