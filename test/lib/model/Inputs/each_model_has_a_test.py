# Part of corolint, under the Apache License v2.0 with LLVM Exceptions.
# See LICENSE for license information.
# SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
"""Fails if a model file is compared with no headers.

each_model_has_a_test.py MODELS TESTS
"""

import pathlib
import sys

models, tests = map(pathlib.Path, sys.argv[1:])
sources = "".join(p.read_text(encoding="utf-8") for p in tests.glob("*.cpp"))
untested = [
    model.name
    for model in sorted(models.glob("*.yaml"))
    if f"--model=%models/{model.name} " not in sources
]
for name in untested:
    print(f"lib/model/{name} has no test: add test/lib/model/{name[:-5]}.cpp")
sys.exit(bool(untested))
