# Part of corolint, under the Apache License v2.0 with LLVM Exceptions.
# See LICENSE for license information.
# SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
"""The common code of both hooks: see docs/pre-commit.md.

Exit status: 0 nothing found, 1 findings, 2 the checks could not be run.
"""

import argparse
import concurrent.futures
import glob
import json
import os
import re
import shlex
import shutil
import subprocess
import sys

VERSIONS = ("22", "19")  # of LLVM; the first that is installed
DATABASES = (".", "build", "build-*", "build/*", "cmake-build-*", "out", "out/*")
HEADERS = (".h", ".hh", ".hpp", ".hxx", ".h++", ".H", ".inc", ".inl", ".ipp", ".tpp")


class CannotCheck(Exception):
    """The reason why nothing was checked, as a message for the committer."""


# --- The tools ----------------------------------------------------------------


def installed_plugins():
    """(path, version of LLVM), first for the package that contains this hook."""
    here = os.path.dirname(os.path.realpath(__file__))
    if own := re.fullmatch(r"(.*)/share/corolint-(\d+)/hooks", here):
        yield f"{own[1]}/lib/corolint.so", own[2]
    for version in VERSIONS:
        for prefix in ("/usr", "/usr/local"):
            yield f"{prefix}/lib/corolint-{version}/lib/corolint.so", version


def find_tidy(options):
    """The command that starts clang-tidy with the checks, untested."""
    if options.corolint:
        return [options.corolint, "tidy"]
    plugin, clang_tidy = options.plugin, options.clang_tidy
    versions = [
        version
        for version in VERSIONS
        if not clang_tidy or re.search(rf"\b{version}$", clang_tidy)
    ] or VERSIONS
    if not plugin:
        found = [
            (path, version)
            for path, version in installed_plugins()
            if version in versions and os.path.exists(path)
        ]
        if not found:
            raise CannotCheck(
                "the plugin corolint.so is not installed: install the package "
                f"corolint-{versions[0]}, or set COROLINT_PLUGIN to its path"
            )
        plugin, version = found[0]
        clang_tidy = clang_tidy or f"clang-tidy-{version}"
    if not os.path.exists(plugin):
        raise CannotCheck(f"there is no plugin at '{plugin}'")
    clang_tidy = clang_tidy or f"clang-tidy-{versions[0]}"
    if not shutil.which(clang_tidy):
        raise CannotCheck(
            f"'{clang_tidy}' is not installed: as root, apt-get install "
            + os.path.basename(clang_tidy)
        )
    return [clang_tidy, f"--load={plugin}"]


def list_checks(tidy, arguments):
    done = subprocess.run(
        [*tidy, "--list-checks", *arguments],
        capture_output=True,
        text=True,
        check=False,
    )
    listed = [line.strip() for line in done.stdout.splitlines()[1:] if line.strip()]
    return listed, done.stdout + done.stderr


def prove_checks_are_loaded(tidy):
    """The plugin's checks.

    clang-tidy ignores a plugin that does not load, and finds nothing.
    """
    listed, output = list_checks(tidy, ["--checks=-*,coro-*"])
    checks = [check for check in listed if check.startswith("coro-")]
    if not checks:
        raise CannotCheck(
            f"{tidy[0]} did not load '{tidy[1].removeprefix('--load=')}': no coro-*"
            " checks.\n"
            + output.strip()
        )
    return checks


# --- The compilation database -------------------------------------------------


class Database:
    def __init__(self, directory):
        if directory is None:
            directory = self.find()
        self.directory = directory
        path = os.path.join(directory, "compile_commands.json")
        # Flags for every file.
        self.all = not os.path.exists(path)
        self.commands = {}
        if self.all:
            if not os.path.exists(os.path.join(directory, "compile_flags.txt")):
                raise CannotCheck(f"there is no compile_commands.json in '{directory}'")
            return
        try:
            with open(path, encoding="utf-8") as file:
                for entry in json.load(file):
                    name = os.path.join(entry["directory"], entry["file"])
                    self.commands[os.path.realpath(name)] = entry
        except (ValueError, KeyError, TypeError) as error:
            raise CannotCheck(
                f"'{path}' is no compilation database: {error}"
            ) from error

    @staticmethod
    def find():
        for name in ("compile_commands.json", "compile_flags.txt"):
            for pattern in DATABASES:
                for path in sorted(glob.glob(os.path.join(pattern, name))):
                    return os.path.dirname(path) or "."
        raise CannotCheck(
            "no compile_commands.json here, nor in " + ", ".join(DATABASES[1:]) + ". "
            "Make one (cmake -DCMAKE_EXPORT_COMPILE_COMMANDS=ON), or name its "
            "directory: args: [-p, DIRECTORY]"
        )

    def has(self, path):
        return self.all or os.path.realpath(path) in self.commands

    def units(self):
        return list(self.commands)

    def spelled(self, path):
        """The path as the database spells it: clang-tidy compares spellings."""
        if path not in self.commands:
            return path
        entry = self.commands[path]
        return os.path.normpath(os.path.join(entry["directory"], entry["file"]))


# --- From a header to a unit that includes it -----------------------------------


def tracked_files():
    done = subprocess.run(["git", "ls-files", "-z"], capture_output=True, check=True)
    return [os.fsdecode(name) for name in done.stdout.split(b"\0") if name]


class Includes:
    """The includes as written: no preprocessor is run."""

    def __init__(self, files):
        self.includers = {}  # by the last part of the included path
        for path in files:
            try:
                with open(path, encoding="utf-8", errors="replace") as file:
                    text = file.read()
            except OSError:
                continue
            for written in re.findall(r'^\s*#\s*include\s*["<]([^">]+)', text, re.M):
                written = os.path.normpath(written)
                self.includers.setdefault(os.path.basename(written), []).append(
                    (written, path)
                )

    def of(self, header):
        """Includers of the header, the nearest first."""
        seen = {os.path.realpath(header)}
        ring = [os.path.realpath(header)]
        while ring:
            following = []
            for path in ring:
                for written, includer in self.includers.get(os.path.basename(path), []):
                    tail = re.sub(r"^(\.\./)+", "", written)
                    real = os.path.realpath(includer)
                    if path.endswith("/" + tail) and real not in seen:
                        seen.add(real)
                        following.append(real)
            yield from sorted(following)
            ring = following


def plan(files, database):
    """{unit: files to check through it}: itself, headers, or both."""
    units = {}
    headers = []
    for path in files:
        if os.path.splitext(path)[1] in HEADERS:
            headers.append(path)
        elif database.has(path):
            units[os.path.realpath(path)] = [os.path.realpath(path)]
        else:
            raise CannotCheck(
                f"'{path}' is not in the compilation database of "
                f"'{database.directory}'. Configure the build again; if the file is "
                "built by nothing, name it under exclude: of the hook"
            )
    if not headers:
        return units
    if database.all:
        for header in headers:
            units[os.path.realpath(header)] = [os.path.realpath(header)]
        return units
    includes = Includes({*tracked_files(), *database.units()})
    for header in headers:
        candidates = [unit for unit in includes.of(header) if database.has(unit)]
        if not candidates:
            raise CannotCheck(
                f"no file of the compilation database of '{database.directory}' "
                f"includes '{header}', so it cannot be checked. Configure the build "
                "again; if nothing uses the header, name it under exclude: of the hook"
            )
        # A unit that is checked anyway costs nothing.
        chosen = next((unit for unit in candidates if unit in units), candidates[0])
        units.setdefault(chosen, []).append(os.path.realpath(header))
    return units


# --- Which checks, which lines --------------------------------------------------


class Selection:
    """The checks for a file: all of ours, unless .clang-tidy mentions them.

    A list that turns off everything, and ends there, silences a directory.
    """

    def __init__(self, tidy, every_check):
        self.tidy = tidy
        self.every_check = every_check
        self.cached = {}

    def of(self, path):
        directory = os.path.dirname(path)
        if directory not in self.cached:
            self.cached[directory] = self.ask(path)
        return self.cached[directory]

    def ask(self, path):
        dumped = subprocess.run(
            [*self.tidy, "--dump-config", path, "--"],
            capture_output=True,
            text=True,
            check=False,
        )
        written = re.search(r"^Checks:(.*?)^\w", dumped.stdout, re.M | re.S)
        globs = written.group(1) if written else ""
        if "coro-" in globs:
            listed, _ = list_checks(self.tidy, [path, "--"])
            return [check for check in listed if check.startswith("coro-")]
        last = re.findall(r"[^\s,'\"|]+", globs)[-1:]
        return [] if last == ["-*"] else self.every_check


def changed_lines():
    """{path: [[first, last]]} of the commit, or of the range that CI names."""
    since = os.environ.get("PRE_COMMIT_FROM_REF")
    until = os.environ.get("PRE_COMMIT_TO_REF")
    what = [f"{since}...{until}"] if since and until else ["--cached"]
    done = subprocess.run(
        ["git", "-c", "core.quotePath=false", "diff", "-U0", "--no-color"]
        + ["--no-ext-diff", "--no-renames", "--diff-filter=d", "--dst-prefix=b/", *what],
        capture_output=True,
        check=False,
    )
    if done.returncode:
        raise CannotCheck(f"git diff: {os.fsdecode(done.stderr).strip()}")
    top = subprocess.run(
        ["git", "rev-parse", "--show-toplevel"], capture_output=True, check=True
    )
    top = os.fsdecode(top.stdout).rstrip("\n")
    lines, path = {}, None
    for line in os.fsdecode(done.stdout).split("\n"):
        if match := re.match(r'\+\+\+ "?b/(.*?)"?\t?$', line):
            path = os.path.realpath(os.path.join(top, match.group(1)))
        elif match := re.match(r"@@ -\S+ \+(\d+)(?:,(\d+))? @@", line):
            first, count = int(match.group(1)), int(match.group(2) or 1)
            if count:
                lines.setdefault(path, []).append([first, first + count - 1])
    return lines


# --- Running --------------------------------------------------------------------


def command_for(unit, seen, checks, tidy, options, database, lines):
    headers = [path for path in seen if path != unit]
    # By file name alone: clang-tidy compares paths as written, which may be
    # relative or contain `..`. A finding passes if it, or a note, is there.
    names = "|".join(re.escape(os.path.basename(path)) for path in headers)
    wanted = [
        {"name": os.path.basename(path)}
        | ({} if lines is None else {"lines": lines[path]})
        for path in seen
    ]
    return [
        *tidy,
        "--quiet",
        f"-p={database.directory}",
        "--checks=-*," + ",".join(checks),
        "--warnings-as-errors=coro-*",
        f"--header-filter=(^|/)({names})$" if headers else "--header-filter=^$",
        f"--line-filter={json.dumps(wanted)}",
        "--extra-arg=-H",  # proves that the unit includes the headers
        *(f"--extra-arg={argument}" for argument in options.extra_arg),
        *(["--fix"] if options.fix else []),
        database.spelled(unit),
    ]


NOISE = re.compile(
    r"^(\d+ (warnings?|errors?).*(generated|treated as errors?)\.?"
    r"|Suppressed \d+ warnings.*|Use -header-filter=.*|Error while processing .*"
    r"|\.+ .*|Multiple include guards may be useful for:|)$"
)


def run(unit, seen, command):
    """(exit status, output)."""
    done = subprocess.run(command, capture_output=True, text=True, check=False)
    included = {
        os.path.realpath(match)
        for match in re.findall(r"^\.+ (.*)$", done.stderr, re.M)
    }
    text = done.stdout.strip() + "\n"
    text += "\n".join(
        line for line in done.stderr.splitlines() if not NOISE.match(line.strip())
    )
    text = text.strip()
    if done.returncode not in (0, 1) or (done.returncode and not text):
        return 2, f"{shlex.join(command)}: exit status {done.returncode}\n{text}"
    for header in seen:
        if done.returncode == 0 and header != unit and header not in included:
            return 2, (
                f"corolint: '{unit}' turned out not to include '{header}', which "
                "therefore was not checked\n" + text
            )
    return done.returncode, text


def check(files, options, only_changed):
    tidy = find_tidy(options)
    every_check = prove_checks_are_loaded(tidy)
    database = Database(options.p)
    lines = None
    if only_changed:
        lines = changed_lines()
        files = [path for path in files if os.path.realpath(path) in lines]
    selection = Selection(tidy, every_check)
    jobs = []
    for unit, seen in sorted(plan(files, database).items()):
        checks = selection.of(unit)
        if not checks:
            print(f"corolint: .clang-tidy turns every check off for '{unit}'")
            continue
        command = command_for(unit, seen, checks, tidy, options, database, lines)
        jobs.append((unit, seen, command))
    worst = 0
    # Two fixes of one header must not run at the same time.
    workers = 1 if options.fix else options.jobs
    with concurrent.futures.ThreadPoolExecutor(workers) as pool:
        for status, text in pool.map(lambda job: run(*job), jobs):
            if text:
                print(text, flush=True)
            worst = max(worst, status)
    return worst


def parse_options(arguments, name, description):
    parser = argparse.ArgumentParser(prog=name, description=description)
    parser.add_argument(
        "-p", metavar="DIRECTORY", help="where compile_commands.json is"
    )
    parser.add_argument(
        "--corolint",
        default=os.environ.get("COROLINT_PROGRAM"),
        help="a portable corolint, instead of clang-tidy and a plugin",
    )
    parser.add_argument("--clang-tidy", default=os.environ.get("COROLINT_CLANG_TIDY"))
    parser.add_argument("--plugin", default=os.environ.get("COROLINT_PLUGIN"))
    parser.add_argument("--fix", action="store_true", help="apply the fixes")
    parser.add_argument("--extra-arg", action="append", default=[])
    parser.add_argument("-j", "--jobs", type=int, default=os.cpu_count() or 1)
    parser.add_argument("files", nargs="*")
    options, more = parser.parse_known_args(arguments)
    for argument in more:
        if not os.path.exists(argument):
            parser.error(f"unrecognized argument: {argument}")
    # pre-commit passes any file name, even `-x.cpp`.
    options.files += more
    return options


def main(name, description, only_changed):
    options = parse_options(sys.argv[1:], name, description)
    if os.environ.get("COROLINT_SKIP", "") not in ("", "0"):
        print(f"{name}: skipped, because COROLINT_SKIP is set")
        return 0
    try:
        return check(options.files, options, only_changed)
    except CannotCheck as reason:
        print(f"{name}: nothing was checked: {reason}", file=sys.stderr)
        print(f"{name}: to commit all the same: COROLINT_SKIP=1", file=sys.stderr)
        return 2
