//===-- Annotations.h - Annotations of declarations -------------*- C++ -*-===//
//
// Part of corolint, under the Apache License v2.0 with LLVM Exceptions.
// See LICENSE for license information.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//
//
// Reads `annotate("corolint::…")` and the equivalent Clang attributes from all
// redeclarations of a declaration, from the methods that it overrides and from
// the template that it specialises.
//
//===----------------------------------------------------------------------===//

#ifndef COROLINT_MODEL_ANNOTATIONS_H
#define COROLINT_MODEL_ANNOTATIONS_H

#include "clang/AST/Decl.h"
#include "clang/AST/DeclCXX.h"
#include "llvm/ADT/BitmaskEnum.h"
#include "llvm/ADT/DenseMap.h"
#include "llvm/ADT/StringRef.h"
#include <optional>

namespace corolint {

LLVM_ENABLE_BITMASK_ENUMS_IN_NAMESPACE();

/// The annotations of include/corolint/annotations.h, as a set.
enum class Annotation : uint32_t {
#define COROLINT_ANNOTATION(Name, Spelling, Bit) Name = 1 << (Bit),
#include "Annotations.def"
  None = 0,
  LLVM_MARK_AS_BITMASK_ENUM(KeepsAlive)
};

/// The annotation spelled \p Name (without `corolint::`), if there is one.
std::optional<Annotation> annotationByName(llvm::StringRef Name);

/// The spelling nearest to \p Name, for a suggestion, or empty if none is near.
llvm::StringRef nearestAnnotation(llvm::StringRef Name);

/// The annotations found on a declaration and on those from which it inherits.
struct Annotations {
  Annotation Set = Annotation::None;
  llvm::StringRef BlockingReason; ///< Argument of COROLINT_BLOCKING_FOR.
  clang::SourceLocation Where;    ///< A declaration that has one of them.

  bool has(Annotation A) const { return (Set & A) != Annotation::None; }
};

/// Reads and caches annotations. One per AST; not thread-safe.
class AnnotationReader {
public:
  /// The annotations of a function: those of its redeclarations, of the methods
  /// that it overrides, and of the template or member from which it is
  /// instantiated or that it specialises.
  Annotations of(const clang::FunctionDecl &FD);

  /// The annotations of a class: those of its redeclarations and of the
  /// template that it specialises. The caller must handle base classes.
  Annotations of(const clang::CXXRecordDecl &RD);

  /// The annotations of a parameter, on any redeclaration of its function.
  Annotations of(const clang::ParmVarDecl &Param);

  /// The annotations of a variable or data member: those of its redeclarations
  /// and of the template from which it is instantiated. The class of its type
  /// is ignored.
  Annotations ofStorage(const clang::ValueDecl &Storage);

private:
  llvm::DenseMap<const clang::Decl *, Annotations> Known;
};

} // namespace corolint

#endif // COROLINT_MODEL_ANNOTATIONS_H
