# Part of corolint, under the Apache License v2.0 with LLVM Exceptions.
# See LICENSE for license information.
# SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
"""Compares the pictures of README.md with the tools' present output.

Usage: pictures_test.py BUILD_DIRECTORY SOURCE_DIRECTORY

The report is drawn again. Of the editor's picture, which needs a terminal and
Neovim, the texts are compared: they come from clangd, which finds what the driver
does. `./dev pictures` draws both anew.
"""

import html
import json
import os
import re
import subprocess
import sys
import unittest

from projects import Project, read

BUILD, SOURCE = sys.argv[1:3]
PICTURES = f"{SOURCE}/docs/pictures"


def texts(picture):
    """The lines of text in a picture of a terminal, from top to bottom."""
    lines = {}
    for x, y, text in re.findall(r'<text x="([\d.]+)" y="(\d+)"[^>]*>([^<]*)<', picture):
        text = html.unescape(text).replace("\xa0", " ")
        lines.setdefault(int(y), []).append((float(x), text))
    return [" ".join(text for _, text in sorted(lines[y])) for y in sorted(lines)]


class Pictures(unittest.TestCase):
    def test_report(self):
        drawn = Project(self.addCleanup)
        draw = [sys.executable, f"{PICTURES}/draw.py", BUILD, drawn.directory, "report"]
        subprocess.run(draw, check=True)
        self.assertEqual(
            drawn.read("report.svg"),
            read(f"{PICTURES}/report.svg"),
            "the report has changed: run ./dev pictures",
        )

    def test_editor(self):
        project = Project(self.addCleanup)
        project.write_flags(["-std=c++20"])
        for name in os.listdir(f"{PICTURES}/app"):
            project.write(name, read(f"{PICTURES}/app/{name}"))
        status, output = project.run(
            [f"{BUILD}/bin/corolint", "check", "--no-cache", "--format=json"]
        )
        self.assertEqual(status, 1, output)
        (finding,) = json.loads(output)["findings"]
        shown = texts(read(f"{PICTURES}/editor.svg"))
        said = [finding["message"].replace("call", "Call", 1)]
        for note in finding["notes"]:
            said.append(f"{os.path.basename(note['file'])}:{note['line']}:{note['column']}:")
            said.append(f"note: {note['message']}")
        popup = [line.split("│")[1].strip() for line in shown if "│" in line]
        self.assertEqual([line for line in popup if line], said)


if __name__ == "__main__":
    unittest.main(argv=[sys.argv[0]])
