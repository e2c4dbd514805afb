//===-- PreambleWatch.h - Detects order-dependent headers -------*- C++ -*-===//
//
// Part of corolint, under the Apache License v2.0 with LLVM Exceptions.
// See LICENSE for license information.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//
//
// A preamble parses headers before the unit's own lines, possibly in a
// different order from the unit's. That makes a difference only if a macro
// depends on the order, or if the unit includes a header inside another
// construct. This class detects both cases.
//
//===----------------------------------------------------------------------===//

#ifndef COROLINT_TOOLS_PREAMBLEWATCH_H
#define COROLINT_TOOLS_PREAMBLEWATCH_H

#include "clang/Basic/FileEntry.h"
#include "clang/Lex/PPCallbacks.h"
#include "clang/Lex/Preprocessor.h"
#include "llvm/ADT/BitVector.h"
#include "llvm/ADT/DenseMap.h"
#include "llvm/ADT/DenseSet.h"
#include "llvm/ADT/SmallPtrSet.h"
#include <functional>

namespace corolint {

/// Observes one preprocessor: first while it reads the preamble, then, in one
/// process per unit, while it reads a unit. Not thread-safe.
class PreambleWatch : public clang::PPCallbacks {
public:
  /// \p GiveUp is called, possibly several times, when the unit may have a
  /// different meaning without the preamble.
  PreambleWatch(clang::Preprocessor &PP, std::function<void()> GiveUp)
      : PP(PP), Sources(PP.getSourceManager()), GiveUp(std::move(GiveUp)) {}

  /// The preamble has been read and a unit follows.
  void beginUnit();

  /// Whether the unit, which has been read, included every header of the
  /// preamble. Headers included by system headers may depend on other headers
  /// and are not checked.
  bool isComplete() const;

  void InclusionDirective(clang::SourceLocation HashLoc, const clang::Token &,
                          llvm::StringRef, bool, clang::CharSourceRange,
                          clang::OptionalFileEntryRef File, llvm::StringRef,
                          llvm::StringRef, const clang::Module *, bool,
                          clang::SrcMgr::CharacteristicKind) override;
  void MacroDefined(const clang::Token &Name,
                    const clang::MacroDirective *) override;
  void MacroUndefined(const clang::Token &Name, const clang::MacroDefinition &,
                      const clang::MacroDirective *) override;
  void MacroExpands(const clang::Token &Name, const clang::MacroDefinition &D,
                    clang::SourceRange, const clang::MacroArgs *) override {
    noteUse(Name, D);
  }
  void Defined(const clang::Token &Name, const clang::MacroDefinition &D,
               clang::SourceRange) override {
    noteUse(Name, D);
  }
  void Ifdef(clang::SourceLocation, const clang::Token &Name,
             const clang::MacroDefinition &D) override {
    noteUse(Name, D);
  }
  void Ifndef(clang::SourceLocation, const clang::Token &Name,
              const clang::MacroDefinition &D) override {
    noteUse(Name, D);
  }
  void Elifdef(clang::SourceLocation, const clang::Token &Name,
               const clang::MacroDefinition &D) override {
    noteUse(Name, D);
  }
  void Elifndef(clang::SourceLocation, const clang::Token &Name,
                const clang::MacroDefinition &D) override {
    noteUse(Name, D);
  }

private:
  static constexpr unsigned NoHeader = ~0u;

  unsigned headerOf(clang::SourceLocation Loc);
  unsigned indexOf(clang::FileEntryRef File);
  void noteUse(const clang::Token &Name, const clang::MacroDefinition &D);
  void noteChange(const clang::Token &Name);
  void visit(unsigned Header);

  clang::Preprocessor &PP;
  clang::SourceManager &Sources;
  std::function<void()> GiveUp;

  bool InUnit = false;
  llvm::DenseMap<const clang::FileEntry *, unsigned> Indexes;
  llvm::DenseMap<clang::FileID, unsigned> HeaderOfFile;
  /// The system headers. They may be included in any order, as the standard
  /// requires for those of the library, although some share a macro.
  llvm::BitVector System;
  /// Those that the command line includes, before every unit.
  llvm::SmallVector<unsigned, 2> Forced;
  /// For each header, those that its own directives name.
  std::vector<llvm::SmallVector<unsigned, 8>> Names;
  /// For each header, itself and everything that it includes, directly or not.
  std::vector<llvm::BitVector> Closures;
  /// The first must precede the second: a macro of one is used in the other, or
  /// is tested before it is defined.
  llvm::DenseSet<std::pair<unsigned, unsigned>> Ordered;
  /// For each header, those that must precede it.
  std::vector<llvm::SmallVector<unsigned, 2>> Before;
  /// Macros that were tested but not defined, and where.
  llvm::DenseMap<const clang::IdentifierInfo *, llvm::SmallVector<unsigned, 2>>
      Missed;
  /// Every identifier in the preamble.
  llvm::DenseSet<const clang::IdentifierInfo *> Words;

  llvm::BitVector Seen; ///< Of the preamble's headers, by this unit.
  /// The open braces around the current place of the unit: whether each belongs
  /// to a linkage specification.
  llvm::SmallVector<bool, 16> Braces;
  unsigned Scopes = 0;      ///< The other braces.
  bool AfterString = false; ///< The last token was a string.
  /// The unit defined a macro with a name that the preamble uses.
  bool HasChangedWord = false;
};

} // namespace corolint

#endif // COROLINT_TOOLS_PREAMBLEWATCH_H
