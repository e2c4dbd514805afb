//===-- Report.cpp - Writes reports and baselines -------------------------===//
//
// Part of corolint, under the Apache License v2.0 with LLVM Exceptions.
// See LICENSE for license information.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//

#include "report/Report.h"
#include "report/Writers.h"
#include "llvm/ADT/StringExtras.h"
#include "llvm/ADT/StringSet.h"
#include "llvm/ADT/StringSwitch.h"
#include "llvm/Support/Format.h"
#include "llvm/Support/JSON.h"
#include "llvm/Support/Path.h"
#include <map>

using namespace llvm;

namespace corolint {

std::optional<Format> formatByName(StringRef Name) {
  return StringSwitch<std::optional<Format>>(Name)
      .Case("text", Format::Text)
      .Case("json", Format::Json)
      .Case("sarif", Format::Sarif)
      .Case("github", Format::Github)
      .Case("html", Format::Html)
      .Default(std::nullopt);
}

std::optional<StringRef> SourceLines::line(StringRef File, unsigned Line) {
  auto [It, Inserted] = Files.try_emplace(File);
  Text &T = It->second;
  if (Inserted)
    if (auto Buffer = MemoryBuffer::getFile(File)) {
      T.Buffer = std::move(*Buffer);
      StringRef Rest = T.Buffer->getBuffer();
      while (!Rest.empty()) {
        auto [First, After] = Rest.split('\n');
        T.Lines.push_back(First.rtrim('\r'));
        Rest = After;
      }
    }
  if (Line == 0 || Line > T.Lines.size())
    return std::nullopt;
  return T.Lines[Line - 1];
}

/// Whether \p Line contains the directive for \p Check.
static bool hasDirective(StringRef Line, StringRef Directive, StringRef Check) {
  for (size_t At = Line.find(Directive); At != StringRef::npos;
       At = Line.find(Directive, At + 1)) {
    StringRef Rest = Line.substr(At + Directive.size());
    if (!Rest.consume_front("(")) {
      if (Rest.empty() || !isAlnum(Rest.front()))
        return true;
      continue; // NOLINTNEXTLINE is no NOLINT.
    }
    SmallVector<StringRef, 4> Globs;
    Rest.split(')').first.split(Globs, ',');
    for (StringRef Glob : Globs) {
      Glob = Glob.trim();
      if (Glob.consume_back("*") ? Check.starts_with(Glob) : Glob == Check)
        return true;
    }
  }
  return false;
}

bool isSuppressed(StringRef Line, StringRef Before, StringRef Check) {
  return hasDirective(Line, "NOLINT", Check) ||
         hasDirective(Before, "NOLINTNEXTLINE", Check);
}

void dropSuppressed(std::vector<Finding> &Findings) {
  SourceLines Sources;
  llvm::erase_if(Findings, [&](const Finding &F) {
    if (!F.MayBeSuppressed)
      return false;
    auto Has = [&](unsigned Line, StringRef Directive) {
      std::optional<StringRef> Text = Sources.line(F.Where.File, Line);
      return Text && hasDirective(*Text, Directive, F.Check);
    };
    bool InBlock = false;
    for (unsigned Line = 1; Line < F.Where.Line; ++Line)
      InBlock =
          (InBlock || Has(Line, "NOLINTBEGIN")) && !Has(Line, "NOLINTEND");
    return InBlock || Has(F.Where.Line, "NOLINT") ||
           (F.Where.Line > 1 && Has(F.Where.Line - 1, "NOLINTNEXTLINE"));
  });
}

//===----------------------------------------------------------------------===//
// Text and GitHub
//===----------------------------------------------------------------------===//

static void writeText(raw_ostream &Out, ArrayRef<Finding> Findings,
                      const ReportContext &Context) {
  SourceLines Sources;
  Out.enable_colors(Context.Color);
  auto Place = [&](const Location &Where) {
    if (!Where.File.empty())
      Out << Where.File << ':' << Where.Line << ':' << Where.Column << ": ";
  };
  Location Shown;
  auto Excerpt = [&](const Location &Where) {
    std::optional<StringRef> Line = Sources.line(Where.File, Where.Line);
    // Like Clang, do not show one place twice in a row.
    if (!Line || Where == Shown)
      return;
    Shown = Where;
    std::string Number = std::to_string(Where.Line);
    if (Number.size() < 5)
      Number.insert(0, 5 - Number.size(), ' ');
    Out << Number << " | " << *Line << '\n';
    Out << std::string(Number.size(), ' ') << " | ";
    for (unsigned I = 0; I + 1 < Where.Column && I < Line->size(); ++I)
      Out << ((*Line)[I] == '\t' ? '\t' : ' ');
    Out.changeColor(raw_ostream::GREEN, /*Bold=*/true) << "^";
    Out.resetColor() << '\n';
  };
  for (const Finding &F : Findings) {
    Shown = {};
    Out.changeColor(raw_ostream::SAVEDCOLOR, /*Bold=*/true);
    Place(F.Where);
    Out.changeColor(raw_ostream::MAGENTA, /*Bold=*/true) << "warning: ";
    Out.changeColor(raw_ostream::SAVEDCOLOR, /*Bold=*/true)
        << F.What.text() << " [" << F.Check << "]";
    Out.resetColor() << '\n';
    Excerpt(F.Where);
    for (const Note &N : F.Notes) {
      Out.changeColor(raw_ostream::SAVEDCOLOR, /*Bold=*/true);
      Place(N.Where);
      Out.changeColor(raw_ostream::BLACK, /*Bold=*/true) << "note: ";
      Out.resetColor() << N.What.text() << '\n';
      Excerpt(N.Where);
    }
  }
}

/// Escapes text for a workflow command. Only properties need `:` and `,`
/// escaped.
static std::string escapeGithub(StringRef Text, bool Property) {
  std::string Result;
  for (char C : Text) {
    if (C == '%')
      Result += "%25";
    else if (C == '\r')
      Result += "%0D";
    else if (C == '\n')
      Result += "%0A";
    else if (Property && C == ':')
      Result += "%3A";
    else if (Property && C == ',')
      Result += "%2C";
    else
      Result += C;
  }
  return Result;
}

static void writeGithub(raw_ostream &Out, ArrayRef<Finding> Findings,
                        const ReportContext &Context) {
  for (const Finding &F : Findings) {
    std::string Message = F.What.text();
    for (const Note &N : F.Notes)
      Message += "\n" + relativeTo(N.Where.File, Context) + ":" +
                 std::to_string(N.Where.Line) + ": " + N.What.text();
    Out << "::warning file="
        << escapeGithub(relativeTo(F.Where.File, Context), true)
        << ",line=" << F.Where.Line << ",col=" << F.Where.Column
        << ",title=" << escapeGithub(F.Check, true)
        << "::" << escapeGithub(Message, false) << '\n';
  }
}

//===----------------------------------------------------------------------===//
// JSON
//===----------------------------------------------------------------------===//

static void writeJson(raw_ostream &Out, ArrayRef<Finding> Findings,
                      const ReportContext &Context) {
  json::OStream J(Out, 2);
  auto Place = [&](const Location &Where) {
    J.attribute("file", utf8(Where.File));
    J.attribute("line", Where.Line);
    J.attribute("column", Where.Column);
  };
  J.object([&] {
    J.attribute("version", Context.Version);
    J.attributeArray("findings", [&] {
      for (const Finding &F : Findings)
        J.object([&] {
          J.attribute("check", F.Check);
          J.attribute("message", utf8(F.What.text()));
          Place(F.Where);
          J.attributeArray("notes", [&] {
            for (const Note &N : F.Notes)
              J.object([&] {
                J.attribute("message", utf8(N.What.text()));
                Place(N.Where);
              });
          });
          J.attribute("fingerprint", F.Fingerprint);
        });
    });
  });
  Out << '\n';
}

std::string relativeTo(StringRef File, const ReportContext &Context) {
  if (!Context.Root.empty() && File.consume_front(Context.Root))
    return File.ltrim('/').str();
  return File.str();
}

std::string utf8(StringRef Text) {
  return json::isUTF8(Text) ? Text.str() : json::fixUTF8(Text);
}

void writeReport(raw_ostream &Out, Format As, ArrayRef<Finding> Findings,
                 const ReportContext &Context) {
  switch (As) {
  case Format::Text:
    return writeText(Out, Findings, Context);
  case Format::Json:
    return writeJson(Out, Findings, Context);
  case Format::Sarif:
    return writeSarif(Out, Findings, Context);
  case Format::Github:
    return writeGithub(Out, Findings, Context);
  case Format::Html:
    return writeHtml(Out, Findings, Context);
  }
}

} // namespace corolint
