# Part of corolint, under the Apache License v2.0 with LLVM Exceptions.
# See LICENSE for license information.
# SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
"""Packs the portable program, and uses the archive and the wheel.

Usage: portable_test.py BUILD_DIRECTORY LLVM SOURCE_DIRECTORY
"""

import hashlib
import json
import os
import re
import subprocess
import sys
import time
import unittest

import yaml
from projects import Project

BUILD, LLVM, SOURCE = sys.argv[1:4]
# The limits of the issue that asked for this program.
LARGEST_UNPACKED, LARGEST_PACKED = 150e6, 45e6  # bytes
SLOWEST_START = 0.15  # seconds
BLOCKS = """\
#include <coroutine>
#include <unistd.h>
struct Task {
  struct promise_type {
    Task get_return_object() { return {}; }
    std::suspend_always initial_suspend() noexcept { return {}; }
    std::suspend_always final_suspend() noexcept { return {}; }
    void return_void() {}
    void unhandled_exception() {}
  };
};
Task wait() { sleep(1); co_return; }
"""


def resources():
    return f"/usr/lib/llvm-{LLVM}/lib/clang/{LLVM}"


class Packed(unittest.TestCase):
    @classmethod
    def setUpClass(cls):
        cls.packed = Project(cls.addClassCleanup)
        cls.pack(cls.packed.directory)
        cls.unpacked = Project(cls.addClassCleanup)
        cls.install(cls.only(".tar.zst"), cls.unpacked.path("from archive"))

    @staticmethod
    def pack(output, **variables):
        with open(f"{BUILD}/CMakeCache.txt", encoding="utf-8") as cache:
            version = re.search(r"CMAKE_PROJECT_VERSION:STATIC=(.*)", cache.read())
        command = [f"{SOURCE}/cmake/packaging/portable.py", "--source", SOURCE]
        command += ["--program", f"{BUILD}/portable/bin/corolint", "--llvm", LLVM]
        command += ["--resources", resources(), "--version", version.group(1)]
        command += ["--output", output]
        environment = os.environ | {"SOURCE_DATE_EPOCH": "1700000000"} | variables
        subprocess.run(command, check=True, env=environment, stdout=subprocess.PIPE)

    @classmethod
    def only(cls, ending):
        [name] = [n for n in os.listdir(cls.packed.directory) if n.endswith(ending)]
        return cls.packed.path(name)

    @staticmethod
    def install(package, directory, *more):
        return subprocess.run(
            [f"{SOURCE}/docs/ci/install-portable.sh", package, directory, *more],
            capture_output=True,
            text=True,
            check=False,
        )

    def corolint(self, *arguments, root="from archive"):
        """Runs the unpacked program with no other program in PATH."""
        program = os.path.join(self.unpacked.path(root), "bin/corolint")
        return subprocess.run(
            [program, *arguments],
            capture_output=True,
            text=True,
            check=False,
            env=os.environ | {"PATH": "/nonexistent"},
        )

    def test_sizes(self):
        program = self.unpacked.path("from archive/libexec/corolint")
        self.assertLess(os.path.getsize(program), LARGEST_UNPACKED)
        for packed in (".tar.zst", ".whl"):
            self.assertLess(os.path.getsize(self.only(packed)), LARGEST_PACKED)

    def test_cold_start(self):
        """On an empty project. The best of a few runs: the machine has other work."""
        empty = Project(self.addCleanup)
        empty.write("compile_commands.json", "[]")
        program = self.unpacked.path("from archive/bin/corolint")
        took = []
        for _ in range(5):
            start = time.perf_counter()
            status, output = empty.run([program, "check"])
            took.append(time.perf_counter() - start)
            self.assertEqual((status, output), (0, ""))
        self.assertLess(min(took), SLOWEST_START)

    def test_doctor(self):
        done = self.corolint("doctor")
        self.assertEqual(done.returncode, 0, done.stdout + done.stderr)
        self.assertIn("clang-tidy inside this program finds a planted bug", done.stdout)

    def test_clang_tidy_has_its_own_checks_and_ours(self):
        done = self.corolint("tidy", "--list-checks", "--checks=*")
        self.assertEqual(done.returncode, 0, done.stderr)
        for check in ("bugprone-use-after-move", "coro-blocking-call"):
            self.assertIn(check, done.stdout)

    def test_clangd(self):
        named = self.unpacked.path("from archive/bin/corolint-clangd")
        status, output = self.unpacked.run([named, "--version"])
        self.assertEqual(status, 0, output)
        done = self.corolint("clangd", "--version")
        self.assertEqual(done.returncode, 0, done.stderr)
        for said in (output, done.stdout):
            self.assertIn(f"clangd version {LLVM}.", said)

    def run_ci(self, steps, package, variables):
        """Runs the steps of a CI job on a small project; (its status, directory)."""
        project = Project(self.addCleanup)
        project.write("build/a.cpp", BLOCKS)
        project.write("build/compile_flags.txt", "-std=c++20\n")
        environment = os.environ | {"PACKAGE": package, "SHA256": ""} | variables
        environment |= {
            "GITHUB_ACTION_PATH": SOURCE,
            "RUNNER_TEMP": project.path("temp"),
            "GITHUB_PATH": project.write("temp/path", ""),
            "GITHUB_OUTPUT": project.write("temp/output", ""),
        }
        results = []
        for step in steps:
            added = project.read("temp/path").splitlines()
            environment["PATH"] = ":".join([*added, os.environ["PATH"]])
            results.append(project.run(["bash", "-e", "-c", step], environment))
        return results, project

    def test_github_action(self):
        with open(f"{SOURCE}/action.yml", encoding="utf-8") as file:
            steps = yaml.safe_load(file)["runs"]["steps"]
        scripts = [step["run"] for step in steps if "run" in step]
        variables = {"BUILD": "build", "BASELINE": "", "ARGUMENTS": "--no-cache"}
        results, project = self.run_ci(scripts, self.only(".tar.zst"), variables)
        self.assertEqual([status for status, _ in results], [0, 0, 1, 0], results)
        self.assertRegex(results[2][1], "::warning file=.*a.cpp,line=")
        self.assertIn("coro-blocking-call", project.read("temp/corolint.sarif"))
        self.assertRegex(project.read("temp/output"), "^sarif=.*corolint.sarif")

    def test_gitlab_component(self):
        with open(f"{SOURCE}/docs/ci/gitlab-component.yml", encoding="utf-8") as file:
            header, job = yaml.safe_load_all(file)
        inputs = {"package": self.only(".tar.zst"), "configure": "true"}
        for name, given in header["spec"]["inputs"].items():
            inputs.setdefault(name, given.get("default"))
        lines = [
            re.sub(r"\$\[\[ inputs\.([\w-]+) \]\]", lambda found: inputs[found[1]], line)
            for line in job["corolint"]["script"]
        ]
        # GitLab runs all lines in one shell.
        ((status, output),), project = self.run_ci(["\n".join(lines)], "", {})
        self.assertEqual(status, 1, output)
        self.assertIn("[coro-blocking-call]", output)
        self.assertIn("coro-blocking-call", project.read("corolint.sarif"))

    def test_hook_without_python(self):
        done = self.corolint("hook")
        self.assertEqual(done.returncode, 2)
        self.assertIn("the hook needs python3", done.stderr)

    def launch(self, replaced=("", ""), **programs):
        """Starts the launcher, changed, with programs that print a text in PATH."""
        with open(self.unpacked.path("from archive/bin/corolint"), encoding="utf-8") as file:
            script = file.read().replace(*replaced)
        self.unpacked.write("from archive/bin/changed", script)
        for name, text in programs.items():
            fake = self.unpacked.write(f"fake/{name}", f"#!/bin/sh\necho {text}\n")
            os.chmod(fake, 0o755)
        done = subprocess.run(
            ["/bin/sh", self.unpacked.path("from archive/bin/changed"), "--version"],
            capture_output=True,
            text=True,
            check=False,
            env=os.environ | {"PATH": self.unpacked.path("fake")},
        )
        return done.returncode, done.stdout + done.stderr

    def test_an_older_glibc(self):
        for version in ("2.35", "2.9", "1.99"):
            status, said = self.launch(getconf=f"glibc {version}")
            self.assertEqual(status, 2)
            self.assertEqual(
                said,
                f"corolint: error: this system has glibc {version}, and glibc 2.36 or"
                " later is needed (Debian 12, Ubuntu 23.04, Fedora 37)\n",
            )
        for version in ("2.36", "2.41", "3.0"):
            status, said = self.launch(getconf=f"glibc {version}")
            self.assertEqual(status, 0, said)

    def test_another_machine(self):
        no_loader = ("/lib64/ld-linux-x86-64.so.2", "/nonexistent")
        status, said = self.launch(no_loader, uname="aarch64")
        self.assertEqual(status, 2)
        self.assertIn("the build for x86-64, and this machine is aarch64", said)
        status, said = self.launch(no_loader, uname="x86_64")
        self.assertEqual(status, 2)
        self.assertIn("this system has no glibc", said)

    def test_link_to_the_launcher(self):
        for target in ("from archive/bin/corolint", "first"):
            link = self.unpacked.path("first" if "bin" in target else "second")
            os.symlink(target, link)
            done = subprocess.run([link, "--version"], check=False, capture_output=True)
            self.assertEqual(done.returncode, 0, done.stderr)

    def test_no_cxx_library(self):
        """-nostdinc++ hides the system's, as if it had none."""
        project = Project(self.addCleanup)
        project.write("a.cpp", "#include <vector>\n")
        project.write("compile_flags.txt", "-std=c++20\n-nostdinc++\n")
        program = self.unpacked.path("from archive/bin/corolint")
        check = [program, "check", "--no-cache"]
        missing = "corolint: error: no complete C++ library was found; install g++"
        status, output = project.run(check)
        self.assertEqual(status, 2)
        self.assertIn(missing, output)
        # A missing header of the project's own is no such thing.
        project.write("a.cpp", "#include <vector>\n#include <NoSuchHeader>\n")
        project.write("compile_flags.txt", "-std=c++20\n")
        status, output = project.run(check)
        self.assertEqual(status, 2)
        self.assertNotIn(missing, output)
        # Nor is a missing module.
        project.write("compile_flags.txt", "-std=c++20\n-fmodule-file=no-such.pcm\n")
        status, output = project.run(check)
        self.assertEqual(status, 2)
        self.assertIn("no-such.pcm", output)
        self.assertNotIn(missing, output)

    def test_no_home_and_no_cache(self):
        project = Project(self.addCleanup)
        project.write("a.cpp", "void f();\n")
        project.write("compile_flags.txt", "-std=c++20\n")
        # A file where the directory would be: root may write anywhere.
        project.write(".corolint", "")
        program = self.unpacked.path("from archive/bin/corolint")
        status, output = project.run([program, "check"], {"PATH": os.environ["PATH"]})
        self.assertEqual(status, 0, output)
        self.assertRegex(output, r"^corolint: warning: no cache: .*--cache\n$")

    def test_without_its_headers(self):
        self.install(self.only(".tar.zst"), self.unpacked.path("broken"))
        os.rename(self.unpacked.path("broken/lib"), self.unpacked.path("broken/away"))
        done = self.corolint("tidy", "--list-checks", root="broken")
        self.assertEqual(done.returncode, 2)
        self.assertIn("keep 'bin' and 'lib' of the archive together", done.stderr)

    def test_wheel(self):
        done = self.install(self.only(".whl"), self.unpacked.path("from wheel"))
        self.assertEqual(done.returncode, 0, done.stderr)
        listed = subprocess.run(
            [sys.executable, "-m", "zipfile", "--list", self.only(".whl")],
            capture_output=True,
            text=True,
            check=True,
        ).stdout
        for name in ("dist-info/RECORD", "dist-info/entry_points.txt", "__main__.py"):
            self.assertIn(name, listed)

    def test_hook_of_the_wheel(self):
        """As pre-commit starts it: corolint's main, with an interpreter."""
        self.install(self.only(".whl"), self.unpacked.path("hooked"))
        done = subprocess.run(
            [self.unpacked.path("hooked/bin/corolint"), "hook", "--help"],
            capture_output=True,
            text=True,
            check=False,
            env=os.environ | {"COROLINT_PYTHON": sys.executable},
        )
        self.assertEqual(done.returncode, 0, done.stderr)
        self.assertIn("--corolint", done.stdout)

    def test_sums_and_sbom(self):
        for line in self.packed.read("SHA256SUMS").splitlines():
            digest, name = line.split()
            with open(self.packed.path(name), "rb") as file:
                self.assertEqual(hashlib.sha256(file.read()).hexdigest(), digest)
        with open(self.only(".spdx.json"), encoding="utf-8") as file:
            packages = {p["name"]: p for p in json.load(file)["packages"]}
        licence = packages[f"llvm-{LLVM}-dev"]["licenseDeclared"]
        self.assertEqual(licence, "Apache-2.0 WITH LLVM-exception")

    def test_wrong_sum(self):
        done = self.install(self.only(".whl"), self.unpacked.path("no"), "0" * 64)
        self.assertEqual(done.returncode, 2)
        self.assertIn("has the SHA-256 sum", done.stderr)

    def test_reproducible(self):
        again = Project(self.addCleanup)
        self.pack(again.directory)
        self.assertEqual(self.packed.read("SHA256SUMS"), again.read("SHA256SUMS"))

    def test_a_newer_glibc_is_refused(self):
        output = Project(self.addCleanup)
        source = f"{SOURCE}/cmake/packaging/portable.py"
        with open(source, encoding="utf-8") as file:
            script = file.read().replace("(2, 36)", "(2, 2)")
        output.write("portable.py", script)
        program = f"{BUILD}/portable/bin/corolint"
        done = subprocess.run(
            [sys.executable, output.path("portable.py"), "--program", program]
            + ["--source", SOURCE, "--resources", resources(), "--llvm", LLVM]
            + ["--version", "0", "--output", output.directory],
            capture_output=True,
            text=True,
            check=False,
        )
        self.assertEqual(done.returncode, 2)
        self.assertRegex(done.stderr, r"needs glibc 2\.\d+, the floor is 2\.2")


if __name__ == "__main__":
    unittest.main(argv=[sys.argv[0]])
