# Part of corolint, under the Apache License v2.0 with LLVM Exceptions.
# See LICENSE for license information.
# SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
"""Plots as single SVG files, for the pages below docs/bench.

Two kinds, which need only the standard library:

    line_plot("link.svg", title="Linking", x="functions", y="seconds",
              series={"corolint link": [(10_000, 0.05), (1_000_000, 7.9)]},
              goal=10)
    bar_chart("runtime.svg", title="A task", unit="ns",
              rows=[("spawn and join", {"corolint": 41, "Asio": 95})])

A file follows the reader's colour scheme, light or dark, and has its own
background, so that it is readable on any page. The same figures give the same
file, to the byte. Screen readers find the title and the figures in <title> and
<desc>.
"""

import math
from xml.sax.saxutils import escape

FONT = 13  # pixels; the widths below are made for it
LETTER = 7.2  # pixels of an average letter of that size, wide ones allowed for
PALETTES = {  # of --ink, --grid, --paper and what is drawn in them
    "light": ("#1f2328", "#d1d9e0", "#ffffff",
              "#0969da", "#bc4c00", "#1a7f37", "#8250df", "#cf222e", "#59636e"),
    "dark": ("#f0f6fc", "#3d444d", "#0d1117",
             "#58a6ff", "#f0883e", "#3fb950", "#bc8cff", "#ff7b72", "#9198a1"),
}
COLOURS = len(PALETTES["light"]) - 3


def line_plot(path, *, title, x, y, series, goal=None, logarithmic=False,
              width=720, height=400):
    """Writes lines over a common scale.

    series: {name: [(x, y), ...]}, points in order. goal: a limit for y, drawn
    dashed. logarithmic: both axes; then no value may be 0 or less. Raises
    ValueError if there is nothing to draw.
    """
    points = [point for line in series.values() for point in line]
    if not points:
        raise ValueError("line_plot: no points")
    values = [value for _, value in points] + ([] if goal is None else [goal])
    axis_x = _Axis([place for place, _ in points], logarithmic)
    axis_y = _Axis(values, logarithmic)
    left = 24 + LETTER * max(len(_number(tick)) for tick in axis_y.ticks)
    top = 68 if len(series) == 1 else 88  # The legend takes a line.
    right, bottom = width - 44, height - 56

    def at_x(value):
        return left + (right - left) * axis_x.share(value)

    def at_y(value):
        return bottom - (bottom - top) * axis_y.share(value)

    parts = [_text(left, top - 14, y, "muted")]
    for tick in axis_y.ticks:
        parts.append(_rule(left, at_y(tick), right, at_y(tick)))
        parts.append(_text(left - 8, at_y(tick) + 4, _number(tick), "end"))
    for tick in axis_x.ticks:
        parts.append(_rule(at_x(tick), top, at_x(tick), bottom))
        parts.append(_text(at_x(tick), bottom + 20, _number(tick), "middle"))
    parts.append(_text((left + right) / 2, height - 14, x, "middle muted"))
    if goal is not None:
        parts.append(
            f'<path d="M{left:.1f} {at_y(goal):.1f}H{right}" class="goal"/>')
        parts.append(_text(right, at_y(goal) - 6, f"goal: {_number(goal)}",
                           "end muted"))
    for number, line in enumerate(series.values()):
        drawn = " ".join(f"{at_x(a):.1f},{at_y(b):.1f}" for a, b in line)
        parts.append(f'<polyline points="{drawn}" class="line c{_colour(number)}"/>')
        for a, b in line:
            parts.append(
                f'<circle cx="{at_x(a):.1f}" cy="{at_y(b):.1f}" r="3.5" '
                f'class="fill c{_colour(number)}"><title>{_number(a)}: '
                f"{_number(b)}</title></circle>")
    if len(series) > 1:
        parts += _legend(series, left, width)
    figures = "; ".join(
        f"{name}: " + ", ".join(f"{_number(b)} at {_number(a)}" for a, b in line)
        for name, line in series.items())
    _write(path, width, height, title, f"{y} over {x}. {figures}", parts)


def bar_chart(path, *, title, rows, unit="", goal=None, common=True, width=720):
    """Writes horizontal bars, in groups, each with its figure behind it.

    rows: [(label, {name: value})], a group each; names may be missing in some.
    A value is a number of 0 or more, or (number, text) to write the text
    instead. common: all rows share one scale, from 0; else each row fills the
    width by itself, for rows that measure different things. goal: a value that
    is not to be exceeded, drawn dashed; only with a common scale. Raises
    ValueError where there is nothing to draw.
    """
    names = list(dict.fromkeys(name for _, bars in rows for name in bars))
    if not names:
        raise ValueError("bar_chart: no bars")
    if goal is not None and not common:
        raise ValueError("bar_chart: a goal needs a common scale")
    thick, gap = 16, 14
    left = 32 + LETTER * max(len(label) for label, _ in rows)
    texts = [_bar(value, unit)[1] for _, bars in rows for value in bars.values()]
    right = width - 24 - LETTER * max(len(text) for text in texts)
    most = max([_bar(value, unit)[0] for _, bars in rows for value in bars.values()]
               + ([] if goal is None else [goal]))
    top = y = 64 if len(names) > 1 else 48
    parts, figures = [], []
    for label, bars in rows:
        parts.append(_text(left - 10, y + len(bars) * thick / 2 + 4, label, "end"))
        scale = most if common else max(
            (_bar(value, unit)[0] for value in bars.values()), default=0)
        for name, value in bars.items():
            number, text = _bar(value, unit)
            length = (right - left) * number / scale if scale else 0
            parts.append(
                f'<rect x="{left:.1f}" y="{y + 1}" width="{length:.1f}" '
                f'height="{thick - 2}" class="fill c{_colour(names.index(name))}"/>')
            parts.append(_text(left + length + 6, y + 12.5, text))
            figures.append(f"{label}, {name}: {text}")
            y += thick
        y += gap
    bottom = y - gap / 2
    parts.append(f'<path d="M{left:.1f} {top - 6}V{bottom}" class="grid"/>')
    if goal is not None:
        place = left + (right - left) * goal / most if most else left
        parts.append(f'<path d="M{place:.1f} {top - 6}V{bottom}" class="goal"/>')
        parts.append(_text(place, bottom + 16, f"goal: {_number(goal)} {unit}".strip(),
                           "middle muted"))
        bottom += 20
    if len(names) > 1:
        parts += _legend(names, left, width)
    _write(path, width, round(bottom + 12), title, "; ".join(figures), parts)


class _Axis:
    """Maps values to ticks, and to fractions of the range."""

    def __init__(self, values, logarithmic):
        self.logarithmic = logarithmic
        if logarithmic:
            first = math.floor(math.log10(min(values)))
            last = max(math.ceil(math.log10(max(values))), first + 1)
            self.ticks = [10.0**power for power in range(first, last + 1)]
        else:
            most = max(max(values), 0) or 1
            step = _step(most)
            self.ticks = [step * i for i in range(math.ceil(most / step - 1e-9) + 1)]

    def share(self, value):
        low, high = self.ticks[0], self.ticks[-1]
        if self.logarithmic:
            low, high, value = (math.log10(each) for each in (low, high, value))
        return (value - low) / (high - low)


def _step(most):
    """A round step such that four to eight steps reach `most`."""
    power = 10.0 ** math.floor(math.log10(most / 4))
    return next(power * factor for factor in (1, 2, 2.5, 5, 10)
                if most / (power * factor) <= 6)


def _number(value):
    """Formats three significant digits: 1,000,000, 7.87, 0.05."""
    if value == 0:
        return "0"
    digits = max(0, 2 - math.floor(math.log10(abs(value))))
    text = f"{round(value, digits):,.{min(digits, 6)}f}"
    return text.rstrip("0").rstrip(".") if "." in text else text


def _bar(value, unit):
    """A bar's length and words."""
    if isinstance(value, tuple):
        return value
    return value, f"{_number(value)} {unit}".strip()


def _colour(number):
    return number % COLOURS


def _text(x, y, text, kind=""):
    attribute = f' class="{kind}"' if kind else ""
    return f'<text x="{x:.1f}" y="{y:.1f}"{attribute}>{escape(text)}</text>'


def _rule(x1, y1, x2, y2):
    return f'<path d="M{x1:.1f} {y1:.1f}L{x2:.1f} {y2:.1f}" class="grid"/>'


def _legend(names, left, width):
    """One line below the title, names from left to right."""
    needed = sum(30 + LETTER * len(name) for name in names)
    x = max(16, min(left, width - needed))
    for number, name in enumerate(names):
        yield (f'<rect x="{x:.1f}" y="39" width="11" height="11" '
               f'class="fill c{_colour(number)}"/>')
        yield _text(x + 16, 49, name)
        x += 30 + LETTER * len(name)


def _style(palette):
    ink, grid, paper, *colours = palette
    rules = [f"--ink:{ink}", f"--grid:{grid}", f"--paper:{paper}"]
    rules += [f"--c{number}:{colour}" for number, colour in enumerate(colours)]
    return "svg{" + ";".join(rules) + "}"


def _write(path, width, height, title, description, parts):
    colours = "".join(f".c{number}{{color:var(--c{number})}}"
                      for number in range(COLOURS))
    style = (
        _style(PALETTES["light"])
        + f"@media (prefers-color-scheme:dark){{{_style(PALETTES['dark'])}}}"
        + f"text{{font:{FONT}px sans-serif;fill:var(--ink)}}"
        ".heading{font-weight:bold}.muted{opacity:.75}.end{text-anchor:end}"
        ".middle{text-anchor:middle}.paper{fill:var(--paper)}"
        ".grid{stroke:var(--grid);fill:none}"
        ".goal{stroke:var(--ink);stroke-dasharray:5 4;fill:none}"
        ".fill{fill:currentColor}"
        ".line{stroke:currentColor;stroke-width:2;fill:none}" + colours)
    with open(path, "w", encoding="utf-8") as stream:
        stream.write(
            f'<svg xmlns="http://www.w3.org/2000/svg" width="{width}" '
            f'height="{height}" viewBox="0 0 {width} {height}" role="img">\n'
            f"<title>{escape(title)}</title>\n"
            f"<desc>{escape(description)}</desc>\n"
            f"<style>{style}</style>\n"
            f'<rect width="{width}" height="{height}" rx="6" class="paper"/>\n'
            + _text(16, 26, title, "heading") + "\n"
            + "\n".join(parts) + "\n</svg>\n")
