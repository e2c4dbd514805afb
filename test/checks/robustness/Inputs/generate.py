# Part of corolint, under the Apache License v2.0 with LLVM Exceptions.
# See LICENSE for license information.
# SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
"""Prints a file that no one would write by hand: generate.py SHAPE SIZE."""

import sys

PROLOGUE = """#include "coro.h"
#include <mutex>
using namespace coro;
COROLINT_BLOCKING int block();
int pass(int);
extern std::mutex m;
"""


def calls(size):
    """Chains of calls: callee first, caller first, and one closed to a cycle."""
    for i in reversed(range(size)):
        callee = f"down_{i + 1}()" if i + 1 < size else "block()"
        yield f"int down_{i}() {{ return {callee}; }}"
    for i in range(size):
        yield f"int up_{i}();"
    for i in reversed(range(size)):
        callee = f"up_{i - 1}()" if i else "block()"
        yield f"int up_{i}() {{ return {callee}; }}"
    for i in range(size):
        yield f"int cycle_{i}();"
    for i in range(size):
        effect = "block() + " if i == size // 2 else ""
        yield f"int cycle_{i}() {{ return {effect}cycle_{(i + 1) % size}(); }}"
    yield "task<> deep() {"
    yield "  down_0();"
    yield f"  up_{size - 1}();"
    yield "  cycle_0();"
    yield "  co_return;"
    yield "}"


def expressions(size):
    """One expression each, `size` operators deep."""
    shapes = {
        "sum": " + ".join(["block()"] + ["pass(1)"] * size),
        "comma": ", ".join(["block()"] + ["pass(1)"] * size),
        "conjunction": " && ".join(["block()"] + ["pass(1)"] * size),
        "chain": "object{block()}" + ".self()" * size + ".value",
    }
    yield "struct object { int value; object &self() { return *this; } };"
    for name, expression in shapes.items():
        yield f"task<int> {name}() {{ co_return ({expression}); }}"


def brackets(size):
    """One expression each, nested in `size` brackets."""
    shapes = {
        "parentheses": "(" * size + "block()" + ")" * size,
        "arguments": "pass(" * size + "block()" + ")" * size,
        "lambdas": "[] { return " * (size // 10) + "block()" + "; }()" * (size // 10),
    }
    for name, expression in shapes.items():
        yield f"task<int> {name}() {{ co_return {expression}; }}"


def statements(size):
    """Blocks in blocks, and `else if` after `else if`."""
    yield "task<> nest(bool c) {"
    for i in range(size):
        yield f"if (c) {{ std::unique_lock lock_{i}(m);"
    yield "co_await async_op();"
    yield "}" * size
    yield "}"
    yield "task<> regions() {"
    yield "COROLINT_NO_YIELD_REGION {" * size
    yield "co_await async_op();"
    yield "}" * size
    yield "}"
    yield "task<> chain(int n) {"
    for i in range(size):
        yield f"if (n == {i}) pass({i}); else"
    yield "block();"
    yield "co_return;"
    yield "}"


def huge(size):
    """A coroutine with `size` sections of ten branches and a lock each."""
    yield "task<> huge(int n) {"
    for i in range(size):
        yield f"std::unique_lock lock_{i}(m);"
        yield f"if (n > {i}) co_await async_op();"
        yield f"lock_{i}.unlock();"
        for j in range(9):
            yield f"if (n == {i * 10 + j}) pass({j});"
        yield "co_await async_op(); co_await async_op(); co_await async_op();"
    yield "}"


def instances(size):
    yield "template <int N> task<> instance() { block(); co_return; }"
    yield "void use() {"
    for i in range(size):
        yield f"(void)instance<{i}>();"
    yield "}"


SHAPES = {
    shape.__name__: shape
    for shape in (calls, expressions, brackets, statements, huge, instances)
}


def main(arguments):
    sys.stdout.write(PROLOGUE)
    for line in SHAPES[arguments[0]](int(arguments[1])):
        sys.stdout.write(line + "\n")


if __name__ == "__main__":
    main(sys.argv[1:])
