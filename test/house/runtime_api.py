# Part of corolint, under the Apache License v2.0 with LLVM Exceptions.
# See LICENSE for license information.
# SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
"""The public functions of the runtime's headers, found by their braces.

Enough of C++ for headers in the style of this project, and no more.
"""

import re
from dataclasses import dataclass

TEMPLATE = re.compile(r"\btemplate\s*<(?:[^<>]|<(?:[^<>]|<[^<>]*>)*>)*>")
ANNOTATION = re.compile(r"COROLINT_(?:\w+_FOR\s*\([^)]*\)|[A-Z_]+)|\[\[.*?\]\]", re.S)
ACCESSES = ("public", "private", "protected")
# What the language asks for, and what its name says.
UNDERSTOOD = {"swap", "what", "end", "await_ready", "await_suspend", "await_resume"}


@dataclass
class Function:
    line: int
    name: str
    scope: list  # The classes around it, outermost first.
    text: str
    has_body: bool
    documented: bool

    @property
    def is_special(self):
        """A constructor, destructor or operator."""
        plain = self.name.lstrip("~")
        return plain.startswith("operator") or plain in self.scope[-1:]

    @property
    def returns_awaitable(self):
        before = self.text.partition(self.name + "(")[0]
        trailing = self.text.partition("->")[2]
        return bool(re.search(r"\bTask<|Awaiter\b", before + trailing))


@dataclass
class Scope:
    kind: str  # namespace, class, body or braces
    name: str = ""
    access: str = "public"


def opened_scope(statement, scopes):
    """What the brace after `statement` opens."""
    plain = ANNOTATION.sub(" ", TEMPLATE.sub(" ", statement))
    if any(scope.kind == "body" for scope in scopes):
        return Scope("braces")
    if match := re.match(r"\s*(?:inline\s+)?namespace\s*([\w:]*)\s*$", plain):
        return Scope("namespace", match[1])
    if match := re.match(r"\s*(class|struct|union)\s+(\w+)(?!.*\()", plain, re.S):
        return Scope("class", match[2], "private" if match[1] == "class" else "public")
    if re.match(r"\s*(enum|extern)\b", plain):
        return Scope("body")
    if "(" in plain and plain.count("(") == plain.count(")"):
        return Scope("body")
    return Scope("braces")


def function_name(statement):
    plain = re.sub(r"decltype\(\w+\)|explicit\s*\([^)]*\)", " ", statement)
    plain = ANNOTATION.sub(" ", TEMPLATE.sub(" ", plain))
    plain = re.sub(r"requires\s*\(.*?\)\s", " ", plain)
    match = re.search(r"(operator\s*(?:\(\)|[^\s(]+|co_await)|~?\w+)\s*\(", plain)
    return match[1] if match else ""


def public_functions(header):
    """The public functions of a header outside of `detail`."""
    lines = header.split("\n")
    code = re.sub(r"//[^\n]*", "", re.sub(r"(?m)^#(?:.*\\\n)*.*$", blank, header))
    code = re.sub(r'"(?:[^"\\\n]|\\.)*"', '""', code)
    scopes, statement, start, line = [], "", 0, 1
    for character in code:
        line += character == "\n"
        inside = any(scope.kind == "body" for scope in scopes)
        if not statement.strip() and not character.isspace():
            start = line
        if character == "{":
            opened = opened_scope(statement, scopes)
            if opened.kind == "body" and is_public(scopes):
                yield make(lines, start, statement, scopes, True)
            scopes.append(opened)
            statement = "" if opened.kind != "braces" else statement + "{}"
        elif character == "}" and scopes:
            if scopes.pop().kind != "braces":
                statement = ""
        elif inside or any(scope.kind == "braces" for scope in scopes):
            continue
        elif character == ";" and statement.count("(") == statement.count(")"):
            if "(" in statement and is_public(scopes):
                yield make(lines, start, statement, scopes, False)
            statement = ""
        elif character == ":" and statement.strip() in ACCESSES:
            scopes[-1].access = statement.strip()
            statement = ""
        else:
            statement += character


def blank(match):
    return "\n" * match.group().count("\n")


def is_public(scopes):
    return not any(
        scope.kind in ("body", "braces")
        or (scope.kind == "namespace" and "detail" in scope.name)
        or (scope.kind == "class" and scope.access != "public")
        for scope in scopes
    )


def make(lines, start, statement, scopes, has_body):
    above = lines[start - 2].strip() if start > 1 else ""
    return Function(
        start,
        function_name(statement),
        [scope.name for scope in scopes if scope.kind == "class"],
        " ".join(statement.split()),
        has_body,
        above.startswith("///"),
    )


def is_declaration(function):
    return function.name and not re.match(
        r"(static_assert|friend|using|typedef)\b", function.text
    ) and not re.search(r"=\s*(delete|default)$", function.text)


def problems(header):
    """What public functions of a header leave unsaid: (line, text)."""
    functions = [f for f in public_functions(header) if is_declaration(f)]
    documented = {(*f.scope, f.name) for f in functions if f.documented}
    defined = {f.name for f in functions if f.has_body}
    for f in functions:
        protocol = f.name in UNDERSTOOD or "promise_type" in f.scope
        overrides = f.text.endswith("override")
        elsewhere = "::" in f.text.partition("(")[0].split()[-1]
        if f.is_special or protocol or overrides or elsewhere:
            continue
        if (*f.scope, f.name) not in documented:
            yield f.line, f"'{f.name}' has no docstring"
        if (
            not f.has_body
            and f.name not in defined
            and not f.returns_awaitable
            and "COROLINT_" not in f.text
        ):
            yield f.line, f"no check sees the body of '{f.name}': annotate it"
