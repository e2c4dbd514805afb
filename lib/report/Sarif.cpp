//===-- Sarif.cpp - The report in SARIF 2.1.0 -----------------------------===//
//
// Part of corolint, under the Apache License v2.0 with LLVM Exceptions.
// See LICENSE for license information.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//

#include "report/Checks.h"
#include "report/Writers.h"
#include "llvm/ADT/StringExtras.h"
#include "llvm/Support/JSON.h"

using namespace llvm;

namespace corolint {

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

/// Converts "coro-blocking-call" to "CoroBlockingCall".
static std::string camelCase(StringRef Check) {
  std::string Result;
  bool Upper = true;
  for (char C : Check) {
    if (C == '-')
      Upper = true;
    else
      Result += std::exchange(Upper, false) ? toUpper(C) : C;
  }
  return Result;
}

namespace {

class SarifWriter {
public:
  SarifWriter(raw_ostream &Out, ArrayRef<Finding> Findings,
              const ReportContext &Context)
      : J(Out, 2), Findings(Findings), Context(Context) {}

  void write() {
    J.object([&] {
      J.attribute("$schema", "https://json.schemastore.org/sarif-2.1.0.json");
      J.attribute("version", "2.1.0");
      J.attributeArray("runs", [&] { J.object([&] { run(); }); });
    });
  }

private:
  void text(StringRef Name, StringRef Value) {
    J.attributeObject(Name, [&] { J.attribute("text", utf8(Value)); });
  }

  void run() {
    J.attributeObject("tool",
                      [&] { J.attributeObject("driver", [&] { driver(); }); });
    if (!Context.Root.empty())
      J.attributeObject("originalUriBaseIds", [&] {
        J.attributeObject("ROOT", [&] {
          J.attribute("uri", "file://" + uriOf(Context.Root) + "/");
        });
      });
    J.attribute("columnKind", "utf16CodeUnits");
    J.attributeArray("results", [&] {
      for (const Finding &F : Findings)
        J.object([&] { result(F); });
    });
  }

  void driver() {
    J.attribute("name", "corolint");
    J.attribute("version", Context.Version);
    J.attribute("semanticVersion", Context.Version);
    J.attributeArray("rules", [&] {
      for (const CheckInfo &Check : allChecks())
        J.object([&] {
          J.attribute("id", Check.Name);
          J.attribute("name", camelCase(Check.Name));
          text("shortDescription", Check.Sentence);
          text("fullDescription", Check.Sentence);
          J.attributeObject("defaultConfiguration",
                            [&] { J.attribute("level", "warning"); });
        });
    });
  }

  void result(const Finding &F) {
    J.attribute("ruleId", F.Check);
    if (const CheckInfo *Check = findCheck(F.Check))
      J.attribute("ruleIndex", int64_t(Check - allChecks().begin()));
    J.attribute("level", "warning");
    text("message", F.What.text() + ".");
    J.attributeArray("locations", [&] {
      J.object([&] {
        physicalLocation(F.Where);
        if (!F.Function.empty())
          J.attributeArray("logicalLocations", [&] {
            J.object([&] {
              J.attribute("fullyQualifiedName", utf8(F.Function));
              J.attribute("kind", "function");
            });
          });
      });
    });
    J.attributeObject("partialFingerprints",
                      [&] { J.attribute("corolint/v1", F.Fingerprint); });
    if (!F.Notes.empty())
      J.attributeArray("codeFlows", [&] { J.object([&] { codeFlow(F); }); });
  }

  void codeFlow(const Finding &F) {
    auto Step = [&](const Location &Where, StringRef Text) {
      J.object([&] {
        J.attributeObject("location", [&] {
          physicalLocation(Where);
          text("message", Text);
        });
      });
    };
    J.attributeArray("threadFlows", [&] {
      J.object([&] {
        J.attributeArray("locations", [&] {
          Step(F.Where, F.What.text());
          for (const Note &N : F.Notes)
            Step(N.Where, N.What.text());
        });
      });
    });
  }

  void physicalLocation(const Location &Where) {
    if (Where.File.empty())
      return;
    J.attributeObject("physicalLocation", [&] {
      artifact(Where.File);
      if (Where.Line)
        J.attributeObject("region", [&] {
          J.attribute("startLine", Where.Line);
          if (Where.Column)
            J.attribute("startColumn", Where.Column);
        });
    });
  }

  void artifact(StringRef File) {
    const std::string Short = relativeTo(File, Context);
    J.attributeObject("artifactLocation", [&] {
      if (Short != File) {
        J.attribute("uri", uriOf(Short));
        J.attribute("uriBaseId", "ROOT");
      } else {
        J.attribute("uri", "file://" + uriOf(File));
      }
    });
  }

  json::OStream J;
  ArrayRef<Finding> Findings;
  const ReportContext &Context;
};

} // namespace

void writeSarif(raw_ostream &Out, ArrayRef<Finding> Findings,
                const ReportContext &Context) {
  SarifWriter(Out, Findings, Context).write();
  Out << '\n';
}

} // namespace corolint
