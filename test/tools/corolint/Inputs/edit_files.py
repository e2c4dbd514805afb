# Part of corolint, under the Apache License v2.0 with LLVM Exceptions.
# See LICENSE for license information.
# SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
"""Usage: edit_files.py COROLINT PROJECT WORK

Applies each edit of EDITS to a file of the project, and checks that `corolint check`
then reports what a run without a cache reports, and which units it extracts again."""

import os
import shutil
import subprocess
import sys

EVERY = {"named.cpp", "numbered.cpp", "pasted.cpp", "plain.cpp"}
BEFORE = "int price(const Order &order);\n"
INLINE = "inline void wait_for_stock() {\n"
FIRST = "  wait_for_stock();\n"
NEXT = "  // NOLINTNEXTLINE(coro-blocking-call)\n"
END = "} // namespace shop\n"

# A description, the text that is replaced, its replacement, and the units that must
# see it.
EDITS = [
    ("comment above", BEFORE, "// One.\n\n// Two.\n" + BEFORE, set()),
    ("comment removed", "// Blocks.\n", "", set()),
    ("longer comment at the end of a line", END, "} // The end of shop.\n", set()),
    ("blank lines", INLINE, "\n\n" + INLINE, set()),
    ("function", BEFORE, BEFORE + "int measure(const Order &order, int unit);\n", set()),
    ("several lines", BEFORE, BEFORE + "int measure(const Order &order,\n            int unit);\n", set()),
    ("without parameters", BEFORE, "List<Order> orders() noexcept;\n" + BEFORE, set()),
    ("class", BEFORE, "class Customer;\nint rate(Customer &customer);\n" + BEFORE, set()),
    ("enumeration", BEFORE, "enum class Size : int;\n" + BEFORE, set()),
    ("alias", BEFORE, "using Orders = List<Order>;\n" + BEFORE, set()),
    ("variable", BEFORE, "extern Order first_order;\n" + BEFORE, set()),
    ("behind a function", END, "int measure(int);\n" + END, set()),
    ("behind the namespace", END, END + "int measure(int);\n", set()),
    ("two places", BEFORE, "class Customer;\n// One.\n" + BEFORE + "int measure(int);\n", set()),
    ("mentioned", BEFORE, BEFORE + "int discount(const Order &order);\n", {"named.cpp"}),
    ("mentioned by a macro", BEFORE, BEFORE + "int count_stock(int count);\n", {"pasted.cpp"}),
    ("a macro", BEFORE, BEFORE + "int measure(int weigh_all);\n", {"pasted.cpp"}),
    ("macro of the header", BEFORE, BEFORE + "SHOP_API int measure(int);\n", EVERY),
    ("definition", BEFORE, BEFORE + "inline int measure(int unit) { return unit; }\n", EVERY),
    ("template", BEFORE, BEFORE + "template <class T> int measure(T unit);\n", EVERY),
    ("specialisation", BEFORE, BEFORE + "template struct Box<int>;\n", EVERY),
    ("member of a specialisation", BEFORE, "using It = List<Order>::iterator;\n" + BEFORE, EVERY),
    ("default argument", BEFORE, BEFORE + "int measure(int unit = price({}));\n", EVERY),
    ("constructor", BEFORE, BEFORE + "static Order second(banner);\n", EVERY),
    ("product", BEFORE, BEFORE + "static Order second(price * price);\n", EVERY),
    ("initialiser", BEFORE, BEFORE + "static int measure = 1;\n", EVERY),
    ("attribute", BEFORE, BEFORE + "[[nodiscard]] int measure(int);\n", EVERY),
    ("unknown type", BEFORE, BEFORE + "int measure(const Parcel &parcel);\n", EVERY),
    ("assertion", BEFORE, BEFORE + "static_assert(sizeof(int) > 1);\n", EVERY),
    ("directive", BEFORE, BEFORE + "using namespace shop;\n", EVERY),
    ("operator", BEFORE, BEFORE + "Order operator+(Order a, Order b);\n", EVERY),
    ("macro", BEFORE, "#define MEASURE 1\n" + BEFORE, EVERY),
    ("member", "  int number;\n", "  int number;\n  int measure(int);\n", EVERY),
    ("within a body", FIRST, "  int measure(int);\n" + FIRST, EVERY),
    ("within a declaration", "};\n\nList<Order> o", "}\nint measure(int);\n;\n\nList<Order> o", EVERY),
    ("removed", BEFORE, "", EVERY),
    ("changed", BEFORE, "int price(Order order);\n", EVERY),
    ("suppression", FIRST, "  wait_for_stock(); // NOLINT\n", EVERY),
    ("within a suppression", NEXT, NEXT + "  // Now.\n", EVERY),
    ("above a suppression", NEXT, "  // Now.\n\n" + NEXT, set()),
    ("within a string", "\nopen\n", "\n\nopen\n", EVERY),
    ("within a macro", "(x) \\\n", "(x) \\\n\n", EVERY),
    ("indentation", "  wait_for_stock();\n", "    wait_for_stock();\n", EVERY),
]
# The same, in main files.
NUMBERED_EDITS = [
    ("named after its line", "// One.\n", "// One.\n// Two.\n", {"numbered.cpp"}),
]
OWN_EDITS = [
    ("own comment", "// Not a pretty one.\n", "// Not\n// a\n// pretty one.\n", set()),
    ("own declaration", "// Not", "int measure(int count);\n// Not", set()),
    ("own ambiguity", "// Not", "shop::Order second(nap);\n// Not", {"plain.cpp"}),
]


class Edits:
    def __init__(self, corolint, project, work):
        self.corolint = corolint
        self.project = project
        self.work = work
        self.cache = os.path.join(work, "cache")
        shutil.rmtree(work, ignore_errors=True)
        os.makedirs(work)
        self.check("--cache", self.cache)
        self.first = os.path.join(work, "first")
        shutil.copytree(self.cache, self.first)

    def check(self, *options):
        """The report, and the errors."""
        command = [self.corolint, "check", "-p", self.project, "--quiet", *options]
        run = subprocess.run(command, capture_output=True, text=True, check=False)
        if run.returncode not in (1, 2):  # Findings, or errors in the source.
            sys.exit(f"{command}: status {run.returncode}\n{run.stderr}")
        return run.stdout, run.stderr

    def extracted(self):
        """The units that the last run with the cache extracted."""
        units = set()
        with open(os.path.join(self.work, "profile"), encoding="utf-8") as stream:
            for line in stream:
                units.update(unit for unit in EVERY if line.endswith(unit + "\n"))
        return units

    def profile(self):
        _, errors = self.check("--cache", self.cache, "--profile")
        with open(os.path.join(self.work, "profile"), "w", encoding="utf-8") as stream:
            stream.write(errors)

    def apply(self, name, edit):
        what, old, new, expected = edit
        path = os.path.join(self.project, name)
        with open(path, encoding="utf-8") as stream:
            text = stream.read()
        if text.count(old) != 1:
            sys.exit(f"{what}: {old!r} occurs {text.count(old)} times")
        shutil.rmtree(self.cache)
        shutil.copytree(self.first, self.cache)
        try:
            with open(path, "w", encoding="utf-8") as stream:
                stream.write(text.replace(old, new))
            self.profile()
            seen = self.extracted()
            again = self.check("--cache", self.cache)
            fresh = self.check("--no-cache")
        finally:
            with open(path, "w", encoding="utf-8") as stream:
                stream.write(text)
        if seen != expected:
            return f"{what}: extracted {sorted(seen)}, expected {sorted(expected)}"
        if again != fresh:
            return f"{what}: reported\n{again}\ninstead of\n{fresh}"
        return None


def main():
    edits = Edits(*sys.argv[1:])
    wrong = [edits.apply("shop.h", edit) for edit in EDITS]
    wrong += [edits.apply("plain.cpp", edit) for edit in OWN_EDITS]
    wrong += [edits.apply("numbered.cpp", edit) for edit in NUMBERED_EDITS]
    for message in filter(None, wrong):
        print(message)
    print(f"{len(wrong)} edits, {sum(map(bool, wrong))} wrong")
    return any(wrong)


if __name__ == "__main__":
    sys.exit(main())
