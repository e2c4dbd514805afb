//===-- Html.cpp - The report as one HTML file ----------------------------===//
//
// Part of corolint, under the Apache License v2.0 with LLVM Exceptions.
// See LICENSE for license information.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//

#include "report/Causes.h"
#include "report/Checks.h"
#include "report/Writers.h"
#include "llvm/ADT/StringExtras.h"
#include <map>

using namespace llvm;

namespace corolint {

namespace {

constexpr StringRef Style = R"css(
:root { color-scheme: light dark; --back: #f6f5f4; --card: #fff; --ink: #1c1917;
  --dim: #6b645e; --line: #d9d4cf; --code: #f4f1ee; --mark: #fde68a;
  --accent: #c2410c; --link: #1d4ed8; }
@media (prefers-color-scheme: dark) { :root { --back: #171513; --card: #211e1b;
  --ink: #ece7e2; --dim: #a39a91; --line: #3d3732; --code: #191613;
  --mark: #5b4413; --accent: #fb923c; --link: #93b4ff; } }
body { background: var(--back); color: var(--ink);
  font: 15px/1.5 system-ui, sans-serif; margin: 0 auto; max-width: 72rem;
  padding: 1.5rem; }
h1 { font-size: 1.5rem; margin: 0 0 .5rem; }
h2 { font-size: 1.2rem; margin: 2rem 0 .5rem; }
h3 { font-size: 1rem; margin: 1.2rem 0 0; } h3 + p { margin: .2rem 0 .6rem;
  color: var(--dim); }
a { color: var(--link); } nav a { margin-right: 1.2rem; }
details { background: var(--card); border: 1px solid var(--line);
  border-radius: 8px; margin: .5rem 0; padding: .5rem 1rem; }
details:target { border-color: var(--accent); }
summary { cursor: pointer; overflow-wrap: anywhere; }
details[open] > summary { font-weight: 600; margin-bottom: .6rem; }
.where { color: var(--dim); font-size: .85em; font-weight: 400;
  overflow-wrap: anywhere; }
.count { background: var(--accent); border-radius: 1em; color: var(--card);
  font-size: .8em; font-weight: 600; padding: .05em .6em; }
pre { background: var(--code); border-radius: 6px; font-size: 13px;
  margin: .3rem 0 .7rem; overflow-x: auto; padding: .6rem; }
mark { background: var(--mark); color: inherit; }
ol.flow { list-style: none; margin: 0; padding-left: .5rem; }
ol.flow > li { border-left: 2px solid var(--accent); padding: 0 0 .2rem 1rem;
  position: relative; }
ol.flow > li::before { background: var(--accent); border-radius: 50%;
  content: ""; height: 9px; left: -5.5px; position: absolute; top: 7px;
  width: 9px; }
.graph { overflow-x: auto; } svg { display: block; }
svg text { fill: var(--ink); font: 13px system-ui, sans-serif; }
svg rect { fill: var(--code); stroke: var(--line); }
svg .root rect { stroke: var(--accent); stroke-width: 2; }
svg path { fill: none; stroke: var(--dim); stroke-width: 1.5; }
)css";

std::string escape(StringRef Text) {
  std::string Result;
  for (char C : Text) {
    switch (C) {
    case '&':
      Result += "&amp;";
      break;
    case '<':
      Result += "&lt;";
      break;
    case '>':
      Result += "&gt;";
      break;
    case '"':
      Result += "&quot;";
      break;
    default:
      Result += C;
    }
  }
  return Result;
}

StringRef sentenceOf(StringRef Check) {
  const CheckInfo *Info = findCheck(Check);
  return Info ? Info->Sentence : StringRef();
}

class HtmlWriter {
public:
  HtmlWriter(raw_ostream &Out, ArrayRef<Finding> Findings,
             const ReportContext &Context)
      : Out(Out), Findings(Findings), Context(Context) {}

  void write() {
    Out << "<!doctype html>\n<html lang=\"en\">\n<head>\n<meta "
           "charset=\"utf-8\">\n<meta name=\"viewport\" "
           "content=\"width=device-width\">\n<title>corolint report</title>\n"
           "<style>"
        << Style
        << "</style>\n</head>\n<body>\n<h1>corolint: " << Findings.size()
        << (Findings.size() == 1 ? " finding" : " findings")
        << "</h1>\n<nav><a href=\"#causes\">By root cause</a><a "
           "href=\"#checks\">By check</a></nav>\n";
    byCause();
    byCheck();
    Out << "</body>\n</html>\n";
  }

private:
  void excerpt(const Location &Where) {
    if (!Sources.line(Where.File, Where.Line))
      return;
    Out << "<pre>";
    for (unsigned Line = Where.Line > 2 ? Where.Line - 2 : 1;
         Line <= Where.Line + 2; ++Line) {
      std::optional<StringRef> Text = Sources.line(Where.File, Line);
      if (!Text)
        break;
      std::string Numbered = std::to_string(Line);
      Numbered.insert(0, Numbered.size() < 5 ? 5 - Numbered.size() : 0, ' ');
      Numbered += "  " + escape(*Text);
      Out << (Line == Where.Line ? "<mark>" + Numbered + "</mark>" : Numbered)
          << '\n';
    }
    Out << "</pre>\n";
  }

  void place(const Location &Where) {
    Out << "<span class=\"where\">" << escape(relativeTo(Where.File, Context))
        << ':' << Where.Line << ':' << Where.Column << "</span>";
  }

  void byCheck() {
    Out << "<h2 id=\"checks\">By check</h2>\n";
    std::map<std::string, std::vector<size_t>> Checks;
    for (size_t I = 0; I < Findings.size(); ++I)
      Checks[Findings[I].Check].push_back(I);
    for (const auto &[Check, Numbers] : Checks) {
      Out << "<h3>" << escape(Check) << " <span class=\"count\">"
          << Numbers.size() << "</span></h3>\n<p>" << escape(sentenceOf(Check))
          << "</p>\n";
      for (size_t I : Numbers) {
        const Finding &F = Findings[I];
        Out << "<details id=\"f" << I << "\" class=\"finding\"><summary>"
            << escape(F.What.text()) << ' ';
        place(F.Where);
        Out << "</summary>\n";
        excerpt(F.Where);
        Out << "<ol class=\"flow\">\n";
        for (const Note &N : F.Notes) {
          Out << "<li>" << escape(N.What.text()) << ' ';
          place(N.Where);
          excerpt(N.Where);
          Out << "</li>\n";
        }
        Out << "</ol></details>\n";
      }
    }
  }

  void byCause() {
    Out << "<h2 id=\"causes\">By root cause</h2>\n";
    // The causes with most findings start open.
    unsigned Open = 3;
    for (const RootCause &Cause : rootCauses(Findings)) {
      const std::vector<size_t> &Numbers = Cause.Findings;
      Out << "<details class=\"cause\"" << (Open ? " open" : "") << "><summary>"
          << escape(Cause.Title) << " <span class=\"count\">" << Numbers.size()
          << "</span></summary>\n<div class=\"graph\">";
      Open -= Open != 0;
      graph(Numbers);
      Out << "</div>\n";
      Out << "<ul>\n";
      for (size_t I : Numbers) {
        Out << "<li><a href=\"#f" << I << "\">"
            << escape(Findings[I].What.text()) << "</a> ";
        place(Findings[I].Where);
        Out << "</li>\n";
      }
      Out << "</ul></details>\n";
    }
  }

  /// Draws the chains of the findings, joined at their end: the primitive is on
  /// the right, everything that reaches it to the left.
  void graph(ArrayRef<size_t> Numbers) {
    static constexpr int Width = 220, Gap = 20, Height = 44, BoxWidth = 180,
                         BoxHeight = 28;
    static constexpr size_t MaxChains = 24;
    struct Box {
      std::string Name;
      int Column, Row;
    };
    std::map<std::pair<int, std::string>, std::pair<int, int>> At;
    std::map<int, int> Rows;
    std::vector<Box> Boxes;
    std::vector<std::pair<std::pair<int, int>, std::pair<int, int>>> Lines;
    int Columns = 0;
    for (size_t I : Numbers.take_front(MaxChains)) {
      std::vector<std::string> Chain = chainOf(Findings[I]);
      std::optional<std::pair<int, int>> Right;
      for (size_t Step = 0; Step < Chain.size(); ++Step) {
        const std::string &Name = Chain[Chain.size() - 1 - Step];
        auto [It, Inserted] = At.try_emplace({int(Step), Name});
        if (Inserted) {
          It->second = {int(Step), Rows[Step]++};
          Boxes.push_back({Name, It->second.first, It->second.second});
        }
        if (Right)
          Lines.emplace_back(It->second, *Right);
        Right = It->second;
        Columns = std::max<int>(Columns, Step + 1);
      }
    }
    llvm::sort(Lines);
    Lines.erase(std::unique(Lines.begin(), Lines.end()), Lines.end());
    int MaxRows = 1;
    for (auto [Column, Count] : Rows)
      MaxRows = std::max(MaxRows, Count);
    auto X = [&](int Column) { return (Columns - 1 - Column) * Width + 8; };
    auto Y = [&](int Row) { return Row * Height + 8; };
    Out << "<svg role=\"img\" aria-label=\"call chains\" viewBox=\"0 0 "
        << Columns * Width << ' ' << MaxRows * Height + 8 << "\" width=\""
        << Columns * Width << "\" height=\"" << MaxRows * Height + 8 << "\">\n";
    for (auto &[From, To] : Lines)
      Out << "<path d=\"M" << X(From.first) + BoxWidth << ' '
          << Y(From.second) + BoxHeight / 2 << " C"
          << X(From.first) + BoxWidth + Gap << ' '
          << Y(From.second) + BoxHeight / 2 << ' ' << X(To.first) - Gap << ' '
          << Y(To.second) + BoxHeight / 2 << ' ' << X(To.first) << ' '
          << Y(To.second) + BoxHeight / 2 << "\"/>\n";
    for (const Box &B : Boxes) {
      std::string Shown = B.Name;
      if (Shown.size() > 24)
        Shown = "…" + Shown.substr(Shown.size() - 23);
      Out << "<g" << (B.Column == 0 ? " class=\"root\"" : "") << "><title>"
          << escape(B.Name) << "</title><rect x=\"" << X(B.Column) << "\" y=\""
          << Y(B.Row) << "\" width=\"" << BoxWidth << "\" height=\""
          << BoxHeight << "\" rx=\"5\"/><text x=\"" << X(B.Column) + 8
          << "\" y=\"" << Y(B.Row) + 19 << "\">" << escape(Shown)
          << "</text></g>\n";
    }
    Out << "</svg>\n";
    if (Numbers.size() > MaxChains)
      Out << "<p>The first " << MaxChains << " of " << Numbers.size()
          << " are drawn.</p>\n";
  }

  raw_ostream &Out;
  ArrayRef<Finding> Findings;
  const ReportContext &Context;
  SourceLines Sources;
};

} // namespace

void writeHtml(raw_ostream &Out, ArrayRef<Finding> Findings,
               const ReportContext &Context) {
  HtmlWriter(Out, Findings, Context).write();
}

} // namespace corolint
