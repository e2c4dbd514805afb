//===-- NeededBodies.cpp - Which templates a unit must instantiate --------===//
//
// Part of corolint, under the Apache License v2.0 with LLVM Exceptions.
// See LICENSE for license information.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//

#include "NeededBodies.h"
#include "Compat.h"
#include "code/Facts.h"
#include "code/Members.h"
#include "model/Model.h"
#include "clang/AST/ASTContext.h"
#include "clang/AST/DeclCXX.h"
#include "clang/AST/StmtCXX.h"
#include "llvm/ADT/STLExtras.h"

using namespace clang;

namespace corolint {

NeededBodies::NeededBodies() { Described.add(builtinModels().Opaque); }

/// Whether the analysis looks up members of \p Class by name: those of
/// awaiters, promises, tasks and locks.
static bool hasSpecialMembers(const CXXRecordDecl &Class) {
  return llvm::any_of(
      ArrayRef<StringRef>{"await_ready", "await_suspend", "promise_type",
                          "get_return_object", "lock", "unlock"},
      [&](StringRef Name) {
        return Class.hasDefinition() &&
               !membersNamed(*Class.getDefinition(), Name).empty();
      });
}

/// Looks for code of the user behind types, at any depth.
class NeededBodies::TypeWalk {
public:
  explicit TypeWalk(NeededBodies &Owner) : Owner(Owner) {}

  void add(QualType T) {
    if (!T.isNull())
      Types.push_back(T);
  }

  void add(const TemplateArgument &Given) {
    switch (Given.getKind()) {
    case TemplateArgument::Type:
      return add(Given.getAsType());
    case TemplateArgument::Pack:
      // Packs do not nest.
      for (const TemplateArgument &Each : Given.pack_elements())
        if (Each.getKind() == TemplateArgument::Type)
          add(Each.getAsType());
        else
          addNonType(Each);
      return;
    default:
      return addNonType(Given);
    }
  }

  void add(const TemplateArgumentList *Arguments) {
    if (Arguments)
      for (const TemplateArgument &Given : Arguments->asArray())
        add(Given);
  }

  /// Adds what the scopes around a declaration are made for.
  void addScopes(const DeclContext *Scope) {
    for (; Scope && !Scope->isFileContext(); Scope = Scope->getParent())
      if (const auto *Spec = dyn_cast<ClassTemplateSpecializationDecl>(Scope))
        add(&Spec->getTemplateArgs());
      else if (const auto *Function = dyn_cast<FunctionDecl>(Scope))
        addSignature(*Function);
  }

  void addSignature(const FunctionDecl &Function) {
    add(Function.getReturnType());
    for (const ParmVarDecl *Param : Function.parameters())
      add(Param->getType());
    add(Function.getTemplateSpecializationArgs());
  }

  /// Whether none of the types leads to code of the user.
  bool isHarmless() {
    while (!Types.empty() && Harmless)
      visit(Types.pop_back_val());
    if (Harmless)
      Owner.Harmless.insert(Visited.begin(), Visited.end());
    return Harmless;
  }

private:
  void addNonType(const TemplateArgument &Given) {
    const auto Kind = Given.getKind();
    Harmless &= Kind == TemplateArgument::Integral ||
                Kind == TemplateArgument::NullPtr ||
                Kind == TemplateArgument::StructuralValue;
    if (Kind == TemplateArgument::Template)
      if (const TemplateDecl *Named = Given.getAsTemplate().getAsTemplateDecl())
        Harmless = Owner.Described.contains(*Named);
  }

  void visit(QualType T) {
    const clang::Type *Plain = T.getCanonicalType()->getBaseElementTypeUnsafe();
    while (Plain->isReferenceType() || Plain->isObjectPointerType())
      Plain = Plain->getPointeeType()->getBaseElementTypeUnsafe();
    if (Owner.Harmless.contains(Plain) || !Visited.insert(Plain).second)
      return;
    if (const CXXRecordDecl *Class = Plain->getAsCXXRecordDecl())
      return visitClass(*Class);
    if (const auto *Enumeration = Plain->getAs<EnumType>()) {
      Harmless &= Owner.Described.contains(*Enumeration->getDecl());
      return;
    }
    // Behind pointers to functions and members there may be anything.
    Harmless &= Plain->isBuiltinType() || Plain->isVoidPointerType();
  }

  void visitClass(const CXXRecordDecl &Class) {
    if (!Owner.Described.contains(Class)) {
      Harmless = false;
      return;
    }
    addScopes(&Class);
    if (Class.isLambda())
      for (const FieldDecl *Capture : Class.fields())
        add(Capture->getType());
  }

  NeededBodies &Owner;
  llvm::SmallVector<QualType, 16> Types;
  llvm::SmallPtrSet<const clang::Type *, 16> Visited;
  bool Harmless = true;
};

bool NeededBodies::contains(const FunctionDecl &Instance) {
  const FunctionDecl *Pattern = Instance.getTemplateInstantiationPattern();
  if (!Pattern || !Described.contains(Instance))
    return true;
  return isa_and_nonnull<CoroutineBodyStmt>(Pattern->getBody(Pattern)) ||
         mayMatter(Instance);
}

bool NeededBodies::containsWritten(const FunctionDecl &Function) {
  // Without its body, a function that another unit may define would count as
  // defined there, a C function as unknown, and a noreturn one as throwing.
  return !isInSystemHeader(Function) || Function.isDependentContext() ||
         Function.isExternC() || Function.isNoReturn() ||
         !Described.contains(Function) || mayMatter(Function);
}

/// The same for a function of a described library, except for its own code.
bool NeededBodies::mayMatter(const FunctionDecl &Instance) {
  // The body of a converting constructor shows whether its object points into
  // the argument.
  if (const auto *Constructor = dyn_cast<CXXConstructorDecl>(&Instance);
      Constructor && Constructor->isConvertingConstructor(false))
    return true;
  if (const CXXRecordDecl *Made =
          Instance.getReturnType().getNonReferenceType()->getAsCXXRecordDecl();
      Made && hasSpecialMembers(*Made))
    return true;
  for (const DeclContext *Scope = Instance.getDeclContext();
       !Scope->isFileContext(); Scope = Scope->getParent())
    if (const auto *Class = dyn_cast<CXXRecordDecl>(Scope);
        Class && hasSpecialMembers(*Class))
      return true;
  TypeWalk Walk(*this);
  Walk.addSignature(Instance);
  Walk.addScopes(Instance.getDeclContext());
  return !Walk.isHarmless();
}

} // namespace corolint
