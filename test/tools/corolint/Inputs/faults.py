# Part of corolint, under the Apache License v2.0 with LLVM Exceptions.
# See LICENSE for license information.
# SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
"""What can go wrong around corolint, and that it is said: exit status 2, a word
that names the file, never a wrong answer, never a crash.

faults.py CORO PROJECT WORK: PROJECT is a copy of chain with its database.
"""

import os
import pathlib
import shutil
import signal
import subprocess
import sys
import time

corolint, project, work = sys.argv[1:]
project, work = pathlib.Path(project), pathlib.Path(work)
shutil.rmtree(work, ignore_errors=True)
work.mkdir()


def run(*arguments, **options):
    return subprocess.run(
        [corolint, *map(str, arguments)], capture_output=True, text=True,
        timeout=120, **options,
    )


def refuses(what, *arguments, says=""):
    """The run fails with a word, and is not killed by a signal."""
    result = run(*arguments)
    assert result.returncode == 2, (what, result)
    assert "error: " in result.stderr and says in result.stderr, (what, result)


check = ("check", "-p", project, "--quiet", "--no-cache")
whole = run(*check)
assert whole.returncode == 1 and not whole.stderr, whole

# Shards and indexes.
shard, index = work / "one.shard", work / "one.index"
assert run("extract", "-p", project, project / "step2.cpp", "-o", shard).returncode == 0
assert run("link", shard, "-o", index).returncode == 0
bad, out = work / "bad", work / "out.index"


def damaged(good, content):
    bad.write_bytes(content)
    out.unlink(missing_ok=True)
    refuses(good.name, "link", bad, "-o", out, says=str(bad))
    assert not out.exists()


# Every byte of the header, and some of what follows, through the driver: each
# start takes its time. test/lib/program flips every bit of them in one process.
for good in (shard, index):
    content = good.read_bytes()
    damaged(good, b"")
    damaged(good, b"ELF" + content)
    damaged(good, content + b"x")
    for length in {1, 7, 8, 9, 55, 56, 57, len(content) // 2, len(content) - 1}:
        damaged(good, content[:length])
    positions = [*range(56), *range(56, len(content), 23)]
    for position in positions:
        flipped = bytearray(content)
        flipped[position] ^= 1 << (position % 3 * 3)
        bad.write_bytes(flipped)
        result = run("link", bad, "-o", out)
        assert result.returncode == 2, (good.name, position, result)
        assert str(bad) in result.stderr, (good.name, position, result)
    future = bytearray(content)
    future[12] = 99
    bad.write_bytes(future)
    refuses("future", "link", bad, "-o", out, says="has format version 99")
refuses("an index that is a shard", "explain", "one", "--index", bad)
refuses("no such shard", "link", work / "none.shard", "-o", out, says="none.shard")

# A full disk: the old index stays.
refuses("full disk", "link", shard, "-o", "/dev/full", says="No space left")
limit = "ulimit -f 1; exec \"$@\""
old = index.read_bytes()
many = work / "many"
assert run("extract", "-p", project, "--no-cache", "--shard", "1/1", "-o", many).returncode == 0
result = subprocess.run(
    ["bash", "-c", "trap '' XFSZ; " + limit, "-", corolint, "link",
     *map(str, many.glob("*.shard")), "-o", str(index)],
    capture_output=True, text=True, timeout=60,
)
assert result.returncode == 2 and "cannot write" in result.stderr, result
assert index.read_bytes() == old
assert not list(work.glob("*.tmp")), "a temporary file is left behind"

# Killed in the middle: the old index or the new one.
everything = [str(p) for p in many.glob("*.shard")]
new = work / "new.index"
assert run("link", *everything, "-o", new).returncode == 0
for delay in (0.0, 0.002, 0.005, 0.01, 0.015, 0.02, 0.03):
    process = subprocess.Popen([corolint, "link", *everything, "-o", str(index)])
    time.sleep(delay)
    process.send_signal(signal.SIGKILL)
    process.wait()
    assert index.read_bytes() in (old, new.read_bytes()), delay

# Two runs at once share a cache.
cache = work / "cache"
pair = [
    subprocess.Popen(
        [corolint, "check", "-p", str(project), "--cache", str(cache), "--quiet"],
        stdout=subprocess.PIPE, stderr=subprocess.PIPE, text=True,
    )
    for _ in range(2)
]
for process in pair:
    stdout, stderr = process.communicate(timeout=120)
    assert (process.returncode, stdout, stderr) == (1, whole.stdout, ""), stderr

# A damaged cache is made anew; one that cannot be written is done without.
for entry in cache.glob("*.shard"):
    entry.write_bytes(entry.read_bytes()[:-9])
(cache / "stamps").write_text("nonsense\n1 2 3")
(cache / "costs").write_text("x y\n\n12")
again = run("check", "-p", project, "--cache", cache, "--quiet")
assert (again.returncode, again.stdout) == (1, whole.stdout), again
again = run("check", "-p", project, "--cache", "/dev/null/x", "--quiet")
assert (again.returncode, again.stdout) == (1, whole.stdout), again
assert "no cache" in again.stderr, again

# Bad units: each is named, the rest is reported, the status is 2.
full = os.environ.copy()


def spoiled(content, says, file="step3.cpp"):
    path = project / file
    before = path.read_text()
    if content is None:
        path.unlink()
    else:
        path.write_text(content)
    try:
        result = run(*check)
        assert result.returncode == 2, result
        assert says in result.stderr, result
        assert "in coroutine 'one_bad'" in result.stdout, result
        assert "in coroutine 'five_bad'" not in result.stdout, result
    finally:
        path.write_text(before)


spoiled("void step3() { step4(; }\n", "step3.cpp:1:")
spoiled('#include "missing.h"\n', "'missing.h' file not found")
# An error in a header: through which unit, and how many others.
(project / "bad.h").write_text("int f( { }\n")
spoiled('#include "bad.h"\n', "step3.cpp: note: read by this unit\n")
two = (project / "step4.cpp").read_text()
(project / "step4.cpp").write_text('#include "bad.h"\n' + two)
spoiled('#include "bad.h"\n',
        "step3.cpp: note: read by this unit, and by 1 more with the same error")
(project / "step4.cpp").write_text(two)
spoiled("#pragma clang __debug crash\n", "step3.cpp' crashed")
spoiled("#pragma clang __debug parser_crash\n", "step3.cpp' crashed")
spoiled(None, "step3.cpp")
spoiled("int nest = " + "(" * 3000 + "1" + ")" * 3000 + ";", "step3.cpp")

# What would be found wrong after the work is told before it.
unused = work / "unused"
early = ("check", "-p", project, "--cache", unused)
nowhere = work / "nowhere" / "report"
for option in ("--output", "--write-baseline", "--index"):
    refuses("nowhere", *early, option, nowhere, says="there is no directory")
    refuses("a directory", *early, option, work, says="Is a directory")
refuses("no baseline", *early, "--baseline", nowhere, says=str(nowhere))
refuses("no such reference", *early, "--since", "nonsense", says="--since")
assert not unused.exists(), "units were extracted"

# Files by other names: through a link, from within, the database by its file.
link = work / "link"
link.symlink_to(project, target_is_directory=True)
for database, path, within in (
    (project, link / "five.cpp", work),
    (link, "five.cpp", link),
    (project / "compile_commands.json", project / "." / "five.cpp", work),
):
    result = run("check", "-p", database, path, "--quiet", "--no-cache", cwd=within)
    assert result.returncode == 0 and not result.stderr, result

# Databases.
empty = work / "empty"
empty.mkdir()
refuses("no database", "check", "-p", empty, says="-p")
(empty / "compile_commands.json").write_text("[{")
refuses("broken database", "check", "-p", empty, says="compile_commands.json")
refuses("no such path", "check", "-p", project, work / "elsewhere", says="elsewhere")
refuses("bad slice", "extract", "-p", project, "--shard", "3/2", "-o", many, says="3/2")
refuses("bad baseline", *check, "--baseline", shard, says="baseline")
refuses("no baseline", *check, "--baseline", work / "none", says="none")

assert run(*check).stdout == whole.stdout
