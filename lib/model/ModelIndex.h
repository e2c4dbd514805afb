//===-- ModelIndex.h - Finds the model of a declaration ---------*- C++ -*-===//
//
// Part of corolint, under the Apache License v2.0 with LLVM Exceptions.
// See LICENSE for license information.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//
//
// Looks up the models of declarations in one AST. Entries are keyed by the
// identifier (or operator) of the declaration, so that a name that no model
// mentions costs one hash look-up; only names that some model mentions are
// compared in full. Patterns whose last component is a wildcard are keyed by
// their first component instead, or by the class before the wildcard, and cost
// a second look-up only in ASTs that have such a namespace or class.
//
//===----------------------------------------------------------------------===//

#ifndef COROLINT_MODEL_MODELINDEX_H
#define COROLINT_MODEL_MODELINDEX_H

#include "model/Libraries.h"
#include "model/Model.h"
#include "model/QualifiedNames.h"
#include "clang/AST/Decl.h"
#include "clang/AST/DeclCXX.h"
#include "llvm/ADT/DenseMap.h"
#include "llvm/ADT/SmallVector.h"

namespace clang {
class ASTContext;
} // namespace clang

namespace corolint {

/// The models that apply to the declarations of one AST. Not thread-safe.
class ModelIndex {
public:
  /// \p Tables must outlive the index.
  ModelIndex(clang::ASTContext &Context,
             llvm::ArrayRef<const ModelTables *> Tables);

  /// The entries of all models for one function.
  struct FunctionEntry {
    llvm::SmallVector<const FunctionModel *, 1> Effects;
    llvm::SmallVector<const CallableModel *, 1> Callables;
    llvm::SmallVector<const ResumeModel *, 1> Resumes;
    llvm::SmallVector<const BindModel *, 1> Binds;
    llvm::SmallVector<const KeepAliveModel *, 1> KeepsAlive;
    llvm::SmallVector<const DescriptorModel *, 1> Descriptors;
    const LockFunctionModel *Lock = nullptr;
    const ContextModel *Context = nullptr; ///< For overrides and callbacks.
    const TaskFunctionModel *Task = nullptr;
    const PredicateWaitModel *PredicateWait = nullptr;
    bool MakesWrapper = false;
#define COROLINT_MODEL_NAMES(Name, Key) bool Name = false;
#include "model/ModelTables.def"
    /// The table that the effects are from: the user's effects for a function
    /// replace the built-in ones.
    const ModelTables *EffectsFrom = nullptr;
    bool IsEmpty = true;
  };

  /// The entry of \p FD, called on an object of class \p Object if it is a
  /// method. All classes from the object's up to the method's own are searched,
  /// because a library may implement `std::future::wait` in a base class. Null
  /// if no model describes the function.
  const FunctionEntry *find(const clang::FunctionDecl &FD,
                            const clang::CXXRecordDecl *Object = nullptr);

  /// The entry of \p Object, an object that is called like a function.
  const FunctionEntry *find(const clang::VarDecl &Object);

  /// Of \p Field, in which callables are stored.
  const FunctionEntry *find(const clang::FieldDecl &Field);

  const GuardModel *guard(const clang::CXXRecordDecl &RD) const;
  const WrapperModel *wrapper(const clang::CXXRecordDecl &RD) const;
  bool neverSuspends(const clang::CXXRecordDecl &RD) const {
    return isListed(RD, NameList::NeverSuspends);
  }

  /// The context of functions that return \p RD, take it, or whose class
  /// derives from it (\p By). The caller must try the bases of \p RD.
  const ContextModel *context(const clang::CXXRecordDecl &RD,
                              ContextBy By) const;
  const ExecutorModel *executor(const clang::CXXRecordDecl &RD) const;
  /// The hop performed by awaiting an object of class \p RD.
  const ResumeModel *resume(const clang::CXXRecordDecl &RD) const;
  const TaskModel *task(const clang::CXXRecordDecl &RD) const;
  const ContainerModel *container(const clang::CXXRecordDecl &RD) const;

  /// Whether the class \p RD is in \p List, for example NameList::Views.
  bool isListed(const clang::CXXRecordDecl &RD, NameList List) const;

  /// The macros and enumerators that mean that an operation would have blocked.
  llvm::ArrayRef<const WouldBlockModel *> wouldBlock() const {
    return WouldBlock;
  }

  /// Whether only models describe \p D: see `Libraries`.
  bool isLibrary(const clang::Decl &D) { return Described.contains(D); }

  /// Whether \p Function is a method of a class that writes logs, according to
  /// the last word of the class's name, or of a nested class.
  bool writesLog(const clang::FunctionDecl &Function) const;

  /// Whether this translation unit declares a function that may yield, judged
  /// by name.
  bool knowsYields() const { return KnowsYields; }

  /// The test that \p Function performs on an object of class \p Object: a test
  /// for readiness or, with another \p Means, for that. With \p Value, an
  /// enumerator: the test that is positive if it returns \p Value.
  const ReadinessModel *
  readiness(const clang::FunctionDecl &Function,
            const clang::CXXRecordDecl *Object,
            ReadinessMeaning Means = ReadinessMeaning::Ready,
            const clang::NamedDecl *Value = nullptr) const;

  /// The guard whose pending work a call of \p FD starts: `std::async`.
  const GuardModel *startsPendingWork(const clang::FunctionDecl &FD) const;

private:
  /// One name of one entry, and its role there.
  struct Candidate {
    enum class Kind : uint8_t {
#define COROLINT_MODEL_TABLE(Type, Name, Key) Name,
#define COROLINT_MODEL_NAMES(Name, Key) Name,
#include "model/ModelTables.def"
      Factory,    ///< Of a wrapper.
      AcquiredBy, ///< Starts the work of a guard.
    };
    Kind What;
    llvm::StringRef Name; ///< Qualified; may have wildcards.
    const void *Model;    ///< Of the type that `What` implies.
    const ModelTables *From;
  };
  using Candidates = llvm::SmallVector<Candidate, 1>;

  void addTables(const ModelTables &Tables);
  void add(Candidate::Kind What, llvm::StringRef Name, const void *Model,
           const ModelTables *From);
  const Candidates *candidates(const clang::NamedDecl &D) const;
  /// The patterns that may match declarations in a scope: by its outermost
  /// scope, and by its own name. Null if there are none.
  using ScopeCandidates = std::pair<const Candidates *, const Candidates *>;
  ScopeCandidates patterns(const clang::DeclContext &Scope) const;
  static void addTo(FunctionEntry &Entry, const Candidate &Found);
  const FunctionEntry *
  collect(const clang::NamedDecl &D, const clang::CXXRecordDecl *Object,
          llvm::function_ref<bool(llvm::StringRef Name)> Fits);
  /// Calls \p Found with the candidates of kind \p What for the class \p RD
  /// until it returns true. Returns whether it did.
  bool anyOfClass(const clang::CXXRecordDecl &RD, Candidate::Kind What,
                  llvm::function_ref<bool(const Candidate &)> Found) const;
  template <typename T>
  const T *findClass(const clang::CXXRecordDecl &RD,
                     Candidate::Kind What) const;

  clang::ASTContext &Context;
  Libraries Described;
  llvm::SmallVector<llvm::StringRef, 4> LogWords;
  llvm::DenseMap<const clang::IdentifierInfo *, Candidates> ByIdentifier;
  llvm::DenseMap<const clang::IdentifierInfo *, Candidates> Constructors;
  llvm::DenseMap<const clang::IdentifierInfo *, Candidates> Destructors;
  llvm::DenseMap<unsigned, Candidates> ByOperator;
  Candidates Conversions;
  /// Patterns that end in a wildcard, by their first component.
  llvm::DenseMap<const clang::IdentifierInfo *, Candidates> Patterns;
  /// Patterns that also begin with one, by their last but one component.
  llvm::DenseMap<const clang::IdentifierInfo *, Candidates> InnerPatterns;
  mutable llvm::DenseMap<const clang::DeclContext *, ScopeCandidates>
      ScopePatterns;
  /// The candidates that fit a class. Nearly always none.
  mutable llvm::DenseMap<const clang::CXXRecordDecl *,
                         llvm::SmallVector<const Candidate *, 0>>
      OfClasses;
  llvm::SmallVector<const WouldBlockModel *, 8> WouldBlock;
  bool KnowsYields = false;
  llvm::DenseMap<std::pair<const clang::Decl *, const clang::Decl *>,
                 std::unique_ptr<FunctionEntry>>
      Found;
};

} // namespace corolint

#endif // COROLINT_MODEL_MODELINDEX_H
