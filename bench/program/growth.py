# Part of corolint, under the Apache License v2.0 with LLVM Exceptions.
# See LICENSE for license information.
# SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
"""How the time of `corolint check` grows: with units, with headers, with -j.

Over generated projects, whose units all include the same standard headers and
headers of their own project. Part of bench/program/run.
"""

import json
import os
import shutil
import sys
import time

ROOT = os.path.dirname(os.path.dirname(os.path.dirname(os.path.abspath(__file__))))
sys.path.insert(0, os.path.join(ROOT, "bench", "support"))

import plot  # noqa: E402

UNITS = [2, 4, 8, 16, 32, 64]
HEADERS = [10, 40, 160, 640]
JOBS = [1, 2, 3, 4]
FEW_HEADERS = 20  # of each unit, where units vary
FEW_UNITS = 8  # where headers vary
MANY_UNITS = 32  # where -j varies

TASK = """\
#pragma once
#include <coroutine>
#include <map>
#include <memory>
#include <string>
#include <vector>
struct Task {
  struct promise_type {
    Task get_return_object();
    std::suspend_never initial_suspend() noexcept;
    std::suspend_always final_suspend() noexcept;
    void return_void();
    void unhandled_exception();
  };
};
"""
HEADER = """\
#pragma once
#include "task.h"
class Store@ {
public:
  void put(const std::string &key, int value) { values[key].push_back(value); }
  int sum(const std::string &key) const {
    int result = 0;
    if (auto it = values.find(key); it != values.end())
      for (int value : it->second)
        result += value;
    return result;
  }

private:
  std::map<std::string, std::vector<int>> values;
};
inline Task fill@(Store@ &store) {
  store.put("key", @);
  co_return;
}
"""


def generate(work, units, headers):
    """A project of so many units, each of which includes all of so many headers."""
    project = os.path.join(work, f"growth-{units}-{headers}")
    shutil.rmtree(project, ignore_errors=True)
    os.makedirs(project)

    def write(name, text):
        with open(os.path.join(project, name), "w", encoding="utf-8") as stream:
            stream.write(text)

    write("task.h", TASK)
    for header in range(headers):
        write(f"store{header}.h", HEADER.replace("@", str(header)))
    includes = "".join(f'#include "store{header}.h"\n' for header in range(headers))
    commands = []
    for unit in range(units):
        used = unit % headers
        write(
            f"unit{unit}.cpp",
            includes + f"Task run{unit}(Store{used} &store) {{\n"
            f"  fill{used}(store);\n  store.sum(\"key\");\n  co_return;\n}}\n",
        )
        file = os.path.join(project, f"unit{unit}.cpp")
        commands.append(
            {
                "directory": project,
                "file": file,
                "arguments": ["clang++", "-std=c++20", "-c", file],
            }
        )
    write("compile_commands.json", json.dumps(commands))
    return project


def measure_all(code):
    """Processor seconds of the compiler, and of a run with and without shortcuts."""
    clang = sum(code.compile(command)[0] for command in code.commands)
    return clang, code.cold("--no-shortcuts")[0], code.cold()[0]


def draw(path, title, x, rows):
    """`rows` holds a size and the figures of `measure_all`."""
    names = ["clang++ -fsyntax-only", "corolint alone", "corolint"]
    plot.line_plot(
        path,
        title=title,
        x=x,
        y="seconds of processor",
        series={
            name: [(size, figures[i]) for size, figures in rows]
            for i, name in enumerate(names)
        },
    )


def elapsed(code, jobs):
    """Elapsed seconds of a cold run with so many processes."""
    shutil.rmtree(code.cache, ignore_errors=True)
    command = [f"-j{jobs}" if word == "-j1" else word for word in code.check]
    start = time.monotonic()
    code.run(command)
    return time.monotonic() - start


def bench(make_code, work, output):
    """Measures, and draws the plots into `output`. `make_code` makes a CodeBase of a
    name and a directory. Returns the rows for each plot."""
    units = [
        (size, measure_all(make_code("units", generate(work, size, FEW_HEADERS))))
        for size in UNITS
    ]
    headers = [
        (size, measure_all(make_code("headers", generate(work, FEW_UNITS, size))))
        for size in HEADERS
    ]
    code = make_code("jobs", generate(work, MANY_UNITS, FEW_HEADERS))
    jobs = [(number, elapsed(code, number)) for number in JOBS]
    os.makedirs(output, exist_ok=True)
    draw(
        os.path.join(output, "program-units.svg"),
        f"A cold run: {FEW_HEADERS} headers of the project in each unit",
        "units",
        units,
    )
    draw(
        os.path.join(output, "program-headers.svg"),
        f"A cold run: {FEW_UNITS} units",
        "headers of the project in each unit",
        headers,
    )
    plot.line_plot(
        os.path.join(output, "program-jobs.svg"),
        title=f"A cold run: {MANY_UNITS} units",
        x="processes (-j)",
        y="seconds elapsed",
        series={
            "measured": jobs,
            "in proportion to the processors": [
                (number, jobs[0][1] / min(number, os.cpu_count() or 1))
                for number, _ in jobs
            ],
        },
    )
    return units, headers, jobs


def page(units, headers, jobs):
    """The section of docs/bench/program.md."""
    yield (
        "\n## Growth\n\nCold runs over generated projects, in seconds of processor; the "
        "last table in seconds elapsed.\n\n"
        "| | clang | alone | shared |\n|---|---|---|---|\n"
    )
    for what, rows in ((f"units with {FEW_HEADERS} headers", units),
                       (f"headers in {FEW_UNITS} units", headers)):
        for size, (clang, alone, shared) in rows:
            yield f"| {size} {what} | {clang:.1f} | {alone:.1f} | {shared:.1f} |\n"
    yield f"\n| processes, {MANY_UNITS} units | seconds elapsed |\n|---|---|\n"
    for number, seconds in jobs:
        yield f"| {number} | {seconds:.1f} |\n"
    yield "\n![seconds over units](program-units.svg)\n"
    yield "\n![seconds over headers](program-headers.svg)\n"
    yield "\n![seconds over processes](program-jobs.svg)\n"
