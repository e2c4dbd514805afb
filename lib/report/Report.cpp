//===-- Report.cpp - Findings in the formats people read ------------------===//
//
// Part of corolint, under the Apache License v2.0 with LLVM Exceptions.
// See LICENSE for license information.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//

#include "report/Report.h"
#include "report/Checks.h"
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

/// Whether \p Line has the directive, for \p Check.
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
    // Like Clang, a place is not shown twice in a row.
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
        << F.Message << " [" << F.Check << "]";
    Out.resetColor() << '\n';
    Excerpt(F.Where);
    for (const Note &N : F.Notes) {
      Out.changeColor(raw_ostream::SAVEDCOLOR, /*Bold=*/true);
      Place(N.Where);
      Out.changeColor(raw_ostream::BLACK, /*Bold=*/true) << "note: ";
      Out.resetColor() << N.Message << '\n';
      Excerpt(N.Where);
    }
  }
}

static std::string relative(StringRef File, const ReportContext &Context) {
  if (!Context.Root.empty() && File.consume_front(Context.Root))
    return File.ltrim('/').str();
  return File.str();
}

void writeCommonCauses(raw_ostream &Out, ArrayRef<Finding> Findings,
                       const ReportContext &Context) {
  constexpr size_t Many = 5; // fewer are read faster than their summary
  std::map<std::pair<Location, std::string>, size_t> Counts;
  for (const Finding &F : Findings)
    if (!F.Notes.empty() && F.Notes.back().Where.Line &&
        F.Notes.back().Where != F.Where)
      ++Counts[{F.Notes.back().Where, F.Notes.back().Message}];
  erase_if(Counts, [](const auto &Entry) { return Entry.second < Many; });
  if (Counts.empty())
    return;
  SmallVector<std::pair<size_t, std::string>> Lines;
  size_t Total = 0;
  for (const auto &[Cause, Count] : Counts) {
    const auto &[Where, Message] = Cause;
    Lines.emplace_back(Count, relative(Where.File, Context) + ":" +
                                  std::to_string(Where.Line) + ": " + Message);
    Total += Count;
  }
  // Places of one count stay in the order of their files.
  llvm::stable_sort(
      Lines, [](const auto &A, const auto &B) { return A.first > B.first; });
  Out << "corolint: " << Findings.size() << " findings; " << Total
      << " of them lead to " << (Lines.size() == 1 ? "one place" : "few places")
      << ":\n";
  for (const auto &[Count, Text] : Lines)
    Out << format_decimal(Count, 6) << "  " << Text << '\n';
  Out << "corolint: if that is not so, say it once: COROLINT_NONBLOCKING on "
         "the "
         "function, or a model\n";
}

/// In properties of a workflow command; of the message, `:` and `,` may stay.
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
    std::string Message = F.Message;
    for (const Note &N : F.Notes)
      Message += "\n" + relative(N.Where.File, Context) + ":" +
                 std::to_string(N.Where.Line) + ": " + N.Message;
    Out << "::warning file="
        << escapeGithub(relative(F.Where.File, Context), true)
        << ",line=" << F.Where.Line << ",col=" << F.Where.Column
        << ",title=" << escapeGithub(F.Check, true)
        << "::" << escapeGithub(Message, false) << '\n';
  }
}

//===----------------------------------------------------------------------===//
// JSON and SARIF
//===----------------------------------------------------------------------===//

/// JSON has no bytes that are not UTF-8.
static std::string utf8(StringRef Text) {
  return json::isUTF8(Text) ? Text.str() : json::fixUTF8(Text);
}

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
          J.attribute("message", utf8(F.Message));
          Place(F.Where);
          J.attributeArray("notes", [&] {
            for (const Note &N : F.Notes)
              J.object([&] {
                J.attribute("message", utf8(N.Message));
                Place(N.Where);
              });
          });
          J.attribute("fingerprint", F.Fingerprint);
        });
    });
  });
  Out << '\n';
}

static std::string uriOf(StringRef Path) {
  static constexpr StringRef Plain =
      "abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ0123456789-._~/";
  std::string Result;
  for (char C : Path) {
    if (Plain.contains(C)) {
      Result += C;
      continue;
    }
    const unsigned Byte = static_cast<unsigned char>(C);
    Result += '%';
    Result += hexdigit(Byte >> 4);
    Result += hexdigit(Byte & 15);
  }
  return Result;
}

static void writeSarif(raw_ostream &Out, ArrayRef<Finding> Findings,
                       const ReportContext &Context) {
  json::OStream J(Out, 2);
  const ArrayRef<CheckInfo> Checks = allChecks();
  auto Artifact = [&](StringRef File) {
    std::string Short = relative(File, Context);
    J.attributeObject("artifactLocation", [&] {
      if (Short != File) {
        J.attribute("uri", uriOf(Short));
        J.attribute("uriBaseId", "ROOT");
      } else {
        J.attribute("uri", "file://" + uriOf(File));
      }
    });
  };
  auto Physical = [&](const Location &Where) {
    if (Where.File.empty())
      return;
    J.attributeObject("physicalLocation", [&] {
      Artifact(Where.File);
      if (Where.Line)
        J.attributeObject("region", [&] {
          J.attribute("startLine", Where.Line);
          if (Where.Column)
            J.attribute("startColumn", Where.Column);
        });
    });
  };
  auto Text = [&](StringRef Name, StringRef Value) {
    J.attributeObject(Name, [&] { J.attribute("text", utf8(Value)); });
  };
  J.object([&] {
    J.attribute("$schema", "https://json.schemastore.org/sarif-2.1.0.json");
    J.attribute("version", "2.1.0");
    J.attributeArray("runs", [&] {
      J.object([&] {
        J.attributeObject("tool", [&] {
          J.attributeObject("driver", [&] {
            J.attribute("name", "corolint");
            J.attribute("version", Context.Version);
            J.attribute("semanticVersion", Context.Version);
            J.attributeArray("rules", [&] {
              for (const CheckInfo &Check : Checks)
                J.object([&] {
                  J.attribute("id", Check.Name);
                  std::string Name;
                  bool Upper = true;
                  for (char C : Check.Name) {
                    if (C == '-')
                      Upper = true;
                    else
                      Name += std::exchange(Upper, false) ? toUpper(C) : C;
                  }
                  J.attribute("name", Name);
                  Text("shortDescription", Check.Sentence);
                  Text("fullDescription", Check.Sentence);
                  J.attributeObject("defaultConfiguration",
                                    [&] { J.attribute("level", "warning"); });
                });
            });
          });
        });
        if (!Context.Root.empty())
          J.attributeObject("originalUriBaseIds", [&] {
            J.attributeObject("ROOT", [&] {
              J.attribute("uri", "file://" + uriOf(Context.Root) + "/");
            });
          });
        J.attribute("columnKind", "utf16CodeUnits");
        J.attributeArray("results", [&] {
          for (const Finding &F : Findings)
            J.object([&] {
              J.attribute("ruleId", F.Check);
              if (const CheckInfo *Check = findCheck(F.Check))
                J.attribute("ruleIndex", int64_t(Check - Checks.begin()));
              J.attribute("level", "warning");
              Text("message", F.Message + ".");
              J.attributeArray("locations", [&] {
                J.object([&] {
                  Physical(F.Where);
                  if (!F.Function.empty())
                    J.attributeArray("logicalLocations", [&] {
                      J.object([&] {
                        J.attribute("fullyQualifiedName", utf8(F.Function));
                        J.attribute("kind", "function");
                      });
                    });
                });
              });
              J.attributeObject("partialFingerprints", [&] {
                J.attribute("corolint/v1", F.Fingerprint);
              });
              if (F.Notes.empty())
                return;
              J.attributeArray("codeFlows", [&] {
                J.object([&] {
                  J.attributeArray("threadFlows", [&] {
                    J.object([&] {
                      J.attributeArray("locations", [&] {
                        auto Step = [&](const Location &Where,
                                        StringRef Message) {
                          J.object([&] {
                            J.attributeObject("location", [&] {
                              Physical(Where);
                              Text("message", Message);
                            });
                          });
                        };
                        Step(F.Where, F.Message);
                        for (const Note &N : F.Notes)
                          Step(N.Where, N.Message);
                      });
                    });
                  });
                });
              });
            });
        });
      });
    });
  });
  Out << '\n';
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

//===----------------------------------------------------------------------===//
// Baseline
//===----------------------------------------------------------------------===//

static constexpr StringRef BaselineTitle = "# corolint baseline, version 1";

std::string writeBaseline(ArrayRef<Finding> Findings) {
  std::string Result = BaselineTitle.str() + "\n";
  Result +=
      "# Findings that are accepted: fingerprint, check, function. Write "
      "it with\n# 'corolint check --write-baseline'; remove a line to see "
      "its finding again.\n";
  std::vector<std::string> Lines;
  for (const Finding &F : Findings)
    Lines.push_back(F.Fingerprint + " " + F.Check + " " + F.Function);
  llvm::sort(Lines);
  for (const std::string &Line : Lines)
    Result += StringRef(Line).rtrim().str() + "\n";
  return Result;
}

Error applyBaseline(MemoryBufferRef File, std::vector<Finding> &Findings) {
  auto Fail = [&](unsigned Line, const Twine &What) {
    return createStringError(inconvertibleErrorCode(),
                             File.getBufferIdentifier() + ":" + Twine(Line) +
                                 ": error: " + What);
  };
  StringSet<> Accepted;
  unsigned Number = 0;
  StringRef Rest = File.getBuffer();
  if (!Rest.starts_with(BaselineTitle))
    return Fail(1, "this is no baseline of corolint; write one with 'corolint "
                   "check --write-baseline FILE'");
  while (!Rest.empty()) {
    auto [Line, After] = Rest.split('\n');
    Rest = After;
    ++Number;
    Line = Line.trim();
    if (Line.empty() || Line.starts_with("#"))
      continue;
    StringRef Print = Line.split(' ').first;
    if (Print.size() != 16 || !llvm::all_of(Print, isHexDigit))
      return Fail(Number, "'" + Print +
                              "' is no fingerprint of 16 hexadecimal digits; "
                              "remove the line or write the baseline again");
    Accepted.insert(Print);
  }
  llvm::erase_if(Findings, [&](const Finding &F) {
    return Accepted.contains(F.Fingerprint);
  });
  return Error::success();
}

} // namespace corolint
