#!/usr/bin/env python3
# Part of corolint, under the Apache License v2.0 with LLVM Exceptions.
# See LICENSE for license information.
# SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
"""Draws the pictures of README.md from the real tools.

Usage: draw.py BUILD_DIRECTORY OUTPUT_DIRECTORY [PICTURE...]

PICTURE is editor or report; both by default. The editor is Neovim with
corolint-clangd, in a terminal of tmux; the report is that of `corolint check`. Both
show docs/pictures/app. Exit status: 0 drawn, 2 it could not be done.
"""

import html
import html.parser
import os
import re
import shutil
import subprocess
import sys
import tempfile
import time

HERE = os.path.dirname(os.path.abspath(__file__))
COLUMNS, ROWS = 78, 26  # of the terminal
CELL_WIDTH, CELL_HEIGHT, FONT_SIZE = 8.4, 18, 14  # pixels, as monospaced fonts are
BACK, INK = "#262626", "#ffffff"  # those of the colour scheme
REPORT_WIDTH, REPORT_HEIGHT = 1152, 900  # pixels
TIMEOUT = 60  # seconds, on a loaded machine


class CannotDraw(Exception):
    """Why there is no picture, and the remedy."""


def run(*command, directory, statuses=(0,), **variables):
    try:
        done = subprocess.run(
            command,
            cwd=directory,
            capture_output=True,
            text=True,
            check=False,
            env=os.environ | variables,
        )
    except OSError as error:
        raise CannotDraw(f"{command[0]}: {error.strerror}; install it") from error
    if done.returncode not in statuses:
        raise CannotDraw(f"{' '.join(command)}: {done.stdout}{done.stderr}")
    return done.stdout


def make_project(build, directory):
    """The application, with an index, so that the editor sees the other files."""
    shutil.copytree(os.path.join(HERE, "app"), directory, dirs_exist_ok=True)
    with open(f"{directory}/compile_flags.txt", "w", encoding="utf-8") as file:
        file.write("-std=c++20\n")
    check = [f"{build}/bin/corolint", "check", "--no-cache", "--quiet"]
    run(*check, "--index", "program.index", directory=directory, statuses=(1,))
    with open(f"{directory}/.clang-tidy", "w", encoding="utf-8") as file:
        file.write("CheckOptions:\n  CoroIndex: program.index\n")


# --- The editor ---------------------------------------------------------------


def screen_of_editor(build, directory):
    """The terminal's lines, with their escape sequences for colours."""
    tmux = ["tmux", "-L", f"corolint-{os.getpid()}", "-f", "/dev/null"]
    editor = f"nvim -u {HERE}/editor.lua -i NONE -n session.cpp"
    run(
        *tmux,
        *("new-session", "-d", "-x", str(COLUMNS), "-y", str(ROWS), editor),
        *(";", "set-option", "-ga", "terminal-overrides", ",*:Tc"),
        directory=directory,
        COROLINT_CLANGD=f"{build}/bin/corolint-clangd",
        HOME=directory,
        LC_ALL="C.UTF-8",
    )
    try:
        end = time.monotonic() + TIMEOUT
        while not os.path.exists(f"{directory}/shown"):
            if time.monotonic() > end:
                raise CannotDraw(f"Neovim showed no finding in {TIMEOUT} s")
            time.sleep(0.1)
        time.sleep(0.5)  # Until the terminal has drawn what was sent.
        return run(*tmux, "capture-pane", "-e", "-p", directory=directory).split("\n")
    finally:
        run(*tmux, "kill-server", directory=directory, statuses=(0, 1))


class Style:
    """Colours and weight as the escape sequences so far have set them."""

    def __init__(self):
        self.reset()

    def reset(self):
        self.ink, self.back = INK, BACK
        self.bold = self.underlined = False

    def apply(self, codes):
        """Of SGR: those that tmux writes for true colours."""
        codes = [int(code or 0) for code in codes.split(";")]
        while codes:
            code = codes.pop(0)
            if code in (38, 48, 58) and codes[:1] == [2]:
                colour = "#{:02x}{:02x}{:02x}".format(*codes[1:4])
                del codes[:4]
                if code == 38:
                    self.ink = colour
                elif code == 48:
                    self.back = colour
            elif code == 0:
                self.reset()
            elif code == 1:
                self.bold = True
            elif code == 4:
                self.underlined = True
            elif code == 39:
                self.ink = INK
            elif code == 49:
                self.back = BACK

    def attributes(self):
        text = f' fill="{self.ink}"'
        if self.bold:
            text += ' font-weight="bold"'
        if self.underlined:
            text += ' text-decoration="underline"'
        return text


def draw_line(line, row, style):
    """SVG of one line of the terminal."""
    shapes, texts, column = [], [], 0
    top = row * CELL_HEIGHT
    for part in re.split(r"(\x1b\[[\d;]*m)", line):
        if escape := re.fullmatch(r"\x1b\[([\d;]*)m", part):
            style.apply(escape[1])
            continue
        if not part:
            continue
        left, width = column * CELL_WIDTH, len(part) * CELL_WIDTH
        if style.back != BACK:
            shapes.append(
                f'<rect x="{left:.1f}" y="{top}" width="{width:.1f}"'
                f' height="{CELL_HEIGHT}" fill="{style.back}"/>'
            )
        if word := part.strip():
            left += (len(part) - len(part.lstrip())) * CELL_WIDTH
            width = len(word) * CELL_WIDTH
            # Spaces in a row would be one.
            text = html.escape(word, quote=False).replace(" ", "\xa0")
            texts.append(
                f'<text x="{left:.1f}" y="{top + FONT_SIZE}" textLength="{width:.1f}"'
                f"{style.attributes()}>{text}</text>"
            )
        column += len(part)
    return shapes + texts


def draw_editor(build, directory):
    style, drawn = Style(), []
    lines = screen_of_editor(build, directory)
    while lines and not re.sub(r"\x1b\[[\d;]*m", "", lines[-1]).strip():
        lines.pop()
    for row, line in enumerate(lines):
        drawn += draw_line(line, row, style)
    width, height = COLUMNS * CELL_WIDTH + 24, len(lines) * CELL_HEIGHT + 24
    return "\n".join(
        [
            '<svg xmlns="http://www.w3.org/2000/svg" role="img"'
            f' width="{width:.0f}" height="{height}" viewBox="-12 -12 {width:.0f} {height}"'
            f' font-family="ui-monospace, monospace" font-size="{FONT_SIZE}">',
            "<title>A finding in Neovim</title>",
            f'<rect x="-12" y="-12" width="100%" height="100%" rx="8" fill="{BACK}"/>',
            *drawn,
            "</svg>\n",
        ]
    )


# --- The report ---------------------------------------------------------------


class Xml(html.parser.HTMLParser):
    """Writes HTML as XML, which a picture can hold: void elements are closed."""

    VOID = {"br", "hr", "img", "link", "meta"}

    def __init__(self):
        super().__init__(convert_charrefs=True)
        self.text = ""

    def handle_starttag(self, tag, attrs):
        names = {"viewbox": "viewBox"}  # The parser drops the case.
        given = "".join(
            f' {names.get(name, name)}="{html.escape(name if value is None else value)}"'
            for name, value in attrs
        )
        space = ' xmlns="http://www.w3.org/2000/svg"' if tag == "svg" else ""
        self.text += f"<{tag}{space}{given}{'/' if tag in self.VOID else ''}>"

    def handle_startendtag(self, tag, attrs):
        self.handle_starttag(tag, attrs)
        if tag not in self.VOID:
            self.text += f"</{tag}>"

    def handle_endtag(self, tag):
        if tag not in self.VOID:
            self.text += f"</{tag}>"

    def handle_data(self, data):
        self.text += html.escape(data, quote=False)


def draw_report(build, directory):
    check = [f"{build}/bin/corolint", "check", "--no-cache", "--quiet"]
    run(*check, "--format=html", "-o", "report.html", directory=directory, statuses=(1,))
    with open(f"{directory}/report.html", encoding="utf-8") as file:
        page = file.read()
    style = re.search(r"<style>(.*?)</style>", page, re.S)[1]
    body = Xml()
    body.feed(re.search(r"<body>(.*)</body>", page, re.S)[1])
    # In a picture the page's own element takes the place of `body`.
    style = re.sub(r"^body ", ".page ", style, flags=re.M)
    opened = body.text.replace('class="finding"', 'class="finding" open="open"', 1)
    return f"""\
<svg xmlns="http://www.w3.org/2000/svg" role="img" width="{REPORT_WIDTH}" height="{REPORT_HEIGHT}">
<title>The report of corolint check</title>
<style>{style}.page {{ box-sizing: border-box; min-height: {REPORT_HEIGHT}px; }}
</style>
<foreignObject width="100%" height="100%">
<div xmlns="http://www.w3.org/1999/xhtml" class="page">{opened}</div>
</foreignObject>
</svg>
"""


PICTURES = {"editor": draw_editor, "report": draw_report}


def main(arguments):
    build, output, *names = arguments
    build = os.path.abspath(build)
    try:
        for name in names or PICTURES:
            with tempfile.TemporaryDirectory() as directory:
                make_project(build, directory)
                picture = PICTURES[name](build, directory)
            with open(f"{output}/{name}.svg", "w", encoding="utf-8") as file:
                file.write(picture)
    except CannotDraw as error:
        print(f"draw.py: error: {error}", file=sys.stderr)
        return 2
    return 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
