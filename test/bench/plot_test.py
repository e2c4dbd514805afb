#!/usr/bin/env python3
# Part of corolint, under the Apache License v2.0 with LLVM Exceptions.
# See LICENSE for license information.
# SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
"""Tests of what draws the plots of docs/bench. Usage: plot_test.py SOURCE."""

import os
import sys
import tempfile
import unittest
import xml.etree.ElementTree as ElementTree

SOURCE = sys.argv.pop(1)
sys.path.insert(0, os.path.join(SOURCE, "bench", "support"))

import plot  # noqa: E402

SVG = "{http://www.w3.org/2000/svg}"


class PlotTest(unittest.TestCase):
    def draw(self, function, **arguments):
        """What is drawn, as XML."""
        with tempfile.TemporaryDirectory() as directory:
            path = os.path.join(directory, "plot.svg")
            function(path, **arguments)
            return ElementTree.parse(path).getroot()

    def texts(self, root):
        return [text.text for text in root.iter(SVG + "text")]

    def line(self, series, **arguments):
        return self.draw(plot.line_plot, title="T", x="n", y="s", series=series,
                         **arguments)

    def lengths(self, root):
        return [float(bar.get("width")) for bar in root.iter(SVG + "rect")
                if bar.get("height") == "14"]

    def test_line_rises_in_proportion(self):
        root = self.line({"a": [(0, 0), (50, 5), (100, 10)]})
        places = [tuple(map(float, place.split(",")))
                  for place in root.find(SVG + "polyline").get("points").split()]
        (x0, y0), (x1, y1), (x2, y2) = places
        self.assertAlmostEqual(x1 - x0, x2 - x1, delta=0.2)
        self.assertAlmostEqual(y0 - y1, y1 - y2, delta=0.2)
        self.assertGreater(y0, y2)

    def test_decades_are_as_far_apart(self):
        root = self.line({"a": [(1, 1), (10, 10), (100, 100)]}, logarithmic=True)
        xs = [float(dot.get("cx")) for dot in root.iter(SVG + "circle")]
        self.assertAlmostEqual(xs[1] - xs[0], xs[2] - xs[1], delta=0.2)

    def test_goal_is_within_the_plot(self):
        root = self.line({"a": [(1, 1), (2, 2)]}, goal=10)
        self.assertIn("goal: 10", self.texts(root))
        self.assertIn("10", self.texts(root))

    def test_several_lines_have_a_legend(self):
        self.assertNotIn("one", self.texts(self.line({"one": [(1, 1)]})))
        both = self.texts(self.line({"one": [(1, 1)], "two": [(1, 2)]}))
        self.assertLess(both.index("one"), both.index("two"))

    def test_bars_share_a_scale_or_do_not(self):
        rows = [("r", {"a": 10, "b": 5}), ("s", {"a": 2})]
        root = self.draw(plot.bar_chart, title="T", rows=rows)
        a, b, c = self.lengths(root)
        self.assertAlmostEqual(b / a, 0.5, delta=0.01)
        self.assertAlmostEqual(c / a, 0.2, delta=0.01)
        own = self.draw(plot.bar_chart, title="T", rows=rows, common=False)
        a, b, c = self.lengths(own)
        self.assertAlmostEqual(b / a, 0.5, delta=0.01)
        self.assertEqual(c, a)

    def test_bars_say_their_figures(self):
        rows = [("r", {"a": 10, "b": (5, "five")})]
        texts = self.texts(self.draw(plot.bar_chart, title="T", rows=rows, unit="ns"))
        self.assertIn("10 ns", texts)
        self.assertIn("five", texts)

    def test_all_of_zero(self):
        rows = [("r", {"a": 0})]
        self.assertEqual(self.lengths(self.draw(plot.bar_chart, title="T", rows=rows)),
                         [0])

    def test_words_are_no_markup(self):
        root = self.draw(plot.bar_chart, title="a < b & c", rows=[("<r>", {"a": 1})])
        self.assertIn("<r>", self.texts(root))
        self.assertEqual(root.find(SVG + "title").text, "a < b & c")

    def test_nothing_to_draw_is_an_error(self):
        with self.assertRaises(ValueError):
            self.line({})
        with self.assertRaises(ValueError):
            self.draw(plot.bar_chart, title="T", rows=[])

    def test_both_schemes_have_every_colour(self):
        light, dark = plot.PALETTES["light"], plot.PALETTES["dark"]
        self.assertEqual(len(light), len(dark))
        style = self.line({"a": [(1, 1)]}).find(SVG + "style").text
        self.assertIn("prefers-color-scheme:dark", style)

    def test_numbers(self):
        wanted = {0: "0", 1_000_000: "1,000,000", 7.874: "7.87", 0.05: "0.05",
                  100: "100", 182.4: "182", 0.1 + 0.2: "0.3", 1273.2: "1,273"}
        self.assertEqual({value: plot._number(value) for value in wanted}, wanted)


if __name__ == "__main__":
    unittest.main()
