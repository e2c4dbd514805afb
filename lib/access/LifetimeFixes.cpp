//===-- LifetimeFixes.cpp - Fix-its that lengthen a lifetime --------------===//
//
// Part of corolint, under the Apache License v2.0 with LLVM Exceptions.
// See LICENSE for license information.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//

#include "access/LifetimeFixes.h"
#include "access/AccessPath.h"
#include "access/LifetimeReferents.h"
#include "code/Body.h"
#include "code/Expressions.h"
#include "code/SourceText.h"
#include "clang/AST/DeclTemplate.h"
#include "clang/Basic/Builtins.h"
#include "clang/Basic/SourceManager.h"
#include "clang/Lex/Lexer.h"

using namespace clang;

namespace corolint {

//===----------------------------------------------------------------------===//
// The source
//===----------------------------------------------------------------------===//

/// The first of \p Names that \p Text does not contain, or empty.
static StringRef freeName(std::initializer_list<StringRef> Names,
                          StringRef Text) {
  for (StringRef Name : Names)
    if (!Text.contains(Name))
      return Name;
  return {};
}

/// Calls \p Visit with each statement of \p Root once. Captures of nested
/// lambdas are visited, but not their bodies.
static void forEachStatement(const Stmt &Root,
                             llvm::function_ref<void(const Stmt &)> Visit) {
  llvm::DenseSet<const Stmt *> Seen;
  llvm::SmallVector<const Stmt *, 16> Pending{&Root};
  while (!Pending.empty()) {
    const Stmt *S = Pending.pop_back_val();
    if (!S || !Seen.insert(S).second)
      continue;
    Visit(*S);
    if (const auto *Lambda = dyn_cast<LambdaExpr>(S))
      Pending.append(Lambda->capture_init_begin(), Lambda->capture_init_end());
    else
      Pending.append(S->child_begin(), S->child_end());
  }
}

/// Inserts \p Statement at the beginning of the body of \p Function.
static FixIts beginWith(const FunctionDecl &Function, const Twine &Statement,
                        ASTContext &Context) {
  const auto *Block = dyn_cast_or_null<CompoundStmt>(writtenBody(Function));
  if (!Block || Block->body_empty() || Block->getLBracLoc().isMacroID() ||
      Block->body_front()->getBeginLoc().isMacroID())
    return {};
  const SourceManager &Sources = Context.getSourceManager();
  const SourceLocation First = Block->body_front()->getBeginLoc();
  const bool OneLine = Sources.getSpellingLineNumber(Block->getLBracLoc()) ==
                       Sources.getSpellingLineNumber(First);
  const std::string Indent =
      OneLine ? " " : "\n" + Lexer::getIndentationForLine(First, Sources).str();
  return {FixItHint::CreateInsertion(Block->getLBracLoc().getLocWithOffset(1),
                                     (Indent + Statement).str())};
}

//===----------------------------------------------------------------------===//
// Captures
//===----------------------------------------------------------------------===//

namespace {

/// Makes captures of one lambda, which is called where it is written, its
/// parameters.
class CapturePasser {
public:
  CapturePasser(const LambdaExpr &Lambda, const CallExpr &Call, Facts &Unit)
      : Lambda(Lambda), Call(Call), Unit(Unit), Context(Unit.Context) {}

  FixIts edits();

private:
  bool isMechanical(FunctionTypeLoc Written) const;
  bool add(const LambdaCapture &Capture, const Expr *Init);
  bool addVariable(const LambdaCapture &Capture);
  bool addInit(const VarDecl &Variable);
  bool addThis(const Expr *Init);
  bool areIndependent(const VarDecl &Variable);
  void add(const Twine &Parameter, const Twine &Argument) {
    Parameters += (Parameters.empty() ? "" : ", ") + Parameter.str();
    Arguments += (Arguments.empty() ? "" : ", ") + Argument.str();
  }

  const LambdaExpr &Lambda;
  const CallExpr &Call;
  Facts &Unit;
  ASTContext &Context;
  std::string Parameters, Arguments;
  FixIts Renamed;
  /// What the initialisers of captures read, and whether one calls a function:
  /// arguments are evaluated in any order, captures in theirs.
  llvm::DenseSet<const ValueDecl *> Read;
  bool Calls = false;
};

} // namespace

/// Whether a parameter list can follow what is written.
bool CapturePasser::isMechanical(FunctionTypeLoc Written) const {
  const CXXMethodDecl &Operator = *Lambda.getCallOperator();
  if (Written.isNull() || !Lambda.hasExplicitParameters() ||
      Operator.isVariadic() || Operator.isExplicitObjectMemberFunction() ||
      Call.getNumArgs() != Operator.getNumParams() + 1 ||
      Lambda.getIntroducerRange().getBegin().isMacroID() ||
      Written.getRParenLoc().isMacroID() || Call.getEndLoc().isMacroID())
    return false;
  if (llvm::any_of(Call.arguments(),
                   [](const Expr *E) { return isa<CXXDefaultArgExpr>(E); }) ||
      llvm::any_of(Operator.parameters(), [](const ParmVarDecl *Param) {
        return Param->isParameterPack() || Param->hasDefaultArg();
      }))
    return false;
  // A parameter with a deduced type would make `x.get<int>()` need `template`.
  bool NeedsTypes = false;
  forEachStatement(*Lambda.getBody(), [&](const Stmt &S) {
    const auto *Member = dyn_cast<MemberExpr>(&S);
    NeedsTypes |= Member && Member->hasExplicitTemplateArgs() &&
                  !Member->hasTemplateKeyword();
  });
  return !NeedsTypes;
}

bool CapturePasser::addVariable(const LambdaCapture &Capture) {
  const ValueDecl *Variable = Capture.getCapturedVar();
  const QualType Type = Variable->getType();
  if (Capture.isPackExpansion() || Type.getNonReferenceType()->isArrayType() ||
      !Read.insert(Variable).second)
    return false;
  const std::string Name = Variable->getNameAsString();
  if (Capture.getCaptureKind() == LCK_ByCopy) {
    add("auto " + Name, Name);
    return true;
  }
  // A reference to a local variable would still outlive it.
  if (Capture.getCaptureKind() != LCK_ByRef || !Type->isReferenceType())
    return false;
  add("auto &" + Name, Name);
  return true;
}

/// Whether the initialiser of \p Variable gives the same whatever is evaluated
/// before it.
bool CapturePasser::areIndependent(const VarDecl &Variable) {
  bool Mechanical = true, Called = false;
  llvm::SmallVector<const ValueDecl *, 2> Named;
  forEachStatement(*Variable.getInit(), [&](const Stmt &S) {
    if (const auto *Ref = dyn_cast<DeclRefExpr>(&S);
        Ref && isa<VarDecl, BindingDecl>(Ref->getDecl()))
      Named.push_back(Ref->getDecl());
    else if (const auto *Made = dyn_cast<CallExpr>(&S))
      Called |= Made->getBuiltinCallee() != Builtin::BImove;
    else if (isa<LambdaExpr, CoroutineSuspendExpr>(S))
      Mechanical = false;
  });
  for (const ValueDecl *Value : Named)
    Mechanical &= Read.insert(Value).second;
  if (Called && Calls)
    Mechanical = false;
  Calls |= Called;
  return Mechanical;
}

bool CapturePasser::addInit(const VarDecl &Variable) {
  if (!Variable.getInit() || Variable.getInitStyle() == VarDecl::ListInit ||
      refersToOthers(Variable.getType(), Unit) || !areIndependent(Variable))
    return false;
  const std::string Init =
      sourceText(Variable.getInit()->getSourceRange(), Context);
  add("auto " + Variable.getName(), Init);
  return !Init.empty();
}

/// `[this]`: the parameter gets a name, and each use of a member an arrow.
bool CapturePasser::addThis(const Expr *Init) {
  const auto *This = dyn_cast_or_null<CXXThisExpr>(innermostOf(Init));
  const CXXRecordDecl *Class =
      This ? This->getType()->getPointeeCXXRecordDecl() : nullptr;
  if (!Class || !Class->getIdentifier() || Lambda.isGenericLambda() ||
      isa<ClassTemplateSpecializationDecl>(Class) || Class->isLambda() ||
      Lambda.getCallOperator()->isTemplated() ||
      Lambda.getCallOperator()->getTemplateInstantiationPattern())
    return false;
  const StringRef Name = freeName({"self", "object"},
                                  sourceText(Lambda.getSourceRange(), Context));
  if (Name.empty())
    return false;
  bool Mechanical = true;
  llvm::DenseSet<SourceLocation> Edited;
  forEachStatement(*Lambda.getBody(), [&](const Stmt &S) {
    if (const auto *Nested = dyn_cast<LambdaExpr>(&S))
      Mechanical &=
          llvm::none_of(Nested->captures(), [](const LambdaCapture &Inner) {
            return Inner.capturesThis();
          });
    const auto *Use = dyn_cast<CXXThisExpr>(&S);
    if (!Use || !Edited.insert(Use->getLocation()).second)
      return;
    Mechanical &= !Use->getLocation().isMacroID();
    Renamed.push_back(
        Use->isImplicit()
            ? FixItHint::CreateInsertion(Use->getLocation(),
                                         (Name + "->").str())
            : FixItHint::CreateReplacement(Use->getLocation(), Name));
  });
  const bool IsConst = This->getType()->getPointeeType().isConstQualified();
  add((IsConst ? "const " : "") + Class->getName() + " *" + Name, "this");
  return Mechanical;
}

bool CapturePasser::add(const LambdaCapture &Capture, const Expr *Init) {
  if (Capture.capturesThis())
    return Capture.getCaptureKind() == LCK_This && addThis(Init);
  if (!Capture.capturesVariable())
    return false;
  const auto *Variable = dyn_cast<VarDecl>(Capture.getCapturedVar());
  return Variable && Variable->isInitCapture() ? addInit(*Variable)
                                               : addVariable(Capture);
}

FixIts CapturePasser::edits() {
  const FunctionTypeLoc Written =
      Lambda.getCallOperator()->getFunctionTypeLoc();
  if (!isMechanical(Written))
    return {};
  const auto *Init = Lambda.capture_init_begin();
  for (const LambdaCapture &Capture : Lambda.captures())
    if (!add(Capture, *Init++))
      return {};
  if (Arguments.empty())
    return {};
  const StringRef Comma = Call.getNumArgs() > 1 ? ", " : "";
  FixIts Result{
      FixItHint::CreateReplacement(Lambda.getIntroducerRange(), "[]"),
      FixItHint::CreateInsertion(Written.getRParenLoc(),
                                 (Comma + Parameters).str()),
      FixItHint::CreateInsertion(Call.getEndLoc(), (Comma + Arguments).str())};
  Result.append(Renamed.begin(), Renamed.end());
  return Result;
}

FixIts passCaptures(const LambdaExpr &Lambda, const CallExpr &Call,
                    Facts &Unit) {
  return CapturePasser(Lambda, Call, Unit).edits();
}

//===----------------------------------------------------------------------===//
// Parameters
//===----------------------------------------------------------------------===//

/// Whether an object of \p Class can be made from another one.
static bool
hasConstructor(const CXXRecordDecl &Class,
               llvm::function_ref<bool(const CXXConstructorDecl &)> IsKind) {
  if (Class.needsImplicitCopyConstructor() &&
      !Class.defaultedCopyConstructorIsDeleted())
    return true;
  return llvm::any_of(Class.ctors(), [&](const auto *Constructor) {
    return IsKind(*Constructor) && !Constructor->isDeleted() &&
           Constructor->getAccess() == AS_public;
  });
}

/// Whether the frame can have its own object of \p Type, a reference.
static bool canOwn(QualType Type) {
  Type = Type.getNonReferenceType();
  if (Type->isArrayType() || Type->isFunctionType())
    return false;
  const CXXRecordDecl *Class = Type->getAsCXXRecordDecl();
  return !Class ||
         (Class->hasDefinition() && !Class->isAbstract() &&
          hasConstructor(*Class, [](const CXXConstructorDecl &Constructor) {
            return Constructor.isCopyOrMoveConstructor();
          }));
}

FixIts takeByValue(const FunctionDecl &Callee, unsigned Index,
                   ASTContext &Context) {
  FixIts Result;
  const auto *Method = dyn_cast<CXXMethodDecl>(&Callee);
  if ((Method && Method->isVirtual()) || Callee.isTemplateInstantiation())
    return {};
  const SourceManager &Sources = Context.getSourceManager();
  for (const FunctionDecl *Redeclaration : Callee.redecls()) {
    const ParmVarDecl *Param = Redeclaration->getParamDecl(Index);
    const TypeSourceInfo *Info = Param->getTypeSourceInfo();
    auto Type = Info ? Info->getTypeLoc().getAsAdjusted<ReferenceTypeLoc>()
                     : ReferenceTypeLoc();
    if (Type.isNull() || Type.getSigilLoc().isMacroID() ||
        Param->getBeginLoc().isMacroID() ||
        !Sources.isWrittenInSameFile(Type.getSigilLoc(),
                                     Callee.getLocation()) ||
        !canOwn(Param->getType()))
      return {};
    Result.push_back(FixItHint::CreateRemoval(Type.getSigilLoc()));
  }
  return Result;
}

/// The function that \p Argument calls to move an object, as it is written.
static std::string writtenMove(const Expr *Argument, ASTContext &Context) {
  while (Argument) {
    if (const auto *Call = dyn_cast<CallExpr>(Argument);
        Call && Call->getBuiltinCallee() == Builtin::BImove)
      return sourceText(Call->getCallee()->getSourceRange(), Context);
    Argument = innerOf(*Argument);
  }
  return {};
}

FixIts ownParameter(const FunctionDecl &Coroutine, unsigned Index,
                    const Expr *Argument, ASTContext &Context) {
  const auto *Method = dyn_cast<CXXMethodDecl>(&Coroutine);
  const ParmVarDecl *Param = Coroutine.getParamDecl(Index);
  const QualType Type = Param->getType();
  const CXXRecordDecl *Class = Type.getNonReferenceType()->getAsCXXRecordDecl();
  const Stmt *Written = writtenBody(Coroutine);
  if (!Method || !Method->isVirtual() || Method->isTemplateInstantiation() ||
      !Type->isReferenceType() || !canOwn(Type) ||
      (Class && Class->isPolymorphic() && !Class->isEffectivelyFinal()) ||
      !Written)
    return {};
  const bool Moves = Type->isRValueReferenceType() &&
                     !Type->getPointeeType().isConstQualified();
  const StringRef Name =
      freeName({Moves ? "owned" : "copy", Moves ? "moved" : "owned"},
               sourceText(Method->getSourceRange(), Context));
  const std::string Old = Param->getNameAsString();
  std::string Move = writtenMove(Argument, Context);
  if (Move.empty())
    Move = "static_cast<decltype(" + Old + ")>";
  FixIts Result = beginWith(*Method,
                            "auto " + Name + " = " +
                                (Moves ? Move + "(" + Old + ")" : Old) + ";",
                            Context);
  if (Name.empty() || Result.empty())
    return {};
  bool Mechanical = true;
  forEachStatement(*Written, [&](const Stmt &S) {
    if (const auto *Nested = dyn_cast<LambdaExpr>(&S))
      Mechanical &= !captures(*Nested, *Param);
    const auto *Ref = dyn_cast<DeclRefExpr>(&S);
    if (!Ref || Ref->getDecl() != Param)
      return;
    Mechanical &= !Ref->getLocation().isMacroID();
    Result.push_back(FixItHint::CreateReplacement(Ref->getLocation(), Name));
  });
  return Mechanical ? Result : FixIts();
}

//===----------------------------------------------------------------------===//
// Owners
//===----------------------------------------------------------------------===//

/// The method by which a base class of \p Class gives an owner of the object,
/// as `shared_from_this` does. The base is a template that is instantiated for
/// \p Class. Returns null unless exactly one such method exists.
static const CXXMethodDecl *ownHandle(const CXXRecordDecl &Class) {
  const CXXMethodDecl *Found = nullptr;
  for (const CXXBaseSpecifier &Base : Class.bases()) {
    const auto *Template = dyn_cast_or_null<ClassTemplateSpecializationDecl>(
        Base.getType()->getAsCXXRecordDecl());
    if (!Template || Template->getTemplateArgs().size() == 0)
      continue;
    for (const CXXMethodDecl *Method : Template->methods()) {
      const auto *Handle = dyn_cast_or_null<ClassTemplateSpecializationDecl>(
          Method->getReturnType()->getAsCXXRecordDecl());
      if (Method->isStatic() || Method->getNumParams() != 0 ||
          Method->getAccess() == AS_private || !Method->getIdentifier() ||
          !Handle || !Handle->hasDefinition() || !isPointerLike(*Handle) ||
          Handle->getTemplateArgs().size() == 0 ||
          Handle->getTemplateArgs()[0].getKind() != TemplateArgument::Type)
        continue;
      const CXXRecordDecl *Target =
          Handle->getTemplateArgs()[0].getAsType()->getAsCXXRecordDecl();
      if (!Target || Target->getCanonicalDecl() != Class.getCanonicalDecl())
        continue;
      if (Found && Found->getIdentifier() != Method->getIdentifier())
        return nullptr;
      Found = Method;
    }
  }
  return Found;
}

FixIts keepObject(const FunctionDecl &Coroutine, ASTContext &Context) {
  const auto *Method = dyn_cast<CXXMethodDecl>(&Coroutine);
  if (!Method || Method->isStatic() || Method->isTemplateInstantiation() ||
      Method->getParent()->isDependentContext() ||
      isa<ClassTemplateSpecializationDecl>(Method->getParent()))
    return {};
  const CXXMethodDecl *Handle = ownHandle(*Method->getParent());
  const StringRef Name =
      freeName({"self", "keep"}, sourceText(Method->getSourceRange(), Context));
  if (!Handle || Name.empty())
    return {};
  return beginWith(*Method, "auto " + Name + " = " + Handle->getName() + "();",
                   Context);
}

FixIts copyReferent(const VarDecl &Variable) {
  const TypeSourceInfo *Info = Variable.getTypeSourceInfo();
  const auto Reference =
      Info ? Info->getTypeLoc().getAsAdjusted<ReferenceTypeLoc>()
           : ReferenceTypeLoc();
  const QualType Type = Variable.getType().getNonReferenceType();
  const CXXRecordDecl *Class = Type->getAsCXXRecordDecl();
  auto IsCopy = [](const CXXConstructorDecl &Constructor) {
    return Constructor.isCopyConstructor();
  };
  if (Reference.isNull() || Reference.getSigilLoc().isMacroID() ||
      isa<DecompositionDecl>(Variable) || !canOwn(Type) ||
      (Class && !hasConstructor(*Class, IsCopy)))
    return {};
  return {FixItHint::CreateRemoval(Reference.getSigilLoc())};
}

} // namespace corolint
