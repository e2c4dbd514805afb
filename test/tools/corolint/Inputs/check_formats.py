# Part of corolint, under the Apache License v2.0 with LLVM Exceptions.
# See LICENSE for license information.
# SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
"""Compares the JSON, SARIF and HTML reports of one run with one another."""

import html.parser
import json
import re
import sys

json_path, sarif_path, html_path = sys.argv[1:]
with open(json_path, encoding="utf-8") as file:
    findings = json.load(file)["findings"]
with open(sarif_path, encoding="utf-8") as file:
    sarif = json.load(file)

assert findings
for finding in findings:
    assert set(finding) == {
        "check", "message", "file", "line", "column", "notes", "fingerprint",
    }, finding
    assert re.fullmatch("[0-9a-f]{16}", finding["fingerprint"]), finding
    for note in finding["notes"]:
        assert set(note) == {"message", "file", "line", "column"}, note
assert len({f["fingerprint"] for f in findings}) == len(findings)

# SARIF 2.1.0, what the standard requires of what we use.
assert sarif["version"] == "2.1.0" and sarif["$schema"].endswith("2.1.0.json")
(run,) = sarif["runs"]
rules = run["tool"]["driver"]["rules"]
assert run["tool"]["driver"]["name"] == "corolint"
assert [r["id"] for r in rules] == sorted(r["id"] for r in rules)
results = run["results"]
assert len(results) == len(findings)
for finding, result in zip(findings, results):
    assert rules[result["ruleIndex"]]["id"] == result["ruleId"] == finding["check"]
    assert result["level"] == "warning"
    assert result["message"]["text"] == finding["message"] + "."
    assert result["partialFingerprints"]["corolint/v1"] == finding["fingerprint"]
    region = result["locations"][0]["physicalLocation"]["region"]
    assert region == {"startLine": finding["line"], "startColumn": finding["column"]}
    steps = result["codeFlows"][0]["threadFlows"][0]["locations"]
    texts = [s["location"]["message"]["text"] for s in steps]
    assert texts == [finding["message"]] + [n["message"] for n in finding["notes"]]
    for step in steps:
        uri = step["location"]["physicalLocation"]["artifactLocation"]
        assert "uriBaseId" in uri or uri["uri"].startswith("file:///"), uri


class Report(html.parser.HTMLParser):
    """Checks that tags nest, and that nothing is fetched."""

    def __init__(self):
        super().__init__()
        self.open, self.findings, self.causes, self.graphs = [], 0, 0, 0
        self.ids, self.links = set(), set()

    def handle_starttag(self, tag, attributes):
        attributes = dict(attributes)
        assert not {"src", "srcset", "data"} & set(attributes), tag
        assert tag not in ("script", "link", "iframe", "img"), tag
        self.findings += attributes.get("class") == "finding"
        self.causes += attributes.get("class") == "cause"
        self.graphs += tag == "svg"
        self.ids.add(attributes.get("id"))
        if "href" in attributes:
            assert attributes["href"].startswith("#"), attributes
            self.links.add(attributes["href"][1:])
        if tag not in ("meta", "rect", "path"):
            self.open.append(tag)

    def handle_endtag(self, tag):
        if tag not in ("rect", "path"):
            assert self.open.pop() == tag, tag


report = Report()
with open(html_path, encoding="utf-8") as file:
    text = file.read()
report.feed(text)
report.close()
assert not report.open and report.links <= report.ids
assert report.findings == len(findings) and report.causes == report.graphs > 1
assert "http" not in text and "@import" not in text and "url(" not in text
