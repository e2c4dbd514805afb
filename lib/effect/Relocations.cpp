//===-- Relocations.cpp - Elements that a library moves -------------------===//
//
// Part of corolint, under the Apache License v2.0 with LLVM Exceptions.
// See LICENSE for license information.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//

#include "effect/Relocations.h"

using namespace clang;

namespace corolint {

namespace {

/// If a site leads to more library functions, it is not analysed.
constexpr unsigned MaxRelocationFunctions = 256;

/// The class whose object \p S moves, by its move constructor or assignment.
const CXXRecordDecl *movedBy(const Site &S) {
  if (const auto *Constructor = dyn_cast_or_null<CXXConstructorDecl>(S.Callee))
    return Constructor->isMoveConstructor() ? Constructor->getParent()
                                            : nullptr;
  const auto *Method = dyn_cast_or_null<CXXMethodDecl>(S.Callee);
  return Method && Method->isMoveAssignmentOperator() ? Method->getParent()
                                                      : nullptr;
}

} // namespace

/// Adds the own effects of \p S on objects to \p To, and the library functions
/// that it calls to \p Inside.
void RelocationFinder::addUse(
    const Site &S, Uses &To,
    llvm::SmallVectorImpl<const FunctionDecl *> &Inside) {
  if (!S.Callee)
    return;
  if (const CXXRecordDecl *Moved = movedBy(S)) {
    To.Moved.insert(Moved->getCanonicalDecl());
    return;
  }
  const auto *Destructor = dyn_cast<CXXDestructorDecl>(S.Callee);
  if (Destructor)
    To.Destroyed.insert(Destructor->getParent()->getCanonicalDecl());
  const FunctionDecl *Definition = definitionOf(*S.Callee);
  if (Definition && Unit.Models.isLibrary(*Definition))
    Inside.push_back(Definition);
  else if (Definition && !Destructor)
    To.Others = true;
}

/// The effects of \p S on objects, including those of library functions.
/// Destructors of the classes in \p Stop, if given, are not entered.
RelocationFinder::Uses RelocationFinder::usesOf(
    const Site &S, const llvm::SmallPtrSetImpl<const CXXRecordDecl *> *Stop) {
  Uses Result;
  llvm::SmallVector<const FunctionDecl *, 8> Work;
  llvm::SmallPtrSet<const FunctionDecl *, 16> Seen;
  addUse(S, Result, Work);
  while (!Work.empty()) {
    const FunctionDecl &Function = *Work.pop_back_val();
    const auto *Destructor = dyn_cast<CXXDestructorDecl>(&Function);
    if (Stop && Destructor &&
        Stop->contains(Destructor->getParent()->getCanonicalDecl()))
      continue;
    if (!Seen.insert(&Function).second)
      continue;
    if (Seen.size() > MaxRelocationFunctions) {
      Result.Others = true;
      return Result;
    }
    for (const Site &Inner : Unit.Bodies.of(Function).Sites)
      addUse(Inner, Result, Work);
  }
  return Result;
}

bool RelocationFinder::isRelocated(const FunctionDecl &Function,
                                   unsigned SiteIndex) {
  const Body &Walked = Unit.Bodies.of(Function);
  if (usesOf(Walked.Sites[SiteIndex], nullptr).Destroyed.empty())
    return false;
  llvm::SmallPtrSet<const CXXRecordDecl *, 4> Moved;
  for (unsigned I = 0; I < SiteIndex; ++I)
    for (const CXXRecordDecl *Class : usesOf(Walked.Sites[I], nullptr).Moved)
      Moved.insert(Class);
  if (Moved.empty())
    return false;
  const Uses Here = usesOf(Walked.Sites[SiteIndex], &Moved);
  auto IsMoved = [&](const CXXRecordDecl *Class) {
    return Moved.contains(Class);
  };
  // Iterators, allocators and other library objects are ignored.
  return !Here.Others && Here.Moved.empty() &&
         llvm::any_of(Here.Destroyed, IsMoved) &&
         llvm::all_of(Here.Destroyed, [&](const CXXRecordDecl *Class) {
           return Unit.Models.isLibrary(*Class) || IsMoved(Class);
         });
}

} // namespace corolint
