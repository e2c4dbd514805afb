//===-- Compat.h - Differences between LLVM versions ------------*- C++ -*-===//
//
// Part of corolint, under the Apache License v2.0 with LLVM Exceptions.
// See LICENSE for license information.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//
//
// The functions here hide the differences between the LLVM versions from 19 to
// 23. No other file depends on the version.
//
//===----------------------------------------------------------------------===//

#ifndef COROLINT_COMPAT_H
#define COROLINT_COMPAT_H

#include "clang/AST/ASTContext.h"
#include "clang/AST/Decl.h"
#include "clang/AST/DeclCXX.h"
#include "clang/AST/DeclTemplate.h"
#include "clang/AST/Type.h"
#include "clang/Basic/Diagnostic.h"
#include "clang/Basic/DiagnosticIDs.h"
#include "clang/Basic/DiagnosticOptions.h"
#include "clang/Basic/FileEntry.h"
#include "clang/Basic/Version.h"
#include "clang/Lex/DependencyDirectivesScanner.h"
#include "llvm/ADT/FunctionExtras.h"
#include "llvm/ADT/STLFunctionalExtras.h"
#include "llvm/Support/FileSystem.h"
#include "llvm/Support/Path.h"
#include <functional>
#include <memory>
#include <optional>

/// The header that declares clang-tidy's registry of modules.
#if CLANG_VERSION_MAJOR >= 22
#define COROLINT_TIDY_REGISTRY "clang-tidy/ClangTidyModule.h"
#else
#define COROLINT_TIDY_REGISTRY "clang-tidy/ClangTidyModuleRegistry.h"
#endif

/// The header that declares the options of Clang's driver. They are in
/// clang::options since LLVM 22, in clang::driver::options before.
#if CLANG_VERSION_MAJOR >= 22
#define COROLINT_CLANG_OPTIONS "clang/Options/Options.h"
#else
#define COROLINT_CLANG_OPTIONS "clang/Driver/Options.h"
#endif

// `using namespace clang::driver` must compile with every version.
namespace clang::driver {}

/// The linker's name of clang's GetResourcesPath: a static member before 22.
#if CLANG_VERSION_MAJOR >= 22
#define COROLINT_GET_RESOURCES_PATH "_ZN5clang16GetResourcesPathB5cxx11EPKcPv"
#else
#define COROLINT_GET_RESOURCES_PATH                                            \
  "_ZN5clang18CompilerInvocation16GetResourcesPathB5cxx11EPKcPv"
#endif

namespace corolint::compat {

/// The version of LLVM that this was built for: "22.1".
inline constexpr const char *BuiltFor =
#define COROLINT_STRINGIZE_(X) #X
#define COROLINT_STRINGIZE(X) COROLINT_STRINGIZE_(X)
    COROLINT_STRINGIZE(CLANG_VERSION_MAJOR) "." COROLINT_STRINGIZE(
        CLANG_VERSION_MINOR);
#undef COROLINT_STRINGIZE
#undef COROLINT_STRINGIZE_

/// The major version that this was built for.
inline constexpr int BuiltForMajor = CLANG_VERSION_MAJOR;

/// The value of `[[clang::blocking]]` or `[[clang::nonblocking]]` on a function
/// type: true for blocking, false for non-blocking, nothing without them.
inline std::optional<bool> blockingAttribute(clang::QualType Function) {
#if CLANG_VERSION_MAJOR >= 20
  for (const clang::FunctionEffectWithCondition &Effect :
       clang::FunctionEffectsRef::get(Function)) {
    if (Effect.Cond.getCondition())
      continue; // In a template: known after instantiation.
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

/// The type of a clangd result that will be called with \p ArgTs later. Before
/// 22 it is a reference to a function object that lives as long as the program.
#if CLANG_VERSION_MAJOR >= 22
template <typename... ArgTs>
using ProviderOf = llvm::unique_function<void(ArgTs...) const>;
#else
template <typename... ArgTs>
using ProviderOf = llvm::function_ref<void(ArgTs...)>;
#endif

/// Makes \p Path absolute, relative to \p Directory.
inline void makeAbsolute(llvm::StringRef Directory,
                         llvm::SmallVectorImpl<char> &Path) {
#if CLANG_VERSION_MAJOR >= 22
  llvm::sys::path::make_absolute(Directory, Path);
#else
  llvm::sys::fs::make_absolute(Directory, Path);
#endif
}

/// Creates an engine that passes diagnostics to \p Consumer, to which \p Tidy,
/// a ClangTidyContext, reports. Both must outlive it.
template <typename TidyContextT>
std::unique_ptr<clang::DiagnosticsEngine>
makeDiagnostics(TidyContextT &Tidy, clang::DiagnosticConsumer &Consumer) {
#if CLANG_VERSION_MAJOR >= 22
  auto Ids = clang::DiagnosticIDs::create();
#else
  llvm::IntrusiveRefCntPtr<clang::DiagnosticIDs> Ids(new clang::DiagnosticIDs);
#endif
#if CLANG_VERSION_MAJOR >= 21
  auto Options = std::make_unique<clang::DiagnosticOptions>();
  auto Engine = std::make_unique<clang::DiagnosticsEngine>(
      std::move(Ids), *Options, &Consumer, /*ShouldOwnClient=*/false);
  Tidy.setDiagnosticsEngine(std::move(Options), Engine.get());
#else
  auto Engine = std::make_unique<clang::DiagnosticsEngine>(
      std::move(Ids), new clang::DiagnosticOptions, &Consumer,
      /*ShouldOwnClient=*/false);
  Tidy.setDiagnosticsEngine(Engine.get());
#endif
  return Engine;
}

/// Returns a file's preprocessor directives, if known.
using DirectivesOf = std::function<
    std::optional<llvm::ArrayRef<clang::dependency_directives_scan::Directive>>(
        clang::FileEntryRef)>;

/// Makes \p CI, a CompilerInstance without a preprocessor yet, read only the
/// directives that \p Of returns. For preprocessing only.
template <typename CompilerInstanceT>
void scanDirectives(CompilerInstanceT &CI, DirectivesOf Of) {
#if CLANG_VERSION_MAJOR >= 21
  class Getter : public clang::DependencyDirectivesGetter {
  public:
    explicit Getter(DirectivesOf Of) : Of(std::move(Of)) {}
    std::unique_ptr<clang::DependencyDirectivesGetter>
    cloneFor(clang::FileManager &) override {
      return std::make_unique<Getter>(Of);
    }
    std::optional<llvm::ArrayRef<clang::dependency_directives_scan::Directive>>
    operator()(clang::FileEntryRef File) override {
      return Of(File);
    }

  private:
    DirectivesOf Of;
  };
  CI.setDependencyDirectivesGetter(std::make_unique<Getter>(std::move(Of)));
#else
  CI.getPreprocessorOpts().DependencyDirectivesForFile = std::move(Of);
#endif
}

/// Instantiates the templates that \p SemaT, a clang::Sema, would instantiate
/// at the end of the unit so far, although the unit continues.
template <typename SemaT> void instantiatePending(SemaT &S) {
#if CLANG_VERSION_MAJOR >= 22
  S.PerformPendingInstantiations(/*LocalOnly=*/false, /*AtEndOfTU=*/false);
#else
  S.PerformPendingInstantiations();
#endif
}

/// The type sets of clang::ASTContext that occupy many pages in typical
/// programs.
#define COROLINT_TYPE_SETS_OF_ALL(X)                                           \
  X(ConstantArrayTypes)                                                        \
  X(DependentDecltypeTypes)                                                    \
  X(DependentNameTypes)                                                        \
  X(DependentTemplateNames)                                                    \
  X(ExtQualNodes)                                                              \
  X(FunctionProtoTypes)                                                        \
  X(LValueReferenceTypes)                                                      \
  X(MemberPointerTypes)                                                        \
  X(PackExpansionTypes)                                                        \
  X(ParenTypes)                                                                \
  X(PointerTypes)                                                              \
  X(QualifiedTemplateNames)                                                    \
  X(RValueReferenceTypes)                                                      \
  X(SubstTemplateTypeParmPackTypes)                                            \
  X(SubstTemplateTypeParmTypes)                                                \
  X(TemplateSpecializationTypes)                                               \
  X(TemplateTypeParmTypes)
#if CLANG_VERSION_MAJOR >= 22
#define COROLINT_TYPE_SETS(X)                                                  \
  COROLINT_TYPE_SETS_OF_ALL(X)                                                 \
  X(NamespaceAndPrefixStorages)                                                \
  X(TagTypes)                                                                  \
  X(TypedefTypes)                                                              \
  X(UnaryTransformTypes)                                                       \
  X(UnresolvedUsingTypes)                                                      \
  X(UsingTypes)
#else
#define COROLINT_TYPE_SETS(X) COROLINT_TYPE_SETS_OF_ALL(X)
#endif

/// Makes `memberOf(TagT())` return the private \p Member: the arguments of an
/// explicit instantiation are exempt from access control ([temp.spec.general]).
template <typename TagT, auto Member> struct PrivateMember {
  friend auto memberOf(TagT) { return Member; }
};
#define COROLINT_PRIVATE_SET(NAME)                                             \
  struct NAME {                                                                \
    friend auto memberOf(NAME);                                                \
  };                                                                           \
  template struct PrivateMember<NAME, &clang::ASTContext::NAME>;
COROLINT_TYPE_SETS(COROLINT_PRIVATE_SET)
#undef COROLINT_PRIVATE_SET

/// Reserves room for twice as many types as \p Context has. A growing set
/// relinks all of its nodes, which in a forked process copies all their pages.
inline void reserveTypes(clang::ASTContext &Context) {
  auto ReserveTwice = [](auto &Set) { Set.reserve(2 * Set.size()); };
#define COROLINT_RESERVE(NAME) ReserveTwice(Context.*memberOf(NAME()));
  COROLINT_TYPE_SETS(COROLINT_RESERVE)
#undef COROLINT_RESERVE
}
#undef COROLINT_TYPE_SETS
#undef COROLINT_TYPE_SETS_OF_ALL

} // namespace corolint::compat

#endif // COROLINT_COMPAT_H
