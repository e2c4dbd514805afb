//===-- Compat.h - The one file that knows LLVM versions --------*- C++ -*-===//
//
// Part of corolint, under the Apache License v2.0 with LLVM Exceptions.
// See LICENSE for license information.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//
//
// Where LLVM 19 and 22 differ, a function here hides it.
//
//===----------------------------------------------------------------------===//

#ifndef COROLINT_COMPAT_H
#define COROLINT_COMPAT_H

#include "clang/AST/ASTContext.h"
#include "clang/AST/Decl.h"
#include "clang/AST/DeclCXX.h"
#include "clang/AST/DeclTemplate.h"
#include "clang/AST/Type.h"
#include "clang/Basic/Version.h"
#include <optional>

/// The header that declares clang-tidy's registry of modules.
#if CLANG_VERSION_MAJOR >= 22
#define COROLINT_TIDY_REGISTRY "clang-tidy/ClangTidyModule.h"
#else
#define COROLINT_TIDY_REGISTRY "clang-tidy/ClangTidyModuleRegistry.h"
#endif

namespace corolint::compat {

/// The LLVM this was built for: "22.1".
inline constexpr const char *BuiltFor =
#define COROLINT_STRINGIZE_(X) #X
#define COROLINT_STRINGIZE(X) COROLINT_STRINGIZE_(X)
    COROLINT_STRINGIZE(CLANG_VERSION_MAJOR) "."
    COROLINT_STRINGIZE(CLANG_VERSION_MINOR);
#undef COROLINT_STRINGIZE
#undef COROLINT_STRINGIZE_

/// The major version this was built for.
inline constexpr int BuiltForMajor = CLANG_VERSION_MAJOR;

/// What `[[clang::blocking]]` and `[[clang::nonblocking]]` say of a function type:
/// true for blocking, false for nonblocking, nothing without them.
inline std::optional<bool> blockingAttribute(clang::QualType Function) {
#if CLANG_VERSION_MAJOR >= 20
  for (const clang::FunctionEffectWithCondition &Effect :
       clang::FunctionEffectsRef::get(Function)) {
    if (Effect.Cond.getCondition())
      continue; // In a template: known when it is instantiated.
    if (Effect.Effect.kind() == clang::FunctionEffect::Kind::Blocking)
      return true;
    if (Effect.Effect.kind() == clang::FunctionEffect::Kind::NonBlocking)
      return false;
  }
#endif
  return std::nullopt;
}

/// The type that \p Class declares.
inline clang::QualType typeOf(const clang::CXXRecordDecl &Class) {
#if CLANG_VERSION_MAJOR >= 22
  return Class.getASTContext().getCanonicalTagType(&Class);
#else
  return Class.getASTContext().getRecordType(&Class);
#endif
}

} // namespace corolint::compat

#endif // COROLINT_COMPAT_H
