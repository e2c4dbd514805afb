#!/usr/bin/env python3
# Part of corolint, under the Apache License v2.0 with LLVM Exceptions.
# See LICENSE for license information.
# SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
"""Writes a C++ file: N coroutines, ten functions each.

Usage: generate.py N >FILE

The same N gives the same file. Every coroutine contains constructs that the
checks examine: a chain of calls ten deep, a lock that is released before the
suspension point, a region that does not yield, a lambda, a loop around a
suspension point. One in a hundred makes a mistake of each kind.
"""

import sys

PRELUDE = """\
#include <corolint/annotations.h>

#include <chrono>
#include <coroutine>
#include <future>
#include <mutex>
#include <thread>

struct Task {
  struct promise_type {
    Task get_return_object() { return {}; }
    std::suspend_never initial_suspend() { return {}; }
    std::suspend_never final_suspend() noexcept { return {}; }
    void return_void() {}
    void unhandled_exception() {}
  };
};
struct Reply {
  bool await_ready() const;
  void await_suspend(std::coroutine_handle<>) const;
  int await_resume() const;
};
Reply ask(int Question);
COROLINT_BLOCKING int fetch(int Key);

std::mutex Mutex;
int Shared = 0;
"""

LEAF = """
static int leaf_{n}(int Value) {{
  if (Value % 7 == {n} % 7)
    return {leaf};
  for (int I = 0; I < Value; ++I)
    Shared += I;
  return Shared;
}}
"""

STEP = """
static int step_{n}_{i}(int Value) {{
  int Sum = Value;
  while (Sum < {i} * 10) {{
    if (Sum == 3)
      continue;
    Sum += {next}(Sum + 1);
  }}
  return Sum;
}}
"""

COROUTINE = """
Task work_{n}(int Value) {{
  auto Twice = [](int X) {{ return 2 * X; }};
  int Sum = Twice(Value);
  {{
    std::unique_lock<std::mutex> Lock(Mutex);
    Sum += step_{n}_1(Value);
    if (Sum > 100)
      Lock.unlock();
  }}
  COROLINT_NO_YIELD_REGION {{
    Shared += step_{n}_1(Sum);
  }}
  for (int I = 0; I < Value; ++I) {{
    if (I % 3 == 0)
      Sum += co_await ask(I);
    else
      Sum -= step_{n}_2(I);
  }}
{mistake}  Shared = Sum;
}}
"""

MISTAKE = """\
  {
    std::lock_guard<std::mutex> Lock(Mutex);
    Sum += co_await ask(Sum);
  }
  COROLINT_NO_YIELD_REGION { Sum += co_await ask(Sum); }
  std::this_thread::sleep_for(std::chrono::milliseconds(1));
  std::promise<int> Promise;
  Sum += Promise.get_future().get();
"""

FUNCTIONS = 10  # a coroutine: nine steps and a leaf


def generate(coroutines):
    yield PRELUDE
    for n in range(coroutines):
        faulty = n % 100 == 99
        yield LEAF.format(n=n, leaf="fetch(Value)" if faulty else "Value + 1")
        for i in range(FUNCTIONS - 1, 0, -1):
            callee = f"leaf_{n}" if i == FUNCTIONS - 1 else f"step_{n}_{i + 1}"
            yield STEP.format(n=n, i=i, next=callee)
        yield COROUTINE.format(n=n, mistake=MISTAKE if faulty else "")


def main(arguments):
    if len(arguments) != 1 or not arguments[0].isdigit():
        print(__doc__, file=sys.stderr)
        return 2
    sys.stdout.writelines(generate(int(arguments[0])))
    return 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
