# Part of corolint, under the Apache License v2.0 with LLVM Exceptions.
# See LICENSE for license information.
# SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
"""The hooks, run by the real pre-commit on a small repository.

Usage: hooks_test.py PLUGIN CLANG_TIDY SOURCE_DIRECTORY
"""

import json
import os
import re
import shutil
import subprocess
import sys
import unittest

from projects import Project, read

PLUGIN, CLANG_TIDY, SOURCE = sys.argv[1:4]

GOOD = '#include "coro.h"\ncoro::task<int> f() { co_return 1; }\n'
BAD = """\
#include "coro.h"
COROLINT_BLOCKING int fetch();
coro::task<int> f() { co_return fetch(); }
"""
HEADER = """\
#pragma once
#include "coro.h"
COROLINT_BLOCKING int fetch();
inline coro::task<int> in_header() { co_return fetch(); }
"""


class HookRepository(Project):
    """Ours, with what the hooks need: pre-commit clones it."""

    def __init__(self, add_cleanup):
        super().__init__(add_cleanup)
        shutil.copy(f"{SOURCE}/.pre-commit-hooks.yaml", self.directory)
        shutil.copytree(
            f"{SOURCE}/tools/hooks",
            self.path("tools/hooks"),
            ignore=shutil.ignore_patterns("__pycache__"),
        )
        self.commit("Hooks")
        self.git("tag", "v1")


class HookTest(unittest.TestCase):
    @classmethod
    def setUpClass(cls):
        cls.hooks = HookRepository(cls.addClassCleanup)
        cls.cache = Project(cls.addClassCleanup)

    def setUp(self):
        self.project = Project(self.addCleanup)
        self.project.git("init", "-q")
        self.write = self.project.write
        self.database = self.project.write_database
        self.environment = {
            **os.environ,
            "PRE_COMMIT_HOME": self.cache.directory,
            "COROLINT_PLUGIN": PLUGIN,
            "COROLINT_CLANG_TIDY": CLANG_TIDY,
            "GIT_CONFIG_COUNT": "1",
            "GIT_CONFIG_KEY_0": "protocol.file.allow",
            "GIT_CONFIG_VALUE_0": "always",
        }
        for name in ("COROLINT_SKIP", "SKIP", "GIT_DIR", "GIT_INDEX_FILE"):
            self.environment.pop(name, None)

    def use(self, hook="corolint", arguments=()):
        self.write(
            ".pre-commit-config.yaml",
            f"""\
repos:
  - repo: file://{self.hooks.directory}
    rev: v1
    hooks:
      - id: {hook}
        verbose: true
        args: {json.dumps(list(arguments))}
""",
        )

    def run_hook(self, *arguments, **variables):
        self.project.git("add", "--", ".", ":!build")
        return self.project.run(
            ["pre-commit", "run", "--color=never", *arguments],
            self.environment | variables,
        )

    def assert_passes(self, **variables):
        status, output = self.run_hook(**variables)
        self.assertEqual(status, 0, output)
        return output

    def assert_fails(self, *wanted, **variables):
        status, output = self.run_hook(**variables)
        self.assertNotEqual(status, 0, output)
        for words in wanted:
            self.assertIn(words, output)
        self.assertNotIn("Traceback", output)
        return output


class Init(HookTest):
    """The configuration that `corolint init` writes."""

    def setUp(self):
        super().setUp()
        driver = os.path.join(os.path.dirname(PLUGIN), "..", "bin", "corolint")
        subprocess.run([driver, "init"], cwd=self.project.directory, check=True)
        # As the package has it.
        programs = self.project.path(".git/programs")
        os.mkdir(programs)
        os.symlink(
            f"{SOURCE}/tools/hooks/corolint-changed", f"{programs}/corolint-changed"
        )
        self.environment["PATH"] = programs + os.pathsep + os.environ["PATH"]

    def test_is_as_the_page_says(self):
        page = read(f"{SOURCE}/docs/pre-commit.md")
        shown = re.search(r"```yaml\n# .pre-commit-config.yaml\n(.*?)```", page, re.S)
        self.assertEqual(self.project.read(".pre-commit-config.yaml"), shown.group(1))

    def test_works_with_pre_commit(self):
        self.database("a.cpp")
        self.write("a.cpp", GOOD)
        self.assertIn("Passed", self.assert_passes())
        self.write("a.cpp", BAD)
        self.assert_fails("a.cpp:3:33: error: call to 'fetch' may block")
        self.project.commit("Old findings")
        self.write("a.cpp", BAD + GOOD.splitlines()[1].replace("f()", "g()") + "\n")
        self.assert_passes()


class WholeFiles(HookTest):
    def test_passes(self):
        self.use()
        self.write("a.cpp", GOOD)
        self.database("a.cpp")
        self.assertIn("Passed", self.assert_passes())

    def test_finds(self):
        self.use()
        self.write("a.cpp", BAD)
        self.database("a.cpp")
        output = self.assert_fails(
            "a.cpp:3:33: error: call to 'fetch' may block in coroutine 'f'",
            "exit code: 1",
        )
        self.assertNotIn("nothing was checked", output)

    def test_applies_fixes(self):
        self.use(arguments=["--fix"])
        self.project.write_pause()
        self.database("main.cpp")
        text = self.project.read("main.cpp")
        self.assert_fails("files were modified by this hook")
        self.assertEqual(
            self.project.read("main.cpp"),
            text.replace("  app::pause(1)", "  co_await app::async_pause(1)"),
        )
        self.assert_passes()

    def test_many_files_at_once(self):
        self.use()
        names = [f"src/file{number}.cpp" for number in range(12)]
        for name in names:
            self.write(name, GOOD)
        self.write(names[3], BAD)
        self.write(names[10], BAD)
        self.database(*names)
        output = self.assert_fails("src/file3.cpp:3", "src/file10.cpp:3")
        self.assertEqual(output.count("error: call to"), 2)

    def test_names_with_spaces_and_more(self):
        self.use()
        names = ["my dir/my file.cpp", "it's \"quoted\".cpp", "größe.cpp", "-x.cpp"]
        for name in names:
            self.write(name, BAD)
        self.database(*names)
        self.assert_fails(*(f"{name}:3:33: error" for name in names))

    def test_a_header_is_checked_through_a_unit(self):
        self.use()
        self.write("include/lib/all.h", '#pragma once\n#include "deep.h"\n')
        self.write("a.cpp", GOOD)
        self.write("b.cpp", "#include <lib/all.h>\n" + BAD.replace("fetch", "own"))
        self.project.commit("Before")
        self.write("include/lib/deep.h", HEADER)
        self.database("a.cpp", "b.cpp")
        output = self.assert_fails("deep.h:4:48: error: call to 'fetch'")
        # The unit itself is not in the commit.
        self.assertNotIn("b.cpp:", output)

    def test_a_header_that_nothing_includes(self):
        self.use()
        self.write("alone.h", HEADER)
        self.write("a.cpp", GOOD)
        self.database("a.cpp")
        self.assert_fails("includes 'alone.h', so it cannot be checked")

    def test_a_header_that_is_included_only_on_paper(self):
        self.use()
        self.write("alone.h", HEADER)
        self.write("a.cpp", '#if 0\n#include "alone.h"\n#endif\n')
        self.database("a.cpp")
        self.assert_fails("turned out not to include", "alone.h")

    def test_no_database(self):
        self.use()
        self.write("a.cpp", GOOD)
        self.assert_fails("no compile_commands.json", "-p, DIRECTORY", "COROLINT_SKIP")

    def test_the_named_database_is_missing(self):
        self.use(arguments=["-p", "elsewhere"])
        self.write("a.cpp", GOOD)
        self.database("a.cpp")
        self.assert_fails("no compile_commands.json in 'elsewhere'")

    def test_a_broken_database(self):
        self.use()
        self.write("a.cpp", GOOD)
        self.write("build/compile_commands.json", '[{"file": "a.cpp"}]')
        self.assert_fails("is no compilation database", "directory")

    def test_a_database_that_lacks_the_file(self):
        self.use()
        self.write("a.cpp", GOOD)
        self.write("new.cpp", GOOD)
        self.database("a.cpp")
        self.assert_fails("'new.cpp' is not in the compilation database of 'build'")

    def test_flags_instead_of_a_database(self):
        self.use()
        self.write("a.cpp", BAD)
        self.write(
            "compile_flags.txt",
            f"-std=c++20\n-I{SOURCE}/include\n-I{SOURCE}/test/checks/Inputs\n",
        )
        self.assert_fails("a.cpp:3:33: error")

    def test_no_plugin(self):
        self.use()
        self.write("a.cpp", BAD)
        self.database("a.cpp")
        self.assert_fails(
            "there is no plugin at '/nowhere/corolint.so'",
            COROLINT_PLUGIN="/nowhere/corolint.so",
        )

    def test_a_plugin_that_does_not_load(self):
        self.use()
        self.write("a.cpp", BAD)
        self.write("broken.so", "not a library")
        self.database("a.cpp")
        self.assert_fails(
            "did not load 'broken.so'",
            "no coro-* checks",
            COROLINT_PLUGIN="broken.so",
        )

    def test_no_clang_tidy(self):
        self.use()
        self.write("a.cpp", BAD)
        self.database("a.cpp")
        self.assert_fails(
            "'clang-tidy-99' is not installed: as root, apt-get install clang-tidy-99",
            COROLINT_CLANG_TIDY="clang-tidy-99",
        )

    def test_code_that_does_not_compile(self):
        self.use()
        self.write("a.cpp", GOOD + "int i = undeclared;\n")
        self.database("a.cpp")
        self.assert_fails("use of undeclared identifier 'undeclared'")

    def test_a_bad_model(self):
        self.use()
        self.write("a.cpp", GOOD)
        self.write(".clang-tidy", "CheckOptions:\n  CoroModels: none.yaml\n")
        self.database("a.cpp")
        self.assert_fails("none.yaml")

    def test_skipping_on_purpose(self):
        self.use()
        self.write("a.cpp", BAD)
        output = self.assert_passes(COROLINT_SKIP="1")
        self.assertIn("skipped, because COROLINT_SKIP is set", output)

    def test_the_usual_list_of_checks_does_not_turn_ours_off(self):
        self.use()
        self.write("a.cpp", BAD)
        self.write(".clang-tidy", "Checks: '-*,bugprone-*'\n")
        self.database("a.cpp")
        self.assert_fails("a.cpp:3:33: error")

    def test_a_list_that_names_ours_is_obeyed(self):
        self.use()
        self.write("a.cpp", BAD)
        self.write(".clang-tidy", "Checks: '-*,coro-*,-coro-blocking-call'\n")
        self.database("a.cpp")
        self.assert_passes()

    def test_a_directory_without_any_check(self):
        self.use()
        self.write("third_party/a.cpp", BAD)
        self.write("third_party/.clang-tidy", "Checks: '-*'\n")
        self.database("third_party/a.cpp")
        self.assertIn("turns every check off", self.assert_passes())


class ChangedLines(HookTest):
    """Only what the commit changes is looked at."""

    def commit(self, **files):
        for name, text in files.items():
            self.write(name.replace("_", "."), text)
        self.use("corolint-changed")
        self.database("a.cpp")
        self.project.commit("Before")

    def test_old_findings_are_let_be(self):
        self.commit(a_cpp=BAD)
        self.write("a.cpp", BAD + "int i;\n")
        self.assert_passes()

    def test_new_findings_are_found(self):
        self.commit(a_cpp=BAD)
        self.write("a.cpp", BAD + "coro::task<int> g() { co_return fetch(); }\n")
        output = self.assert_fails("a.cpp:4:33: error")
        self.assertNotIn("a.cpp:3:33", output)

    def test_a_new_file_is_all_new(self):
        self.use("corolint-changed")
        self.write("my dir/a.cpp", BAD)
        self.database("my dir/a.cpp")
        self.assert_fails("my dir/a.cpp:3:33: error")

    def test_lines_that_only_went(self):
        self.commit(a_cpp=BAD + "int i;\n")
        self.write("a.cpp", BAD)
        self.assert_passes()

    def test_a_changed_header(self):
        self.commit(a_cpp='#include "lib.h"\n', lib_h=HEADER)
        more = "inline coro::task<int> more() { co_return fetch(); }\n"
        self.write("lib.h", HEADER + more)
        output = self.assert_fails("lib.h:5:43: error")
        self.assertNotIn("lib.h:4:", output)

    def test_between_two_commits_as_in_ci(self):
        self.commit(a_cpp=BAD)
        self.write("a.cpp", BAD + "coro::task<int> g() { co_return fetch(); }\n")
        self.project.commit("After")
        status, output = self.run_hook("--from-ref", "HEAD~1", "--to-ref", "HEAD")
        self.assertEqual(status, 1, output)
        self.assertIn("a.cpp:4:33: error", output)
        self.assertNotIn("a.cpp:3:33", output)


if __name__ == "__main__":
    unittest.main(argv=sys.argv[:1] + sys.argv[4:])
