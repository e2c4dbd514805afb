//===-- ModelIndex.h - Finds the model of a declaration ---------*- C++ -*-===//
//
// Part of corolint, under the Apache License v2.0 with LLVM Exceptions.
// See LICENSE for license information.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//
//
// Joins the model tables to one AST. Entries are keyed by the identifier (or
// operator) of the declaration, so that a name no model mentions costs one hash
// look-up; only names that some model mentions are compared in full.
//
//===----------------------------------------------------------------------===//

#ifndef COROLINT_MODEL_MODELINDEX_H
#define COROLINT_MODEL_MODELINDEX_H

#include "model/Model.h"
#include "clang/AST/Decl.h"
#include "clang/AST/DeclCXX.h"
#include "llvm/ADT/DenseMap.h"
#include "llvm/ADT/SmallVector.h"

namespace clang {
class ASTContext;
} // namespace clang

namespace corolint {

/// Whether \p D is called \p Name: qualified, without template arguments, with
/// inline and unnamed namespaces left out on both sides.
bool hasQualifiedName(const clang::NamedDecl &D, llvm::StringRef Name);

/// The models that apply to the declarations of one AST. Not thread-safe.
class ModelIndex {
public:
  /// \p Tables must outlive the index.
  ModelIndex(clang::ASTContext &Context,
             llvm::ArrayRef<const ModelTables *> Tables);

  /// Everything the models say about one function.
  struct FunctionEntry {
    llvm::SmallVector<const FunctionModel *, 1> Effects;
    llvm::SmallVector<const CallableModel *, 1> Callables;
    const LockFunctionModel *Lock = nullptr;
    bool PassThrough = false;
    bool NeverSuspends = false;
    bool MakesWrapper = false;
    /// Where the effects are from: what the user says of a function replaces
    /// what is built in.
    const ModelTables *EffectsFrom = nullptr;

    bool empty() const {
      return Effects.empty() && Callables.empty() && !Lock && !PassThrough &&
             !NeverSuspends && !MakesWrapper;
    }
  };

  /// Of \p FD, called on an object of class \p Object if it is a method: a
  /// method counts as one of every class from the object's up to its own, for a
  /// library may implement `std::future::wait` in a base class. Null if no
  /// model knows the function.
  const FunctionEntry *find(const clang::FunctionDecl &FD,
                            const clang::CXXRecordDecl *Object = nullptr);

  /// Of \p Object, an object that is called as a function is.
  const FunctionEntry *find(const clang::VarDecl &Object);

  const GuardModel *guard(const clang::CXXRecordDecl &RD) const;
  const WrapperModel *wrapper(const clang::CXXRecordDecl &RD) const;
  bool neverSuspends(const clang::CXXRecordDecl &RD) const;

  /// Whether models alone say what \p D does: it stands in a system header, or
  /// in a namespace that some model calls opaque.
  bool isLibrary(const clang::Decl &D);

  /// The readiness test that \p Method is, on an object of class \p Object.
  const ReadinessModel *readiness(const clang::CXXMethodDecl &Method,
                                  const clang::CXXRecordDecl *Object) const;

  /// The guard whose pending work calling \p FD starts: `std::async`.
  const GuardModel *startsPendingWork(const clang::FunctionDecl &FD) const;

private:
  struct Candidate {
    enum class Kind : uint8_t {
      Function,
      Callable,
      LockFunction,
      PassThrough,
      NeverSuspends,
      Factory,
      AcquiredBy,
      Guard,
      Wrapper,
      Readiness
    };
    Kind What;
    llvm::StringRef Name; ///< Qualified.
    const void *Model;    ///< Of the type that `What` implies.
    const ModelTables *From;
  };
  using Candidates = llvm::SmallVector<Candidate, 1>;

  void add(Candidate::Kind What, llvm::StringRef Name, const void *Model,
           const ModelTables *From);
  const Candidates *candidates(const clang::NamedDecl &D) const;
  const FunctionEntry *
  collect(const clang::NamedDecl &D, const clang::CXXRecordDecl *Object,
          llvm::function_ref<bool(llvm::StringRef Name)> Fits);

  template <typename T>
  const T *findClass(const clang::CXXRecordDecl &RD,
                     Candidate::Kind What) const;

  clang::ASTContext &Context;
  llvm::SmallVector<llvm::StringRef, 4> Opaque;
  llvm::DenseMap<const clang::NamespaceDecl *, bool> OpaqueNamespaces;
  llvm::DenseMap<const clang::IdentifierInfo *, Candidates> ByIdentifier;
  llvm::DenseMap<const clang::IdentifierInfo *, Candidates> Constructors;
  llvm::DenseMap<const clang::IdentifierInfo *, Candidates> Destructors;
  llvm::DenseMap<unsigned, Candidates> ByOperator;
  Candidates Conversions;
  llvm::DenseMap<std::pair<const clang::Decl *, const clang::Decl *>,
                 std::unique_ptr<FunctionEntry>>
      Found;
};

} // namespace corolint

#endif // COROLINT_MODEL_MODELINDEX_H
