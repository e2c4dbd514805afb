# Part of corolint, under the Apache License v2.0 with LLVM Exceptions.
# See LICENSE for license information.
# SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
"""Looks at an HTML report in Chromium.

browser.py REPORT JSON WORK: what a reader sees must be what the JSON report of
the same run says. Screenshots are left in WORK.
"""

import html
import json
import pathlib
import re
import shutil
import subprocess
import sys
import tempfile

report, findings, work = map(pathlib.Path, sys.argv[1:])
findings = json.loads(findings.read_text())["findings"]
shutil.rmtree(work, ignore_errors=True)
work.mkdir()

# A script, in a copy of the report: the report has none itself.
PROBE = """<script>
addEventListener("load", () => {
  const shown = (element) => {
    const box = element.getBoundingClientRect();
    return element.checkVisibility() && box.width > 0 && box.height > 0;
  };
  const result = {
    resources: performance.getEntriesByType("resource").map((r) => r.name),
    openCauses: document.querySelectorAll(".cause[open]").length,
    visibleBefore: [...document.querySelectorAll("svg")].filter(shown).length,
    colors: [document.body, document.querySelector("details"),
             document.querySelector("svg text")].map((e) => {
      const style = getComputedStyle(e);
      return [style.color, style.backgroundColor, style.fill];
    }),
  };
  document.querySelectorAll("details").forEach((d) => { d.open = true; });
  result.graphs = [...document.querySelectorAll("svg")].map((svg) => {
    const view = svg.getBoundingClientRect();
    const boxes = [...svg.querySelectorAll("rect")].map(
      (r) => r.getBoundingClientRect());
    const texts = [...svg.querySelectorAll("text")];
    return {
      width: view.width, height: view.height, boxes: boxes.length,
      inside: boxes.every((b) => b.width > 0 && b.height > 0 &&
        b.left >= view.left && b.right <= view.right + 1 &&
        b.top >= view.top && b.bottom <= view.bottom + 1),
      overlap: boxes.some((a, i) => boxes.some((b, j) => i < j &&
        a.left < b.right && b.left < a.right &&
        a.top < b.bottom && b.top < a.bottom)),
      labels: texts.filter(shown).map((t) => t.textContent),
      fits: texts.every((t) => t.getBoundingClientRect().right <=
        t.previousElementSibling.getBoundingClientRect().right + 1),
      lines: [...svg.querySelectorAll("path")].filter(
        (p) => p.getTotalLength() > 10).length,
    };
  });
  result.findings = [...document.querySelectorAll(".finding")].map((f) => ({
    shown: shown(f), text: f.innerText,
    marked: [...f.querySelectorAll("mark")].filter(shown).length,
  }));
  result.causes = [...document.querySelectorAll(".cause > summary")].filter(
    shown).map((s) => s.innerText);
  result.deadLinks = [...document.querySelectorAll("a")].filter(
    (a) => !document.querySelector(a.getAttribute("href"))).length;
  result.wider = document.documentElement.scrollWidth > innerWidth;
  const out = document.createElement("pre");
  out.id = "probe";
  out.textContent = JSON.stringify(result);
  document.body.append(out);
});
</script>"""


def chromium(page, *arguments):
    with tempfile.TemporaryDirectory() as profile:
        result = subprocess.run(
            ["chromium", "--headless", "--no-sandbox", "--disable-gpu"]
            + ["--disable-quic", "--no-first-run", "--disable-sync"]
            + ["--disable-background-networking", "--disable-component-update"]
            + ["--host-resolver-rules=MAP * ~NOTFOUND", "--hide-scrollbars"]
            + [f"--user-data-dir={profile}", "--enable-logging=stderr"]
            + ["--window-size=1200,1500", *arguments, page.resolve().as_uri()],
            capture_output=True, text=True, timeout=240,
        )
    assert result.returncode == 0, result.stderr
    # What the page has to complain about, not what the browser misses here.
    complaints = [line for line in result.stderr.splitlines() if "CONSOLE" in line]
    assert not complaints, complaints
    return result.stdout


def probe(*arguments):
    dom = chromium(probed, "--dump-dom", *arguments)
    found = re.search(r'<pre id="probe">(.*?)</pre>', dom, re.S)
    assert found, dom[-2000:]
    return json.loads(html.unescape(found[1]))


probed = work / "probed.html"
text = report.read_text(encoding="utf-8")
assert text.count("</body>") == 1
probed.write_text(text.replace("</body>", PROBE + "</body>"), encoding="utf-8")
network = work / "network.json"
seen = probe(f"--log-net-log={network}")

# Nothing is fetched but the page. Some names the browser asks for itself, which
# are resolved to nothing here.
fetched = re.findall(r'"url":"(?:https?|wss?|ftp)://([^/"]*)', network.read_text())
fetched = {f for f in fetched if not re.search(r"\bgoogle(apis)?\.com$", f)}
assert not fetched and seen["resources"] == [], (fetched, seen["resources"])

assert len(seen["findings"]) == len(findings)
for finding in findings:
    (entry,) = [
        f for f in seen["findings"]
        if finding["message"] in f["text"]
        and f":{finding['line']}:{finding['column']}" in f["text"].splitlines()[0]
    ]
    assert entry["shown"] and entry["marked"] >= 1, entry
    for note in finding["notes"]:
        assert note["message"] in entry["text"], (note, entry)

# Each root cause once, the graphs of the first in sight at once.
causes = {f["notes"][-1]["message"] for f in findings}
assert len(seen["causes"]) == len(causes) == len(seen["graphs"])
for cause in causes:
    assert any(shown.startswith(cause) for shown in seen["causes"]), cause
assert seen["openCauses"] == seen["visibleBefore"] == min(3, len(causes))
for graph in seen["graphs"]:
    assert graph["width"] > 100 and graph["height"] > 30, graph
    assert graph["boxes"] >= 2 and graph["lines"] >= 1, graph
    assert graph["inside"] and not graph["overlap"] and graph["fits"], graph
    assert len(graph["labels"]) == graph["boxes"], graph
assert seen["deadLinks"] == 0 and not seen["wider"], seen


def brightness(color):
    red, green, blue = map(int, re.findall(r"\d+", color)[:3])
    return 0.299 * red + 0.587 * green + 0.114 * blue


def readable(colors):
    (ink, back, _), (_, card, _), (_, _, label) = colors
    assert abs(brightness(ink) - brightness(back)) > 120, colors
    assert abs(brightness(label) - brightness(card)) > 120, colors
    return brightness(back)


# Light and dark.
dark = "--blink-settings=preferredColorScheme=0"
light = "--blink-settings=preferredColorScheme=1"
assert readable(probe(light)["colors"]) > 200
assert readable(probe(dark)["colors"]) < 60
for name, scheme in (("light", light), ("dark", dark)):
    picture = work / f"{name}.png"
    chromium(report, scheme, f"--screenshot={picture.resolve()}")
    # One colour all over would pack into next to nothing.
    assert picture.stat().st_size > 20000, picture.stat()
