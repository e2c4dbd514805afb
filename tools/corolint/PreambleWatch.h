//===-- PreambleWatch.h - Does order matter? --------------------*- C++ -*-===//
//
// Part of corolint, under the Apache License v2.0 with LLVM Exceptions.
// See LICENSE for license information.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//
//
// A preamble parses headers before the unit's own lines, and in an order that
// need not be the unit's. That changes nothing unless a macro depends on the
// order, or the unit includes a header inside of something. The watch looks on
// and tells when it does.
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

/// Listens to one preprocessor: first while it reads the preamble, then, in a
/// process for each, while it reads a unit. Not thread-safe.
class PreambleWatch : public clang::PPCallbacks {
public:
  /// \p GiveUp is called, perhaps several times, when the unit may mean
  /// something else without the preamble.
  PreambleWatch(clang::Preprocessor &PP, std::function<void()> GiveUp)
      : PP(PP), Sources(PP.getSourceManager()), GiveUp(std::move(GiveUp)) {}

  /// The preamble has been read, a unit comes.
  void beginUnit();

  /// Whether the unit, now read, included everything in the preamble. What one
  /// of the system's headers includes may depend on others, and is not asked.
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
  void computeClosures();
  void visit(unsigned Header);

  clang::Preprocessor &PP;
  clang::SourceManager &Sources;
  std::function<void()> GiveUp;

  bool InUnit = false;
  llvm::DenseMap<const clang::FileEntry *, unsigned> Indexes;
  llvm::DenseMap<clang::FileID, unsigned> HeaderOfFile;
  /// Those that are the system's. They may be included in any order, as the
  /// standard demands of the library's, though some share a macro.
  llvm::BitVector System;
  /// By header: those that its own directives name.
  std::vector<llvm::SmallVector<unsigned, 8>> Names;
  /// By header: itself, and what it includes through any number of others.
  std::vector<llvm::BitVector> Closures;
  /// The first must precede the second: a macro of one is used in the other, or
  /// is looked for before it is defined.
  llvm::DenseSet<std::pair<unsigned, unsigned>> Ordered;
  /// By header: those that must precede it.
  std::vector<llvm::SmallVector<unsigned, 2>> Before;
  /// Macros that were looked for in vain, and where.
  llvm::DenseMap<const clang::IdentifierInfo *, llvm::SmallVector<unsigned, 2>>
      Missed;
  /// Every name in the preamble.
  llvm::DenseSet<const clang::IdentifierInfo *> Words;

  llvm::BitVector Seen; ///< Of the preamble's headers, by this unit.
  /// The braces that are open where the unit is read: whether each is that of a
  /// linkage specification.
  llvm::SmallVector<bool, 16> Braces;
  unsigned Scopes = 0;      ///< Those that are not.
  bool AfterString = false; ///< The last token was a string.
  /// The unit defined a macro with a name that the preamble uses.
  bool HasChangedWord = false;
};

} // namespace corolint

#endif // COROLINT_TOOLS_PREAMBLEWATCH_H
