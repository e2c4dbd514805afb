//===-- Descriptors.h - Finds non-blocking descriptors ----------*- C++ -*-===//
//
// Part of corolint, under the Apache License v2.0 with LLVM Exceptions.
// See LICENSE for license information.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//
//
// Whether a read, a write or another operation blocks depends on its
// descriptor: a file descriptor, a socket object, a stream. The operation does
// not block if the descriptor is only ever opened as non-blocking, is made
// non-blocking somewhere, or refers to memory; if its readiness was awaited
// just before; or if some user of a result tests whether the operation would
// have blocked, since only a non-blocking descriptor can have that result. The
// evidence for a member may be in any method of its class. An object that owns
// a descriptor may also be created non-blocking: `make_socket(blocking::no)`.
//
//===----------------------------------------------------------------------===//

#ifndef COROLINT_EFFECT_DESCRIPTORS_H
#define COROLINT_EFFECT_DESCRIPTORS_H

#include "region/Contexts.h"

namespace corolint {

/// The evidence about descriptors in one AST. Not thread-safe.
class DescriptorEvidence {
public:
  DescriptorEvidence(Facts &Unit, ContextMap &Contexts)
      : Unit(Unit), Contexts(Contexts) {}

  /// Whether \p S, a site of \p Enclosing, operates on a descriptor that does
  /// not block. \p Model is the effect of the operation otherwise.
  bool isNonblocking(const FunctionModel &Model, const Site &S,
                     const clang::FunctionDecl &Enclosing);

private:
  /// How functions use one descriptor.
  struct Evidence {
    bool OpenedBlocking = false;
    bool OpenedNonblocking = false;
    bool Made = false; ///< Made non-blocking, or used as such.

    bool isNonblocking() const {
      return Made || (OpenedNonblocking && !OpenedBlocking);
    }
  };

  bool testsWouldBlock(const clang::FunctionDecl &Function);
  bool isTestedByCaller(const clang::FunctionDecl &Function);
  bool awaitsReadiness(const Site &S, const Body &Walked,
                       const clang::ValueDecl &Descriptor);
  bool isMadeOf(const clang::Expr &Awaited, const Body &Walked,
                const clang::ValueDecl &Descriptor);
  bool isReadinessAwaited(const Site &Operation, const Body &Walked,
                          const clang::ValueDecl &Descriptor);
  bool isMember(const clang::FieldDecl &Member, unsigned Depth);
  const clang::ValueDecl *descriptorOf(const clang::Expr *E,
                                       const Body &Within);
  const clang::ValueDecl *operandOf(const Site &S, const Body &Within);
  bool isOperation(const Site &S);
  bool refersTo(const clang::Expr *E, const Body &Within,
                const clang::ValueDecl &Descriptor);
  bool isTarget(const DescriptorModel &Model, const Site &S, const Body &Within,
                const clang::ValueDecl &Descriptor);
  bool isKnown(const clang::ValueDecl &Descriptor, const Body &Walked);
  std::optional<DescriptorRole> roleOf(const DescriptorModel &Model,
                                       const Site &S, const Body &Within);
  void collect(const Body &Walked, const clang::ValueDecl &Descriptor,
               Evidence &Found, unsigned Depth);
  void collectSite(const Site &S, const Body &Walked,
                   const clang::ValueDecl &Descriptor, Evidence &Found,
                   unsigned Depth);

  Facts &Unit;
  ContextMap &Contexts;
  llvm::DenseMap<const clang::FieldDecl *, bool> Members;
  /// Functions whose result some caller tests.
  llvm::DenseSet<const clang::FunctionDecl *> Tested;
  bool TestedIsKnown = false;
};

} // namespace corolint

#endif // COROLINT_EFFECT_DESCRIPTORS_H
