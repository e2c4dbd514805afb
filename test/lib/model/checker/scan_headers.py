#!/usr/bin/env python3
# Part of corolint, under the Apache License v2.0 with LLVM Exceptions.
# See LICENSE for license information.
# SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
"""Compares model files with a checkout of the libraries that they describe.

    scan_headers.py [--quiet] [--opened NAMESPACE] DIRECTORY MODEL...

Reads every C and C++ header below DIRECTORY without compiling it, and looks for
each name of the models: that a function, class, variable or enumerator of that
qualified name is declared, that functions have the arguments that entries look
at, and that macros and enumerators have the values that conditions give. What a
scan cannot see (names made by macros, generated headers) counts as missing.

For each model prints the entries that are not confirmed, with the declarations
of the same last name as a hint, and `LIBRARY: N entries, M confirmed`. Exits 1
if any is missing, 2 on errors. Patterns are not entries: they name nothing in
particular.
"""

import argparse
import collections
import pathlib
import re
import sys

import yaml

HEADERS = {".h", ".h++", ".hh", ".hpp", ".hxx", ".ipp", ".inl", ".inc", ".txx"}
TOKENS = re.compile(
    r"operator\s*(?:\(\)|\[\]|->\*?|co_await|new|delete|[-+*/%^&|~!=<>,]+)"
    r"|[A-Za-z_]\w*|::|\d[\w.']*|[{}()\[\];,<>:=~]|\S"
)
COMMENTS = re.compile(
    r"//[^\n]*|/\*.*?\*/|'(?:\\.|[^'\\\n])'|\"(?:\\.|[^\"\\\n])*\"", re.S
)
DEFINE = re.compile(r"^[ \t]*#[ \t]*define[ \t]+(\w+)[ \t]+(.+?)[ \t]*$", re.M)
DIRECTIVE = re.compile(r"^[ \t]*#(?:[^\n\\]|\\.|\\\n)*", re.M)
# Keywords after which a parenthesis begins no parameter list.
NO_FUNCTION = set(
    "alignas asm catch decltype defined explicit for if noexcept requires return"
    " sizeof static_assert switch throw typeid while __attribute__".split()
)


class Declarations:
    """What a set of headers declares, by qualified name."""

    def __init__(self):
        self.functions = collections.defaultdict(list)  # name: most arguments
        self.classes = collections.defaultdict(set)  # name: names of bases
        self.scopes = set()
        self.variables = set()
        self.aliases = {}
        self.values = {}  # macros and enumerators
        self.names = {}  # macros that stand for a namespace
        self.by_last = collections.defaultdict(set)

    def add(self, table, name, value):
        if isinstance(table, set):
            table.add(name)
        else:
            table[name].append(value)
        self.by_last[name.rsplit("::", 1)[-1]].add(name)

    def methods(self, name, seen=None):
        """The argument counts of the function `name`, which a base may declare."""
        seen = seen if seen is not None else set()
        if name in seen:
            return []
        seen.add(name)
        if name in self.functions:
            return self.functions[name]
        scope, _, last = name.rpartition("::")
        for base in self.classes.get(scope, ()):
            for candidate in self.by_last.get(base.rsplit("::", 1)[-1], ()):
                if candidate in self.classes and candidate != scope:
                    if found := self.methods(f"{candidate}::{last}", seen):
                        return found
        return []


def skip(tokens, at, opening, closing):
    """The position after the bracket that closes the one at `at`."""
    depth = 0
    while at < len(tokens):
        if tokens[at] == opening:
            depth += 1
        elif tokens[at] == closing:
            depth -= 1
            if not depth:
                return at + 1
        at += 1
    return at


def without_arguments(tokens):
    """`tokens` without template arguments and parameters."""
    result, depth = [], 0
    for token in tokens:
        if token == "<":
            depth += 1
        elif token == ">" and depth:
            depth -= 1
        elif not depth:
            result.append(token)
    return result


def count_parameters(tokens):
    """How many arguments a call can have: 99 for any number."""
    depth, count, any_token = 0, 0, False
    for at, token in enumerate(tokens):
        if token in "([{<":
            depth += 1
        elif token in ")]}>":
            depth -= 1
        elif token == "," and not depth:
            count += 1
        if token == "." and tokens[at : at + 3] == [".", ".", "."]:
            return 99
        any_token = any_token or token != "void"
    return count + 1 if any_token else 0


class Scanner:
    """Follows the scopes of one header."""

    def __init__(self, text, found):
        self.found = found
        self.tokens = TOKENS.findall(DIRECTIVE.sub("", COMMENTS.sub(" ", text)))

    def macros(self, text):
        """Notes the macros that stand for numbers and for names."""
        for name, value in DEFINE.findall(COMMENTS.sub(" ", text)):
            self.value(name, value)
            if re.fullmatch(r"[A-Za-z_]\w*(?:::\w+)*", value):
                self.found.names.setdefault(name, value)

    def meant(self, token):
        """What the macro `token` stands for, or itself."""
        for _ in range(4):
            token = self.found.names.get(token, token)
        return token

    def value(self, name, text):
        text = re.sub(r"(?<=[0-9a-fA-F])[uUlL]+\b|'", "", text)
        text = re.sub(r"\b0([0-7]+)\b", r"0o\1", text)
        names = {
            w: self.found.values[w]
            for w in re.findall(r"[A-Za-z_]\w*", text)
            if w in self.found.values
        }
        if re.fullmatch(r"[\w\s()|&<>~+*-]+", text):
            try:
                number = eval(text, {"__builtins__": {}}, names)  # pylint: disable=eval-used
                if isinstance(number, int):
                    self.found.values[name] = number
            except Exception:  # pylint: disable=broad-except
                pass

    def scan(self):
        scopes, head, at, tokens = [], [], 0, self.tokens
        while at < len(tokens):
            token = tokens[at]
            if token == "{":
                opened = self.opens(scopes, head)
                if opened is None:
                    if not scopes or head[:1] == ["inline"] or "constexpr" in head:
                        self.declares(scopes, head + ["="])
                    at = skip(tokens, at, "{", "}")
                    # A function ends here, an initialiser does not.
                    if head and head[-1] not in ("=", ","):
                        head = []
                    continue
                scopes.append(opened)
                head = []
            elif token == "}":
                if scopes:
                    scopes.pop()
                head = []
            elif token == ";":
                self.declares(scopes, head)
                head = []
            elif token == "(":
                end = skip(tokens, at, "(", ")")
                self.function(scopes, head, tokens[at + 1 : end - 1])
                head.append("()")
                at = end
                continue
            elif token == ":" and head and head[-1] in ("public", "private", "protected"):
                head = []
            else:
                head.append(token)
            at += 1

    def qualified(self, scopes, *names):
        return "::".join([*(s for s in scopes if s), *names])

    def opens(self, scopes, head):
        """The name of the scope that `head` opens: "" for a transparent one,
        None for a body that declares nothing."""
        plain = without_arguments(head)
        if "namespace" in plain:
            if "inline" in plain:
                return ""
            name = "".join(
                self.meant(t)
                for t in plain[plain.index("namespace") + 1 :]
                if t != "()"
            )
            self.found.scopes.add(self.qualified(scopes, name) if name else "")
            return name
        if plain[:1] == ["extern"] and len(plain) <= 2:
            return ""
        if "enum" in plain:
            return self.enumeration(scopes, plain)
        for keyword in ("class", "struct", "union"):
            if keyword in plain and "=" not in plain:
                rest = plain[plain.index(keyword) + 1 :]
                colon = rest.index(":") if ":" in rest else len(rest)
                words = [
                    t
                    for t in rest[:colon]
                    if re.match(r"[A-Za-z_]", t) and t not in ("final", "alignas")
                ]
                if not words or rest[colon - 1 : colon] == ["()"]:
                    if not words:
                        return None
                name = words[-1]
                bases = {t for t in rest[colon:] if re.match(r"[A-Za-z_]", t)}
                full = self.qualified(scopes, name)
                self.found.classes[full] |= bases
                self.found.by_last[name].add(full)
                return name
        return None

    def enumeration(self, scopes, plain):
        # Enumerators are read when the scope is walked: `declares` sees them.
        words = [t for t in plain if re.match(r"[A-Za-z_]", t)]
        scoped = "class" in words or "struct" in words
        words = [w for w in words if w not in ("enum", "class", "struct", "typedef")]
        name = words[0] if words else ""
        if name:
            full = self.qualified(scopes, name)
            self.found.classes[full] |= set()
            self.found.by_last[name].add(full)
        return f"{name}" if scoped else ""

    def function(self, scopes, head, parameters):
        plain = without_arguments(head)
        if not plain or plain[-1] in NO_FUNCTION or not re.match(
            r"[A-Za-z_~]", plain[-1]
        ):
            return
        name, at = plain[-1], len(plain) - 1
        if name.startswith("operator"):
            name = re.sub(r"\s+", "", name)
            name = name.replace("operatorco_await", "operator co_await")
        elif at and plain[at - 1] == "operator":
            name, at = f"operator {name}", at - 1
        elif at and plain[at - 1] == "~":
            name, at = f"~{name}", at - 1
        outer = []
        while at >= 2 and plain[at - 1] == "::" and re.match(r"\w", plain[at - 2]):
            outer.insert(0, plain[at - 2])
            at -= 2
        full = self.qualified(scopes, *outer, name)
        self.found.add(self.found.functions, full, count_parameters(parameters))

    def declares(self, scopes, head):
        plain = without_arguments(head)
        if plain[:1] in (["using"], ["typedef"]):
            words = [t for t in plain if re.match(r"[A-Za-z_]", t)]
            if plain[0] == "using" and "=" in plain:
                target = "".join(
                    t for t in plain[plain.index("=") + 1 :] if t not in ("typename",)
                )
                self.found.aliases[self.qualified(scopes, words[1])] = target
            elif plain[0] == "typedef" and len(words) > 2:
                self.found.aliases[self.qualified(scopes, words[-1])] = words[-2]
            return
        for at, token in enumerate(plain):
            follows = plain[at + 1] if at + 1 < len(plain) else ";"
            if re.match(r"[A-Za-z_]", token) and follows in (";", "=", "[", ","):
                full = self.qualified(scopes, token)
                self.found.variables.add(full)
                self.found.by_last[token].add(full)


def enumerators(text, found):
    """The values of enumerators, by their last name."""
    for body in re.findall(r"\benum\b[^{};()]*\{([^{}]*)\}", COMMENTS.sub(" ", text)):
        following = 0
        for part in body.split(","):
            match = re.match(r"\s*(\w+)\s*(?:=\s*(.+))?\s*$", part, re.S)
            if not match:
                following = None
                continue
            name, value = match.groups()
            if value is not None:
                scanner = Scanner("", found)
                found.values.pop(name, None)
                scanner.value(name, " ".join(value.split()))
                following = found.values.get(name)
            elif following is not None:
                found.values[name] = following
            found.values.setdefault(name, None)
            following = following + 1 if following is not None else None


def read_headers(directory):
    found = Declarations()
    texts = [
        path.read_text(encoding="utf-8", errors="replace")
        for path in sorted(pathlib.Path(directory).rglob("*"))
        if path.suffix in HEADERS and path.is_file()
    ]
    for text in texts:
        Scanner("", found).macros(text)
        enumerators(text, found)
    for text in texts:
        Scanner(text, found).scan()
    return found


class Comparison:
    """One model against what headers declare."""

    def __init__(self, model, found, opened):
        self.found = found
        self.opened = opened + "::" if opened else ""
        self.namespaces = listed(model.get("namespaces"))
        self.entries, self.missing = 0, []

    def spellings(self, name):
        """`name` in each of the library's namespaces."""
        name = name.removeprefix(self.opened)
        first = self.namespaces[0] + "::" if self.namespaces else None
        if not first or not name.startswith(first):
            return [name]
        return [f"{n}::{name[len(first):]}" for n in self.namespaces]

    def entry(self, name, fits):
        if "*" in name:
            return
        self.entries += 1
        if not any(fits(n) for n in self.spellings(name)):
            near = sorted(self.found.by_last.get(name.rsplit("::", 1)[-1], ()))
            hint = f"; there is {', '.join(near[:3])}" if near else ""
            self.missing.append(f"{name}{hint}")

    def is_class(self, name):
        return name in self.found.classes

    def is_function(self, name, argument=None):
        counts = self.found.methods(name)
        scope, _, last = name.rpartition("::")
        if not counts and last in (scope.rsplit("::", 1)[-1], f"~{scope.rsplit('::', 1)[-1]}"):
            return scope in self.found.classes  # implicitly declared
        if not counts and name in self.found.variables:
            return True  # an object that is called
        if argument is not None and argument.isdigit() and counts:
            return max(counts) > int(argument)
        return bool(counts)

    def is_either(self, name):
        return self.is_class(name) or self.is_function(name)

    def method(self, class_name, name):
        if name in ("operator=",) or name.startswith("operator "):
            return
        full = f"{class_name}::{name}"
        self.entry(full, self.is_function)

    def condition(self, test):
        for key in ("flag", "equals", "function-tests"):
            if key in test:
                last = str(test[key]).rsplit("::", 1)[-1]
                known = self.found.values.get(last, "absent")
                self.entry(str(test[key]), lambda _: known != "absent")
                value = int(test["value"], 0) if test.get("value") else known
                if isinstance(known, int) and known != value:
                    self.missing.append(f"{test[key]} is {known}, not {value}")

    def table(self, key, entry):
        argument = entry.get("argument", entry.get("predicate"))
        for name in listed(entry.get("classes")):
            self.entry(name, self.is_class)
            methods = entry.get("methods") or {}
            for method in methods if isinstance(methods, dict) else listed(methods):
                self.method(name, method)
            if "source" in entry:
                self.method(name, entry["source"])
        for name in listed(entry.get("functions")):
            self.entry(name, lambda n: self.is_function(n, argument))
        for name in listed(entry.get("names")):
            by_class = key == "contexts" and entry.get("as") not in ("override", "member")
            by_member = key == "contexts" and entry.get("as") == "member"
            if key == "would-block":
                self.condition({"equals": name, "value": entry.get("value")})
            elif by_class:
                self.entry(name, self.is_class)
            elif by_member:
                self.entry(name, lambda n: self.is_class(n.rpartition("::")[0]))
            elif key == "resumes":
                self.entry(name, self.is_either)
            else:
                self.entry(name, self.is_function)
        for part in ("acquired-by", "factories", "when-all"):
            for name in listed(entry.get(part)):
                self.entry(name, self.is_function)
        for part in ("only-if", "only-if-any", "unless", "acquired-unless"):
            for test in listed(entry.get(part)):
                self.condition(test)

    def compare(self, model):
        for key, value in model.items():
            if key in ("library", "language", "namespaces", "opaque"):
                continue
            for entry in listed(value):
                if isinstance(entry, dict):
                    self.table(key, entry)
                else:
                    self.entry(entry, self.is_either)


def listed(value):
    if value is None:
        return []
    return value if isinstance(value, list) else [value]


def main():
    parser = argparse.ArgumentParser(description=__doc__.split("\n", maxsplit=1)[0])
    parser.add_argument("--quiet", action="store_true", help="print the sums alone")
    parser.add_argument(
        "--opened", metavar="NAMESPACE", help="one that macros open around all names"
    )
    parser.add_argument("directory")
    parser.add_argument("model", nargs="+")
    options = parser.parse_args()
    if not pathlib.Path(options.directory).is_dir():
        parser.error(f"no directory '{options.directory}'")
    found = read_headers(options.directory)
    failed = False
    for path in options.model:
        # Every scalar is text here, as it is for corolint: `On` is a name.
        model = yaml.load(
            pathlib.Path(path).read_text(encoding="utf-8"), Loader=yaml.BaseLoader
        )
        comparison = Comparison(model, found, options.opened)
        comparison.compare(model)
        failed = failed or bool(comparison.missing)
        if not options.quiet:
            for line in comparison.missing:
                print(f"  not confirmed: {line}")
        confirmed = comparison.entries - len(comparison.missing)
        print(f"{model['library']}: {comparison.entries} entries, {confirmed} confirmed")
    return 1 if failed else 0


if __name__ == "__main__":
    sys.exit(main())
