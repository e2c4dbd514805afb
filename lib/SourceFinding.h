//===-- SourceFinding.h - A finding in one AST, as data ---------*- C++ -*-===//
//
// Part of corolint, under the Apache License v2.0 with LLVM Exceptions.
// See LICENSE for license information.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//
//
// A finding of a check, before it becomes a diagnostic (plugin, clangd) or a
// record of a shard (driver). A check builds one like this:
//
//   SourceFinding Found(MessageId::MayBlock, {Site, Context}, Where);
//   addContext(Found, Context, Sources);
//   addWitness(Found, Cause, Sources);
//   emit(std::move(Found));
//
// New kinds of findings and notes need an entry of report/Messages.def and no
// code elsewhere.
//
//===----------------------------------------------------------------------===//

#ifndef COROLINT_SOURCEFINDING_H
#define COROLINT_SOURCEFINDING_H

#include "Analysis.h"
#include "access/StaleState.h"
#include "report/Finding.h"
#include "clang/Basic/Diagnostic.h"

namespace corolint {

struct SourceNote {
  Message What;
  clang::SourceLocation Where;
  /// Set instead of `Where` if the place is in another translation unit.
  std::optional<Location> Elsewhere;
};

struct SourceFinding {
  Message What;
  clang::SourceLocation Where;
  std::vector<SourceNote> Notes;
  clang::FixItHint Fix;
  /// Replacements that are applied together, instead of `Fix`.
  llvm::SmallVector<clang::FixItHint, 2> Fixes;

  SourceFinding(MessageId Id, std::vector<std::string> Arguments,
                clang::SourceLocation Where)
      : What{Id, std::move(Arguments)}, Where(Where) {}

  void note(MessageId Id, std::vector<std::string> Arguments,
            clang::SourceLocation At) {
    Notes.push_back({{Id, std::move(Arguments)}, At, std::nullopt});
  }
};

/// A finding of the check `Check`, kept for the driver.
struct CollectedFinding {
  std::string Check;
  SourceFinding Found;
  /// Set if it depends on the effects of callees in other units.
  const PendingFinding *Open = nullptr;
  EffectSet Wanted = 0; ///< The effects that make it a finding.
  /// Set instead if it depends on how this function uses its parameter `Lent`
  /// (nothing: its object).
  const clang::FunctionDecl *Borrower = nullptr;
  std::optional<unsigned> Lent = {};
  /// Functions of other units. If one of them ends the process, the driver
  /// drops the finding.
  std::vector<const clang::FunctionDecl *> DeadIf = {};
  /// Set instead if it depends on other code that changes some state.
  std::optional<StaleFinding> Stale = {};
};

/// The name of \p Function in messages: unqualified, "operator()" for a lambda.
std::string nameOf(const clang::FunctionDecl &Function);

/// The quoted name, or "a lambda" for a lambda.
std::string describeFunction(const clang::FunctionDecl &Function);

/// A site in messages: "call to 'f'", "construction of 'C'".
std::string describeSite(const Site &At);

/// A context in messages: "coroutine 'f'", "a no-yield region".
std::string describeContext(const FindingContext &Context);

/// The root cause: why the primitive \p Callee has \p Effect, which is one bit.
/// \p Where is set to the place of its declaration, if that is the reason.
Message describeCause(const clang::FunctionDecl &Callee,
                      const DeclaredEffects &Cause, EffectSet Effect,
                      clang::SourceLocation &Where);

/// The kind of blocking of \p Cause, or the declared reason, or empty.
std::string reasonOf(const DeclaredEffects &Cause, EffectSet Effect);

/// The same for the end of \p Cause.
std::string reasonOf(const EffectInference::Witness &Cause);

/// A finding for the site \p At that has an effect in a context, with a note
/// for the context.
SourceFinding effectFinding(MessageId Id, const Site &At,
                            const FindingContext &Context,
                            const clang::SourceManager &Sources);

/// Adds the note that explains why the code is in \p Context, if it needs one.
void addContext(SourceFinding &Found, const FindingContext &Context,
                const clang::SourceManager &Sources);

/// Adds a note for each step from the finding to its cause. Consecutive steps
/// in library headers are joined to one.
void addWitness(SourceFinding &Found, const EffectInference::Witness &Cause,
                const clang::SourceManager &Sources);

} // namespace corolint

#endif // COROLINT_SOURCEFINDING_H
