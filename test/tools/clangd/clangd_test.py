# Part of corolint, under the Apache License v2.0 with LLVM Exceptions.
# See LICENSE for license information.
# SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
"""corolint-clangd, spoken to as an editor does.

Usage: clangd_test.py CORO_CLANGD STOCK_CLANGD SOURCE_DIRECTORY
"""

import os
import re
import shutil
import subprocess
import sys
import unittest
import urllib.parse

import check_list
import lsp
import projects

CLANGD, STOCK, SOURCE = sys.argv[1:4]

REGION = """\
#include "coro.h"
coro::task<void> other();
int counter;
coro::task<void> update() {
  COROLINT_NO_YIELD_REGION {
    int seen = counter;
    counter = seen + 1;
  }
  co_await other();
}
"""
FETCH = """\
#include "coro.h"
int fetch();
coro::task<int> f() { co_return fetch(); }
"""
MODEL = """\
library: ours
effects:
  - names: [fetch]
    effect: blocks
    kind: net
"""
UNUSED = """\
#include "coro.h"
int half(int n) {
  double d = n / 2;
  return static_cast<int>(d);
}
"""


class Project(projects.Project):
    """With flags for any file, and an editor."""

    def __init__(self, add_cleanup, **files):
        super().__init__(add_cleanup)
        self.write_flags()
        # Saves half a second a start.
        self.write("clangd/config.yaml", "Index:\n  StandardLibrary: No\n")
        for name, text in files.items():
            self.write(name, text)

    def client(self, clangd=CLANGD, options=(), directory=None):
        # The user's own configuration must not decide a test.
        environment = {**os.environ, "XDG_CONFIG_HOME": self.directory}
        environment.pop("CLANGD_FLAGS", None)
        return lsp.Client(
            [clangd, "--background-index=false", "-j=1", *options],
            directory or self.directory,
            environment,
        )

    def findings(self, text, **arguments):
        with self.client(**arguments) as client:
            return lsp.Document(client, self.path("main.cpp"), text).diagnostics()


def checks_of(diagnostics):
    return [d.get("code") for d in diagnostics]


class ProjectTest(unittest.TestCase):
    def project(self, **files):
        return Project(self.addCleanup, **files)


class FindingsTest(ProjectTest):
    """What the checks find is shown as it should be."""

    def test_shows_findings_without_any_configuration(self):
        project = self.project()
        os.remove(project.path("clangd/config.yaml"))
        text = projects.read(f"{SOURCE}/docs/demo/demo.cpp")
        found = project.findings(text)
        self.assertEqual(
            sorted(checks_of(found)),
            check_list.names_on_by_default(),
        )
        for diagnostic in found:
            self.assertEqual(diagnostic["source"], "clang-tidy")
            self.assertTrue(diagnostic["relatedInformation"], diagnostic)
        self.assertEqual(checks_of(project.findings(text, clangd=STOCK)), [])

    def test_squiggle_stands_under_the_token_with_related_notes(self):
        text = REGION.replace("counter;\n    c", "counter;\n    co_await other();\n    c")
        (found,) = self.project().findings(text)
        self.assertEqual(
            found["message"], "'co_await' yields inside a no-yield region"
        )
        self.assertEqual(found["range"]["start"], {"line": 6, "character": 4})
        self.assertEqual(found["range"]["end"], {"line": 6, "character": 12})
        (note,) = found["relatedInformation"]
        self.assertEqual(note["message"], "The no-yield region begins here")
        self.assertEqual(note["location"]["range"]["start"]["line"], 4)

    def test_findings_follow_edits(self):
        with_await = REGION.replace(
            "counter;\n    c", "counter;\n    co_await other();\n    c"
        )
        project = self.project()
        with project.client() as client:
            document = lsp.Document(client, project.path("main.cpp"), REGION)
            self.assertEqual(checks_of(document.diagnostics()), [])
            for _ in range(3):
                document.change(with_await)
                self.assertEqual(
                    checks_of(document.diagnostics()), ["coro-no-yield-region"]
                )
                document.change(REGION)
                self.assertEqual(checks_of(document.diagnostics()), [])

    def test_survives_half_typed_code(self):
        text = REGION.replace(
            "counter;\n    c", "counter;\n    co_await other();\n    c"
        )
        project = self.project()
        with project.client() as client:
            document = lsp.Document(client, project.path("main.cpp"), "")
            document.diagnostics()
            for length in range(60, len(text), 7):
                document.change(text[:length])
                document.diagnostics()
            document.change(text)
            self.assertEqual(
                checks_of(document.diagnostics()), ["coro-no-yield-region"]
            )

    def test_analyses_several_files_in_one_process(self):
        project = self.project()
        bad = REGION.replace("other();\n}", "other();\n}\n" + FETCH.split("\n", 1)[1])
        bad = bad.replace("int fetch();", 'COROLINT_BLOCKING_FOR("disk") int fetch();')
        with project.client(options=["-j=4"]) as client:
            documents = [
                lsp.Document(client, project.path(f"{name}.cpp"), text)
                for name, text in [("a", REGION), ("b", bad), ("c", REGION)]
            ]
            # Each in turn: messages for the others are dropped meanwhile.
            for document, wanted in zip(documents, [[], ["coro-blocking-call"], []]):
                document.change(document.text + "\n")
                self.assertEqual(checks_of(document.diagnostics()), wanted)

    def test_quick_fix_is_applied(self):
        project = self.project()
        project.write_pause()
        text = project.read("main.cpp")
        with project.client() as client:
            document = lsp.Document(client, project.path("main.cpp"), text)
            (found,) = document.diagnostics()
            self.assertEqual(found["code"], "coro-blocking-call")
            (action,) = [
                each
                for each in document.code_actions(found)
                if each["kind"] == "quickfix"
            ]
            (edits,) = action["edit"]["changes"].values()
            fixed = document.applied(edits)
            self.assertEqual(
                fixed,
                text.replace("  app::pause(1)", "  co_await app::async_pause(1)"),
            )
            document.change(fixed)
            self.assertEqual(document.diagnostics(), [])

    def test_code_links_to_our_page(self):
        found = self.project().findings(
            FETCH.replace("int fetch", "COROLINT_BLOCKING int fetch")
        )
        (href,) = [d["codeDescription"]["href"] for d in found]
        page = urllib.parse.unquote(urllib.parse.urlparse(href).path)
        self.assertRegex(projects.read(page), r"\A# coro-blocking-call\n")

    def test_code_action_links_to_our_page_too(self):
        project = self.project()
        project.write_pause()
        text = project.read("main.cpp")
        with project.client() as client:
            document = lsp.Document(client, project.path("main.cpp"), text)
            (found,) = document.diagnostics()
            for action in document.code_actions(found):
                for diagnostic in action.get("diagnostics", []):
                    self.assertNotIn("clang.llvm.org", str(diagnostic))

    def test_other_checks_keep_their_link(self):
        found = self.project().findings(UNUSED)
        links = {d["code"]: d["codeDescription"]["href"] for d in found if "code" in d}
        self.assertIn("clang.llvm.org", links["bugprone-integer-division"])

    def test_models_are_respected_wherever_clangd_starts(self):
        project = self.project(**{"models/ours.yaml": MODEL})
        self.assertEqual(project.findings(FETCH), [])
        project.write(".clang-tidy", "CheckOptions:\n  CoroModels: models/ours.yaml\n")
        (found,) = project.findings(FETCH, directory="/")
        self.assertEqual(
            found["message"], "Call to 'fetch' may block (net) in coroutine 'f'"
        )
        self.assertIn("[ours]", found["relatedInformation"][0]["message"])

    def test_options_of_dot_clangd_are_respected(self):
        project = self.project(**{"ours.yaml": MODEL})
        project.write(
            ".clangd",
            "Diagnostics:\n  ClangTidy:\n    CheckOptions:\n"
            "      CoroModels: ours.yaml\n",
        )
        self.assertEqual(checks_of(project.findings(FETCH)), ["coro-blocking-call"])

    def test_a_bad_model_is_shown_in_the_editor(self):
        project = self.project(**{"ours.yaml": MODEL.replace("net", "network")})
        project.write(".clang-tidy", "CheckOptions:\n  CoroModels: ours.yaml\n")
        (found,) = project.findings(FETCH)
        self.assertEqual(found["severity"], 1)
        self.assertIn("ours.yaml:5", found["message"])
        project.write(".clang-tidy", "CheckOptions:\n  CoroModels: none.yaml\n")
        (found,) = project.findings(FETCH)
        self.assertIn("none.yaml", found["message"])

    def test_no_lint_is_respected(self):
        text = FETCH.replace("int fetch", "COROLINT_BLOCKING int fetch")
        text = text.replace("fetch(); }", "fetch(); } // NOLINT(coro-blocking-call)")
        self.assertEqual(self.project().findings(text), [])


class IndexTest(ProjectTest):
    """`CoroIndex`: the whole program, linked by the driver, seen in the editor."""

    main = """\
#include "coro.h"
int near();
coro::task<int> f() { co_return near(); }
"""
    near = "int far();\nint near() { return far(); }\n"
    far = 'extern "C" unsigned sleep(unsigned);\nint far() { return sleep(1); }\n'

    def indexed(self, index="build/program.index"):
        """A project of three files, its index, and a .clang-tidy that names it."""
        project = self.project(
            **{"main.cpp": self.main, "near.cpp": self.near, "far.cpp": self.far}
        )
        project.write_database("main.cpp", "near.cpp", "far.cpp")
        status, output = project.run(
            [os.path.join(os.path.dirname(CLANGD), "corolint"), "check"]
            + ["-p", "build", "--quiet", "--index", "build/program.index"]
        )
        self.assertEqual(status, 1, output)
        project.write(".clang-tidy", f"CheckOptions:\n  CoroIndex: {index}\n")
        return project

    def test_finds_what_blocks_two_files_away(self):
        project = self.indexed()
        (found,) = project.findings(self.main, directory="/")
        self.assertEqual(
            found["message"], "Call to 'near' may block (sleep) in coroutine 'f'"
        )
        notes = [note["message"] for note in found["relatedInformation"]]
        self.assertIn("'near' calls 'far' here", notes[0])
        self.assertIn("'far' calls 'sleep' here", notes[1])
        os.remove(project.path(".clang-tidy"))
        self.assertEqual(project.findings(self.main), [])

    def test_the_index_may_be_named_in_dot_clangd(self):
        project = self.indexed()
        os.remove(project.path(".clang-tidy"))
        project.write(
            ".clangd",
            "Diagnostics:\n  ClangTidy:\n    CheckOptions:\n"
            f"      CoroIndex: {project.path('build/program.index')}\n",
        )
        self.assertEqual(checks_of(project.findings(self.main)), ["coro-blocking-call"])

    def test_what_is_typed_is_judged_by_the_index(self):
        project = self.indexed()
        idle = self.main.replace("near(); }", "0; }")
        with project.client() as client:
            document = lsp.Document(client, project.path("main.cpp"), idle)
            self.assertEqual(document.diagnostics(), [])
            document.change(self.main)
            self.assertEqual(checks_of(document.diagnostics()), ["coro-blocking-call"])
            document.change(idle)
            self.assertEqual(document.diagnostics(), [])

    def complaint(self, project):
        """What is said in place of findings: one error, in the first line."""
        (found,) = project.findings(self.main)
        self.assertEqual(found["severity"], 1)
        self.assertEqual(found["range"]["start"], {"line": 0, "character": 0})
        return found["message"]

    def test_a_stale_index_is_said_and_not_used(self):
        project = self.indexed()
        project.write("far.cpp", self.far.replace("sleep(1)", "0"))
        self.assertRegex(
            self.complaint(project), r"is stale: '.*far\.cpp' has changed since"
        )

    def test_a_foreign_index_is_said_and_not_used(self):
        project = self.indexed()
        os.remove(project.path("far.cpp"))
        self.assertRegex(
            self.complaint(project), r"is not of this tree: '.*far\.cpp'"
        )

    def test_a_damaged_or_missing_index_is_said(self):
        project = self.indexed()
        project.write("build/program.index", "nonsense")
        self.assertIn("program.index", self.complaint(project))
        os.remove(project.path("build/program.index"))
        self.assertIn("cannot read the index", self.complaint(project))


class UsersChoiceTest(ProjectTest):
    """What .clang-tidy and .clangd say keeps its meaning."""

    text = FETCH.replace("int fetch", "COROLINT_BLOCKING int fetch") + UNUSED

    def found_with(self, **files):
        found = self.project(**files).findings(self.text)
        return sorted(checks_of(found))

    def test_nothing_said(self):
        self.assertEqual(
            self.found_with(), ["bugprone-integer-division", "coro-blocking-call"]
        )

    def test_others_wanted_too(self):
        checks = "Checks: 'bugprone-integer-division'\n"
        self.assertEqual(
            self.found_with(**{".clang-tidy": checks}),
            ["bugprone-integer-division", "coro-blocking-call"],
        )

    def test_only_others_wanted(self):
        checks = "Checks: '-*,bugprone-integer-division'\n"
        self.assertEqual(
            self.found_with(**{".clang-tidy": checks}), ["bugprone-integer-division"]
        )

    def test_ours_unwanted(self):
        for checks in ["-coro-*", "bugprone-integer-division,-coro-blocking-call"]:
            found = self.found_with(**{".clang-tidy": f"Checks: '{checks}'\n"})
            self.assertNotIn("coro-blocking-call", found)

    def test_removed_in_dot_clangd(self):
        removed = "Diagnostics:\n  ClangTidy:\n    Remove: coro-blocking-call\n"
        self.assertNotIn("coro-blocking-call", self.found_with(**{".clangd": removed}))

    def test_added_again_in_dot_clangd(self):
        files = {
            ".clang-tidy": "Checks: '-*'\n",
            ".clangd": "Diagnostics:\n  ClangTidy:\n    Add: coro-*\n",
        }
        self.assertEqual(self.found_with(**files), ["coro-blocking-call"])

    def test_suppressed_in_dot_clangd(self):
        suppressed = "Diagnostics:\n  Suppress: coro-blocking-call\n"
        self.assertNotIn(
            "coro-blocking-call", self.found_with(**{".clangd": suppressed})
        )

    def test_the_filter_of_fast_checks_is_the_users(self):
        """A check that clangd knows to be slow comes and goes; ours are fast."""
        slow = "misc-const-correctness"
        for choice, shown in {None: False, "Strict": False, "Loose": False, "None": True}.items():
            files = {".clang-tidy": f"Checks: '-*,coro-*,{slow}'\n"}
            if choice:
                files[".clangd"] = (
                    f"Diagnostics:\n  ClangTidy:\n    FastCheckFilter: {choice}\n"
                )
            with self.subTest(choice):
                found = self.found_with(**files)
                self.assertIn("coro-blocking-call", found)
                self.assertEqual(slow in found, shown)

    def test_no_clang_tidy_at_all(self):
        self.assertEqual(
            self.project().findings(self.text, options=["--clang-tidy=0"]), []
        )


class ProgramTest(ProjectTest):
    """The program itself is the drop-in that it says it is."""

    def check(self, program, *options, text=FETCH):
        project = self.project(**{"main.cpp": text})
        return project.run(
            [program, "--check=main.cpp", *options],
            {**os.environ, "XDG_CONFIG_HOME": project.directory},
        )

    def test_says_the_version_as_clangd_does(self):
        ours, stock = (
            subprocess.run([program, "--version"], capture_output=True, check=True)
            for program in (CLANGD, STOCK)
        )
        self.assertRegex(ours.stdout.decode(), r"clangd version \d+\.\d+\.\d+")
        number = rb"clangd version (\S+)"
        self.assertEqual(
            re.search(number, ours.stdout).group(),
            re.search(number, stock.stdout).group(),
        )

    def test_finds_clangs_headers_wherever_it_stands(self):
        elsewhere = self.project()
        copy, link = elsewhere.path("copy"), elsewhere.path("link")
        shutil.copy(CLANGD, copy)
        os.symlink(CLANGD, link)
        text = "#include <stddef.h>\n#include <stdarg.h>\nsize_t n;\n"
        for program in (CLANGD, copy, link):
            with self.subTest(program):
                status, output = self.check(program, text=text)
                self.assertEqual(status, 0, output)

    def test_an_explicit_resource_directory_wins(self):
        _, output = self.check(CLANGD, "--resource-dir=/nowhere")
        self.assertIn("-resource-dir=/nowhere", output)

    def test_says_that_it_has_no_remote_index(self):
        project = self.project()
        options = ["--remote-index-address=localhost:1", "--project-root=/"]
        with project.client(options=options) as client:
            document = lsp.Document(client, project.path("main.cpp"), UNUSED)
            document.diagnostics()
            # Wants the index, which is made when it is first wanted.
            self.assertEqual(
                client.request("workspace/symbol", {"query": "half"})[0]["name"], "half"
            )
        self.assertIn("no remote index", client.log)

    def test_the_tweaks_are_there(self):
        """They register themselves: a linker drops them all too easily."""
        project = self.project()
        with project.client() as client:
            document = lsp.Document(client, project.path("main.cpp"), UNUSED)
            document.diagnostics()
            actions = client.request(
                "textDocument/codeAction",
                {
                    "textDocument": {"uri": document.uri},
                    "range": {
                        "start": {"line": 2, "character": 13},
                        "end": {"line": 2, "character": 18},
                    },
                    "context": {"diagnostics": []},
                },
            )
            self.assertIn("Extract subexpression to variable", str(actions))


if __name__ == "__main__":
    unittest.main(argv=sys.argv[:1] + sys.argv[4:], verbosity=1)
