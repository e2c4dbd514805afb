//===-- Contexts.h - The contexts in which code runs ------------*- C++ -*-===//
//
// Part of corolint, under the Apache License v2.0 with LLVM Exceptions.
// See LICENSE for license information.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//
//
// Lists the functions of a translation unit that the checks judge, and decides
// for each whether it must not yield, runs on an event loop or may block. A
// function's own annotations take precedence over those of the class that it
// returns; a callable also gets the context of each parameter to which it is
// passed.
//
//===----------------------------------------------------------------------===//

#ifndef COROLINT_REGION_CONTEXTS_H
#define COROLINT_REGION_CONTEXTS_H

#include "code/AssignedCallables.h"
#include "code/Facts.h"
#include <utility>
#include <vector>

namespace corolint {

/// Why a function has a context of some kind.
struct ContextReason {
  bool Holds = false;
  bool Passed = false;         ///< Passed as a callable, not declared.
  clang::SourceLocation Where; ///< The declaration, or the argument.
  /// On a fiber, a synchronous wait only lets others run.
  bool AllowsSyncWaits = false;
  /// On a pool that asynchronous work needs, only synchronous waits are wrong.
  bool AllowsBlocking = false;

  explicit operator bool() const { return Holds; }
};

/// The contexts in which a function's body runs.
struct FunctionContext {
  ContextReason NoYield;
  ContextReason EventLoop; ///< Also for fibers and pools.
  ContextReason AllowBlocking;

  /// The kinds that have their own reason.
  static constexpr ContextKind Kinds[] = {
      ContextKind::NoYield, ContextKind::EventLoop, ContextKind::AllowBlocking};

  /// The place for the reason of \p Kind. Null for the caller's context.
  const ContextReason *reason(ContextKind Kind) const;
  ContextReason *reason(ContextKind Kind) {
    return const_cast<ContextReason *>(std::as_const(*this).reason(Kind));
  }

  /// Adds the reasons of \p Other for kinds that have none yet.
  void addMissing(const FunctionContext &Other);
};

/// The contexts that \p Marks declare, for a function or for the callables
/// passed to a parameter.
llvm::SmallVector<ContextKind, 3> annotatedContexts(const Annotations &Marks);

/// Contexts of functions that other translation units determine.
class ExternalContexts {
public:
  virtual ~ExternalContexts() = default;

  /// The contexts that \p Function has because other units pass it to a
  /// parameter.
  virtual FunctionContext contextOf(const clang::FunctionDecl &Function) = 0;

  /// The parameters of \p Callee that only its definition declares to run
  /// callables in a context.
  virtual llvm::SmallVector<std::pair<unsigned, ContextKind>, 1>
  callableParameters(const clang::FunctionDecl &Callee) = 0;
};

/// The contexts of one AST. Not thread-safe.
class ContextMap {
public:
  explicit ContextMap(Facts &Unit, ExternalContexts *External = nullptr)
      : Unit(Unit), External(External), Assigned(Unit) {}

  /// Also records callables that are passed to functions without a body here.
  /// Their definitions may declare where they run them.
  void trackHandedOver() { TrackHandedOver = true; }

  /// Scans every function that is not in a system header (every function if
  /// \p IncludeSystemHeaders), in source order.
  void scan(bool IncludeSystemHeaders);

  /// The functions to judge. A template is represented by its instantiations,
  /// or by its pattern if it has none.
  llvm::ArrayRef<const clang::FunctionDecl *> functions() const {
    return Functions;
  }

  /// The declarations that have annotations, for the checks of annotations.
  llvm::ArrayRef<const clang::Decl *> annotated() const { return Annotated; }

  /// The functions that initialisers outside functions call or name.
  llvm::ArrayRef<const clang::FunctionDecl *> namedByInitialisers() const {
    return NamedByInitialisers;
  }

  FunctionContext of(const clang::FunctionDecl &Function);

  /// The callables that objects of the unit may hold and that calling \p Called
  /// may run.
  AssignedCallables::Functions assignedTo(const clang::Expr &Called) {
    return Assigned.of(Called, Functions);
  }

  /// The parameter of \p Callable, a callable that a library runs, that is work
  /// that is ready by then. Null if there is none.
  const clang::ParmVarDecl *
  readyParameter(const clang::FunctionDecl &Callable) const;

  /// The callables that are passed to parameters that run them in a context, by
  /// canonical declaration.
  const llvm::DenseMap<const clang::FunctionDecl *, FunctionContext> &
  passed() const {
    return Passed;
  }

  /// A callable that is passed to a function without a body here.
  struct HandedOver {
    const clang::FunctionDecl *Callable;
    const clang::FunctionDecl *Callee;
    unsigned Argument;
    clang::SourceLocation Where;
  };
  llvm::ArrayRef<HandedOver> handedOver() const { return Handed; }

  /// The implicit virtual destructors that the compiler defined.
  llvm::ArrayRef<const clang::FunctionDecl *> impliedDestructors() const {
    return ImpliedDestructors;
  }

private:
  void scanDeclaration(const clang::Decl &D);
  void scanContext(const clang::DeclContext &Context);
  void scanFunction(const clang::FunctionDecl &Function);
  void scanClass(const clang::CXXRecordDecl &Class);
  void scanInitialiser(const clang::Expr &Init);
  void addFunction(const clang::FunctionDecl &Definition);
  void scanNested(const Body &Walked);
  void findCallables(const Body &Walked);
  void findStored(const Body &Walked);
  void passArgument(const clang::Expr &Argument, ContextKind Runs);
  void pass(const clang::FunctionDecl &Callable, ContextKind Runs,
            clang::SourceLocation Where);
  void noteAnnotations(const clang::Decl &D);
  void findModelled(const Site &S, const CallOperands &Operands,
                    const Body &Walked);
  void addContextOfType(const clang::FunctionDecl &Function,
                        FunctionContext &Result);
  const ContextModel *modelByType(const clang::FunctionDecl &Function);
  Annotations ofResult(const clang::FunctionDecl &Function);

  /// The positions of annotated parameters, and the contexts of callables
  /// passed there.
  using CallableParameters = llvm::SmallVector<std::pair<int, ContextKind>, 1>;
  const CallableParameters &
  callableParameters(const clang::FunctionDecl &Callee);

  Facts &Unit;
  ExternalContexts *External;
  AssignedCallables Assigned;
  /// Arguments that run in a context and do not name their callable.
  std::vector<std::pair<const clang::Expr *, ContextKind>> Unnamed;
  bool IncludeSystemHeaders = false;
  bool TrackHandedOver = false;
  std::vector<HandedOver> Handed;
  std::vector<const clang::FunctionDecl *> ImpliedDestructors;
  llvm::DenseMap<const clang::FunctionDecl *, FunctionContext> FromOthers;
  llvm::DenseMap<const clang::FunctionDecl *, const ContextModel *> ByType;
  std::vector<const clang::FunctionDecl *> Functions;
  std::vector<const clang::FunctionDecl *> Patterns;
  std::vector<const clang::FunctionDecl *> NamedByInitialisers;
  std::vector<const clang::Decl *> Annotated;
  llvm::DenseSet<const clang::FunctionDecl *> Seen;
  llvm::DenseSet<const clang::FunctionDecl *> Instantiated;
  llvm::DenseMap<const clang::FunctionDecl *, FunctionContext> Passed;
  llvm::DenseMap<const clang::FunctionDecl *, unsigned> ReadyParameters;
  llvm::DenseMap<const clang::FunctionDecl *, CallableParameters> Parameters;
};

} // namespace corolint

#endif // COROLINT_REGION_CONTEXTS_H
