# Part of corolint, under the Apache License v2.0 with LLVM Exceptions.
# See LICENSE for license information.
# SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
"""The Debian package: made, looked at, installed into a root, used, removed.

Usage: packages_test.py BUILD_DIRECTORY LLVM SOURCE_DIRECTORY
"""

import glob
import os
import re
import shutil
import sys
import unittest

import lsp
from projects import Project, read

BUILD, LLVM, SOURCE = sys.argv[1:4]
PACKAGE = f"corolint-{LLVM}"

BAD = """\
#include <corolint/annotations.h>
struct wait {
  bool await_ready() { return false; }
  void await_suspend(auto) {}
  void await_resume() {}
};
#include <coroutine>
struct task {
  struct promise_type {
    task get_return_object() { return {}; }
    std::suspend_always initial_suspend() { return {}; }
    std::suspend_always final_suspend() noexcept { return {}; }
    void return_void() {}
    void unhandled_exception() {}
  };
};
task f() {
  COROLINT_NO_YIELD_REGION {
    co_await wait{};
  }
}
"""


class PackageTest(unittest.TestCase):
    @classmethod
    def setUpClass(cls):
        cls.project = Project(cls.addClassCleanup)
        status, output = cls.project.run(
            ["cpack", "--config", f"{BUILD}/CPackConfig.cmake", "-G", "DEB"]
            + ["-B", cls.project.directory, "-D", "CPACK_DEBIAN_COMPRESSION_TYPE=gzip"]
        )
        assert status == 0, output
        (cls.deb,) = glob.glob(cls.project.path(f"{PACKAGE}_*.deb"))
        cls.root = cls.project.path("root")
        cls.own = f"{cls.root}/usr/lib/{PACKAGE}"
        cls.install()

    @classmethod
    def dpkg(cls, *arguments):
        status, output = cls.project.run(
            ["dpkg", f"--root={cls.root}", "--force-depends"]
            + ["--force-script-chrootless", *arguments]
        )
        assert status == 0, output

    @classmethod
    def install(cls):
        for name in ["info", "updates", "alternatives"]:
            os.makedirs(f"{cls.root}/var/lib/dpkg/{name}")
        os.makedirs(f"{cls.root}/etc/alternatives")
        os.makedirs(f"{cls.root}/var/log")
        os.makedirs(f"{cls.root}/usr/include")  # of base-files, everywhere
        with open(f"{cls.root}/var/lib/dpkg/status", "w", encoding="utf-8"):
            pass
        cls.dpkg("--install", cls.deb)

    def write_flags(self, directory):
        self.project.write_flags(["-std=c++20", f"-I{self.own}/include"], directory)

    def field(self, name):
        return self.project.run(["dpkg-deb", "--field", self.deb, name])[1].strip()

    def test_lintian_sees_no_error_and_no_warning(self):
        if not shutil.which("lintian"):
            self.skipTest("lintian is not installed")
        status, output = self.project.run(
            ["lintian", "--no-cfg", "--allow-root", "--fail-on=error,warning", self.deb]
        )
        self.assertEqual(status, 0, output)

    def test_dependencies_have_the_epoch_and_an_upper_bound(self):
        depends = self.field("Depends").split(", ")
        for package in [f"clang-tidy-{LLVM}", f"libclang-cpp{LLVM}", f"libllvm{LLVM}"]:
            self.assertIn(f"{package} (>= 1:{LLVM}.1)", depends)
            self.assertIn(f"{package} (<< 1:{LLVM}.2)", depends)

    def test_apt_could_install_it(self):
        # Everything it depends on exists, in a version that fits.
        status, output = self.project.run(["apt-get", "install", "--simulate", self.deb])
        self.assertEqual(status, 0, output)
        self.assertIn(f"Inst {PACKAGE} ", output)

    def test_the_plugin_works(self):
        source = self.project.write("bad.cpp", BAD)
        status, output = self.project.run(
            [f"clang-tidy-{LLVM}", f"--load={self.own}/lib/corolint.so", "--config={}"]
            + ["--checks=-*,coro-*", source, "--", "-std=c++20"]
            + [f"-I{self.own}/include"]
        )
        self.assertEqual(status, 0, output)
        self.assertIn("[coro-no-yield-region]", output)

    def test_clangd_works(self):
        self.write_flags("edit")
        source = self.project.write("edit/bad.cpp", BAD)
        program = [f"{self.own}/bin/corolint-clangd", "--background-index=false"]
        with lsp.Client(program, os.path.dirname(source)) as client:
            (found,) = lsp.Document(client, source, BAD).diagnostics()
        self.assertEqual(found["code"], "coro-no-yield-region")
        self.assertIn(f"/{PACKAGE}/docs/checks/", found["codeDescription"]["href"])

    def test_the_documentation_is_there(self):
        docs = f"{self.own}/share/{PACKAGE}/docs"
        pages = glob.glob("**/*.md", root_dir=docs, recursive=True)
        self.assertIn("checks/coro-no-yield-region.md", pages)
        for page in pages:
            self.assertEqual(read(f"{docs}/{page}"), read(f"{SOURCE}/docs/{page}"))
        # So the links between pages hold, but for those to the sources.
        self.assertEqual(
            set(pages), set(glob.glob("**/*.md", root_dir=f"{SOURCE}/docs", recursive=True))
        )
        linked = f"{self.root}/usr/share/doc/{PACKAGE}/docs"
        self.assertEqual(os.path.realpath(linked), os.path.realpath(docs))

    def test_the_driver_works(self):
        status, output = self.project.run([f"{self.root}/usr/bin/{PACKAGE}", "doctor"])
        self.assertEqual(status, 0, output)
        self.assertIn(f"{self.own}/lib/corolint.so", output)

    def test_the_cmake_package_works(self):
        consumer = f"{SOURCE}/test/packages/Inputs/consumer"
        for compiler in [f"clang++-{LLVM}", "g++-12"]:
            build = self.project.path(f"consumer-{compiler}")
            for command in [
                ["cmake", "-S", consumer, "-B", build, "-G", "Ninja"]
                + [f"-DCMAKE_CXX_COMPILER={compiler}"]
                + [f"-DCMAKE_PREFIX_PATH={self.root}/usr"],
                ["cmake", "--build", build],
                [f"{build}/consumer"],
            ]:
                with self.subTest(command):
                    status, output = self.project.run(command)
                    self.assertEqual(status, 0, output)

    def test_the_hook_works(self):
        self.write_flags("commit")
        self.project.write("commit/bad.cpp", BAD)
        hook = [f"{self.root}/usr/bin/corolint-changed-{LLVM}", "bad.cpp"]
        for command, expected in [
            (["git", "init", "-q"], 0),
            (["git", "add", "bad.cpp"], 0),
            (hook, 1),
        ]:
            status, output = self.project.run(command, directory="commit")
            self.assertEqual(status, expected, output)
        self.assertIn("[coro-no-yield-region", output)

    def test_maintainer_and_homepage_are_settings(self):
        build = self.project.path("settings")
        status, output = self.project.run(
            ["cmake", "-S", SOURCE, "-B", build, "-G", "Ninja"]
            + [f"-DCMAKE_{language}_COMPILER=clang-{LLVM}" for language in ("C", "CXX")]
            + [f"-DCOROLINT_BUILD_{part}=OFF" for part in ("CHECKS", "RUNTIME", "TESTS")]
            + ["-DCOROLINT_MAINTAINER=A Name <name@host.example>"]
            + ["-DCOROLINT_HOMEPAGE=https://host.example/corolint"],
            {**os.environ, "SOURCE_DATE_EPOCH": "0"},
        )
        self.assertEqual(status, 0, output)
        settings = read(f"{build}/CPackConfig.cmake")
        for name, value in [
            ("PACKAGE_CONTACT", "A Name <name@host.example>"),
            ("DEBIAN_PACKAGE_HOMEPAGE", "https://host.example/corolint"),
        ]:
            self.assertIn(f'set(CPACK_{name} "{value}")', settings)
        script = read(f"{build}/packaging/debian.cmake")
        self.assertIn("Thu, 01 Jan 1970 00:00:00 +0000", script)

    def test_links_stand_in_the_usual_places(self):
        for path, leads_to in {
            "usr/bin/corolint": f"/usr/bin/{PACKAGE}",
            "usr/bin/corolint-changed": f"/usr/bin/corolint-changed-{LLVM}",
            "usr/bin/corolint-clangd": f"/usr/bin/corolint-clangd-{LLVM}",
            "usr/include/corolint": f"/usr/lib/{PACKAGE}/include/corolint",
            "usr/share/bash-completion/completions/corolint":
                f"/usr/share/bash-completion/completions/{PACKAGE}",
            "usr/share/fish/vendor_completions.d/corolint.fish":
                f"/usr/share/fish/vendor_completions.d/{PACKAGE}.fish",
        }.items():
            alternative = os.readlink(os.path.join(self.root, path))
            self.assertTrue(alternative.startswith("/etc/alternatives/"), alternative)
            self.assertEqual(os.readlink(self.root + alternative), leads_to)
            self.assertTrue(os.path.exists(self.root + leads_to), leads_to)

    def manual(self, name):
        path = f"{self.root}/usr/share/man/man1/{name}-{LLVM}.1.gz"
        status, text = self.project.run(["zcat", path])
        self.assertEqual(status, 0, text)
        return text.replace("\\-", "-")

    def test_manual_page_of_the_hook_names_every_option(self):
        text = self.manual("corolint-changed")
        hook = f"{self.root}/usr/bin/corolint-changed-{LLVM}"
        status, help_text = self.project.run([hook, "--help"])
        self.assertEqual(status, 0, help_text)
        options = set(re.findall(r"(?<![\w-])--?[a-z-]+", help_text))
        self.assertIn("--clang-tidy", options)
        for option in options - {"-h", "--help"}:
            self.assertIn(option, text)

    def test_manual_page_and_completion_name_every_command(self):
        text = self.manual("corolint")
        _, help_text = self.project.run([f"{self.own}/bin/corolint", "--help"])
        commands = re.findall(r"^  ([a-z]+) +- ", help_text, re.M)
        self.assertIn("check", commands)
        completed = read(f"{self.root}/usr/share/bash-completion/completions/{PACKAGE}")
        for command in commands:
            self.assertIn(command, text)
            self.assertIn(command, completed)

    def test_completions_of_other_shells_name_the_package(self):
        zsh = read(f"{self.root}/usr/share/zsh/vendor-completions/_{PACKAGE}")
        self.assertTrue(zsh.startswith(f"#compdef {PACKAGE} corolint\n"), zsh)
        fish = f"{self.root}/usr/share/fish/vendor_completions.d/{PACKAGE}.fish"
        self.assertIn(f"for Command in corolint {PACKAGE}\n", read(fish))

    def complete(self, *words):
        script = f"{self.root}/usr/share/bash-completion/completions/{PACKAGE}"
        line = " ".join(f"'{word}'" for word in words)
        status, output = self.project.run(
            [
                "bash",
                "-ec",
                f"source '{script}'; COMP_WORDS=({line}); "
                f"COMP_CWORD={len(words) - 1}; complete -p {PACKAGE} >&2; _corolint; "
                'printf "%s\\n" "${COMPREPLY[@]}"',
            ]
        )
        self.assertEqual(status, 0, output)
        registered, *completed = output.splitlines()
        self.assertRegex(registered, rf"-F _corolint {PACKAGE}$")
        return completed

    def test_completion_completes(self):
        program = f"{self.own}/bin/corolint"
        self.assertEqual(self.complete(program, "che"), ["check"])
        self.assertEqual(self.complete(program, "check", "--base"), ["--baseline"])
        self.assertEqual(
            self.complete(program, "check", "--format", "sa"), ["sarif"]
        )

    def test_zz_nothing_is_left_when_it_is_removed(self):
        self.dpkg("--remove", PACKAGE)
        left = [
            os.path.join(directory, name)[len(self.root) :]
            for directory, _, names in os.walk(self.root)
            for name in names
        ]
        left = [path for path in left if not path.startswith("/var/")]
        self.assertEqual(left, [])


if __name__ == "__main__":
    unittest.main(argv=sys.argv[:1] + sys.argv[4:])
