#!/usr/bin/env python3
# Part of corolint, under the Apache License v2.0 with LLVM Exceptions.
# See LICENSE for license information.
# SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
"""The rules of the house, each a function that names what breaks it.

Usage: house.py SOURCE_DIRECTORY [RULE...]
"""

import os
import re
import sys

import check_list
import runtime_api

LIST = "checks/Checks.def"
LIBRARIES = "std|boost|asio|absl|folly|seastar|QCoro|cppcoro|unifex|stdexec"
STRING = r'"((?:[^"\\\n]|\\.)*)"'


class Repository:
    """The files below a directory, read once."""

    def __init__(self, root):
        self.root = root
        self.files = {}
        for directory, subdirectories, names in os.walk(root):
            subdirectories[:] = [
                name
                for name in subdirectories
                if not name.startswith((".", "build")) and name != "__pycache__"
            ]
            for name in names:
                path = os.path.join(directory, name)
                self.files[os.path.relpath(path, root)] = path

    def read(self, name):
        """The text of a file; empty if the file does not exist."""
        if name not in self.files:
            return ""
        with open(self.files[name], encoding="utf-8", errors="replace") as file:
            return file.read()

    def matching(self, pattern):
        return sorted(name for name in self.files if re.fullmatch(pattern, name))

    def checks(self):
        """The header of each check, by the check's name."""
        named = {}
        for header in self.matching(r"checks/(?!CoroCheck)\w+Check\.h"):
            words = re.findall("[A-Z][a-z0-9]*", os.path.basename(header)[:-7])
            named["coro-" + "-".join(word.lower() for word in words)] = header
        return named


def without_comments(code):
    """The code, its comments blank, its strings and lines where they were."""

    def blank(match):
        if match.group(1):
            return match.group(1)
        return "\n" * match.group().count("\n")

    literal = r'("(?:[^"\\\n]|\\.)*"|\'(?:[^\'\\\n]|\\.)+\')'
    return re.sub(literal + r"|//[^\n]*|/\*.*?\*/", blank, code, flags=re.DOTALL)


def arguments_of(code, opening):
    """The text between the parenthesis at `opening` and the one closing it."""
    depth = 0
    for match in re.compile(STRING + r"|[()]").finditer(code, opening):
        if match.group() == "(":
            depth += 1
        elif match.group() == ")":
            depth -= 1
            if depth == 0:
                return code[opening + 1 : match.start()]
    return ""


def analysis_sources(repository):
    return repository.matching(
        r"(checks|lib|lib/(?!runtime)\w+)/\w+\.(cpp|h|def)"
    )


def diagnostics(repository):
    """(file, text) of every diagnostic: Messages.def's, and strings of a `diag`."""
    messages = "lib/report/Messages.def"
    code = without_comments(repository.read(messages))
    for entry in re.finditer(r"^COROLINT_(?!MESSAGE)[A-Z]+\(\w+,\s*", code, re.M):
        text = re.match(rf"(?:{STRING}\s*)+", code[entry.end() :])
        yield messages, "".join(re.findall(STRING, text.group()))
    for name in analysis_sources(repository):
        code = without_comments(repository.read(name))
        for call in re.finditer(r"\b(diag|Diag|report|note|warn)\w*\(", code):
            arguments = arguments_of(code, call.end() - 1)
            for literal in re.finditer(rf"{STRING}(?:\s*{STRING})*", arguments):
                text = "".join(re.findall(STRING, literal.group()))
                if " " in text:
                    yield name, text.replace(r"\"", '"')


def alternatives(text):
    """The regular expressions for the texts of a diagnostic.

    `%select{a|b}0` becomes one for each alternative, and `%0` matches anything.
    """
    select = re.search(r"%select\{((?:[^{}]|\{[^{}]*\})*)\}\d", text)
    if select:
        for choice in select.group(1).split("|"):
            chosen = text[: select.start()] + choice + text[select.end() :]
            yield from alternatives(chosen)
        return
    pieces = re.split(r"%(?:[a-z]+(?:\{[^}]*\})?)?\d|%\(\d\)", text)
    yield ".*".join(re.escape(piece) for piece in pieces)


def expected_by_tests(repository):
    """All diagnostics that tests expect, as one text."""
    tests = repository.matching(r"test/(?!house|support|lit).*")
    wanted = []
    for name in tests:
        for line in repository.read(name).splitlines():
            if re.search(r"CHECK|expect|EXPECT|error:|warning:|note:", line):
                wanted.append(re.sub(r"\{\{|\}\}|\\", "", line))
    return "\n".join(wanted)


def every_diagnostic_is_tested(repository):
    expected = expected_by_tests(repository)
    for name, text in diagnostics(repository):
        for pattern in alternatives(text):
            if not re.search(pattern, expected):
                yield f"{name}: no test expects: {text}  ({pattern})"


def every_option_is_tested(repository):
    tests = "\n".join(
        repository.read(name)
        for name in repository.matching(r"test/(?!house|support).*\.(c|cpp|m|mm|test)")
    )
    pages = "\n".join(
        repository.read(name) for name in repository.matching(r"docs/.*\.md")
    )
    read = r"Options(?:View)?\s*\.\s*(?:get\w*)(?:<[^>]*>)?\(\s*" + STRING
    for name in analysis_sources(repository):
        for option in re.findall(read, without_comments(repository.read(name))):
            if not re.search(rf"\b{option}\b", tests):
                yield f"{name}: no test sets the option {option}"
            if not re.search(rf"\b{option}\b", pages):
                yield f"{name}: no page describes the option {option}"


def rule_sentence(page):
    """The first sentence below a page's `What it does`."""
    section = re.search(r"^## What it does\n+(.*?)(?:\n\n|\Z)", page, re.M | re.S)
    return re.match(r".*?\.(?=\s|$)", " ".join(section.group(1).split())).group()


def headers_and_pages_say_the_same(repository):
    for check, header in repository.checks().items():
        page = f"docs/checks/{check}.md"
        if page not in repository.files:
            yield f"{header}: the check has no page {page}"
            continue
        comments = " ".join(
            re.sub(r"^[/*\s]+", "", line)
            for line in repository.read(header).splitlines()
            if line.lstrip().startswith("//")
        )
        sentence = rule_sentence(repository.read(page))
        if sentence not in " ".join(comments.split()):
            yield f"{header}: does not say as {page}: {sentence}"


def every_page_has_its_headings(repository):
    wanted = [
        "What it does",
        "Why is this bad",
        "Example",
        "Use instead",
        "Options",
        "Limits",
        "Suppressing",
    ]
    for page in repository.matching(r"docs/checks/coro-.*\.md"):
        headings = re.findall(r"^## (.*)$", repository.read(page), re.M)
        if headings != wanted:
            yield f"{page}: headings are {headings}"


def every_check_is_listed(repository):
    """Checks.def is the one list; headers, pages and tables agree with it."""
    entries = check_list.entries(repository.read(LIST))
    names = [name for _, name, _ in entries]
    if names != sorted(names):
        yield f"{LIST}: not in alphabetical order: {names}"
    headers = repository.checks()
    for check in headers.keys() - set(names):
        yield f"{LIST}: does not list {check}"
    for cls, name, sentence in entries:
        if os.path.basename(headers.get(name, "")) != f"{cls}.h":
            yield f"{LIST}: {name} is not the name of class {cls}"
        page = repository.read(f"docs/checks/{name}.md")
        if page and rule_sentence(page) != sentence:
            yield f"{LIST}: the sentence of {name} is not that of its page"
        found = sentence.removeprefix("Finds ").removesuffix(".")
        for table, prefix in (("README.md", "docs/"), ("docs/README.md", "")):
            row = f"| [{name}]({prefix}checks/{name}.md) | {found} |"
            if row not in repository.read(table).splitlines():
                yield f"{table}: has no row '{row}'"


def only_compat_knows_llvm_versions(repository):
    for name in repository.matching(r"(checks|lib|tools|include)/.*\.(h|cpp|def|in)"):
        if name == "lib/Compat.h" or name.startswith("include/corolint/rt"):
            continue
        version = re.search(
            r"\b(CLANG|LLVM)_VERSION_\w+", without_comments(repository.read(name))
        )
        if version:
            yield f"{name}: knows {version.group()}; only lib/Compat.h may"


def tests_name_no_llvm(repository):
    """lit says which LLVM's tools a test runs: %clang_tidy, %llvm, ..."""
    programs = r"(clang(\+\+|-tidy|d)?|run-clang-tidy|FileCheck|lit|not|split-file)"
    for name in repository.matching(r"test/.*\.(test|c|cpp|py|cfg|lua)"):
        # Headers for every compiler there is: test/include names them.
        if name.startswith(("test/include/", "test/house/")):
            continue
        named = re.search(rf"\b{programs}-(19|2\d)\b", repository.read(name))
        if named:
            yield f"{name}: names {named.group()}; lit says which LLVM is tested"


def no_library_is_named_in_code(repository):
    sources = r"(checks|lib|lib/(?!runtime)\w+|tools|tools/[\w-]+)/\w+\.(h|cpp|def)"
    for name in repository.matching(sources):
        for text in re.findall(STRING, without_comments(repository.read(name))):
            if re.search(rf"\b({LIBRARIES})::", text):
                yield f'{name}: names a library: "{text}"; that belongs in a model'


ROOMS = {
    "access",
    "checks",
    "code",
    "effect",
    "flow",
    "model",
    "program",
    "region",
    "report",
}

# What a layer may include of the others. Nothing knows who calls it.
LAYERS = {
    "lib/model": {"model"},
    "lib/code": {"model", "code"},
    "lib/flow": {"model", "code", "flow"},
    "lib/region": {"model", "code", "flow", "region"},
    "lib/effect": {"model", "code", "flow", "region", "effect"},
    "lib/access": {"model", "code", "flow", "region", "effect", "access"},
    # Reports know effects as sets, and no Clang.
    "lib/report": {"model", "effect", "report"},
    "lib/program": ROOMS - {"checks"},
}


def imports_run_one_way(repository):
    for layer, allowed in LAYERS.items():
        for name in repository.matching(rf"{layer}/.*\.(h|cpp)"):
            for included in re.findall(
                r'^#include "(\w+)/', repository.read(name), re.M
            ):
                if included in ROOMS - allowed:
                    yield f"{name}: includes {included}/"


def the_core_knows_no_contracts(repository):
    """The runtime's core includes none of the headers of the contracts."""
    cmake = repository.read("lib/runtime/CMakeLists.txt")
    listed = re.search(r"corolint_rt_contracts_sources(.*?)\)", cmake, re.S)
    contracts = set(re.findall(r"(\w+)\.cpp", listed[1])) | {
        "LockWatch",
        "NoYieldScope",
        "Shared",
    }
    for name in repository.matching(
        r"(lib/runtime|include/corolint/rt)/\w+\.(h|cpp)"
    ):
        if os.path.splitext(os.path.basename(name))[0] in contracts:
            continue
        for included in re.findall(
            r'^#include "(?:corolint/rt/)?(\w+)\.h"', repository.read(name), re.M
        ):
            if included in contracts:
                yield f"{name}: the core includes {included}.h of the contracts"


def every_model_is_listed(repository):
    """The page of the libraries links each model once, and nothing else."""
    page = "docs/libraries/README.md"
    links = re.findall(r"\(\.\./\.\./(lib/model/\S+\.yaml)\)", repository.read(page))
    models = repository.matching(r"lib/model/[\w-]+\.yaml")
    for name in sorted(set(models) | set(links)):
        times = links.count(name)
        if times != 1 or name not in models:
            yield f"{page}: links {name} {times} times"


def every_reported_bug_is_listed(repository):
    """The page lists each test of test/reported with its link, which is unique."""
    page = repository.read("docs/reported.md")
    seen = {}
    for name in repository.matching(r"test/reported/[\w-]+\.cpp"):
        links = re.findall(r"^// (https://\S+)$", repository.read(name), re.M)
        if len(links) != 1:
            yield f"{name}: has {len(links)} lines with nothing but a link"
            continue
        if f"(../{name})" not in page or f"({links[0]})" not in page:
            yield f"{name}: docs/reported.md lacks it or its link"
        if links[0] in seen:
            yield f"{name}: {seen[links[0]]} has the same link"
        seen[links[0]] = name
    for name in re.findall(r"\(\.\./(test/reported/[\w-]+\.cpp)\)", page):
        if name not in repository.files:
            yield f"docs/reported.md: there is no {name}"


def the_runtime_stands_apart(repository):
    runtime = r"(lib/runtime|include/corolint/rt)/.*\.(h|cpp)"
    for name in repository.matching(runtime):
        code = repository.read(name)
        for included in re.findall(r'^#include [<"](\w+)/', code, re.M):
            if included in ROOMS | {"clang", "llvm"}:
                yield f"{name}: includes {included}/"


def the_runtime_says_what_it_does(repository):
    for name in repository.matching(r"include/corolint/rt/\w+\.h"):
        for line, problem in runtime_api.problems(repository.read(name)):
            yield f"{name}:{line}: {problem}"


RULES = [
    every_check_is_listed,
    every_diagnostic_is_tested,
    every_model_is_listed,
    every_option_is_tested,
    every_page_has_its_headings,
    every_reported_bug_is_listed,
    headers_and_pages_say_the_same,
    imports_run_one_way,
    no_library_is_named_in_code,
    only_compat_knows_llvm_versions,
    tests_name_no_llvm,
    the_core_knows_no_contracts,
    the_runtime_says_what_it_does,
    the_runtime_stands_apart,
]


def main(arguments):
    repository = Repository(arguments[0])
    broken = 0
    for rule in RULES:
        if arguments[1:] and rule.__name__ not in arguments[1:]:
            continue
        for problem in rule(repository):
            print(f"{rule.__name__}: {problem}")
            broken += 1
    return 1 if broken else 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
