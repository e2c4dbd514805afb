# Part of corolint, under the Apache License v2.0 with LLVM Exceptions.
# See LICENSE for license information.
# SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
"""Opens demo.cpp as an editor does, and prints the findings.

Usage: clangd_trial.py COMMAND..., in the directory of demo.cpp
"""

import os
import sys

from lsp import Client, Document

with Client([*sys.argv[1:], "--background-index=false"], os.getcwd()) as client:
    with open("demo.cpp", encoding="utf-8") as file:
        document = Document(client, "demo.cpp", file.read())
    for diagnostic in document.diagnostics():
        print(diagnostic.get("code", ""), diagnostic["message"].splitlines()[0])
