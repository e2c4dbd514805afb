//===-- Members.h - Members of a class by name ------------------*- C++ -*-===//
//
// Part of corolint, under the Apache License v2.0 with LLVM Exceptions.
// See LICENSE for license information.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//
//
// In an editor, most classes come from a preamble, and clang reads from it what
// is asked for. `methods()` and `ctors()` read all members of a class; a
// look-up reads those of one name. None of these functions looks into base
// classes or declares implicit members.
//
//===----------------------------------------------------------------------===//

#ifndef COROLINT_CODE_MEMBERS_H
#define COROLINT_CODE_MEMBERS_H

#include "clang/AST/DeclCXX.h"

namespace corolint {

/// The members of \p Class called \p Name: functions, function templates and
/// others.
clang::DeclContext::lookup_result
membersNamed(const clang::CXXRecordDecl &Class, llvm::StringRef Name);

/// The member functions and function templates of \p Class that overload
/// \p Operator.
clang::DeclContext::lookup_result
operatorsOf(const clang::CXXRecordDecl &Class,
            clang::OverloadedOperatorKind Operator);

/// The constructors of \p Class and their templates.
clang::DeclContext::lookup_result
constructorsOf(const clang::CXXRecordDecl &Class);

/// Whether one of \p Members is a \p DeclT, not a template, that satisfies
/// \p Wanted.
template <typename DeclT>
bool anyMember(clang::DeclContext::lookup_result Members,
               llvm::function_ref<bool(const DeclT &)> Wanted) {
  return llvm::any_of(Members, [&](const clang::NamedDecl *Member) {
    const auto *Typed = llvm::dyn_cast<DeclT>(Member);
    return Typed && Wanted(*Typed);
  });
}

} // namespace corolint

#endif // COROLINT_CODE_MEMBERS_H
