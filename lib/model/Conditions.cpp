//===-- Conditions.cpp - Conditions of models on calls --------------------===//
//
// Part of corolint, under the Apache License v2.0 with LLVM Exceptions.
// See LICENSE for license information.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//

#include "model/Conditions.h"
#include "model/FailureTests.h"
#include "model/ModelIndex.h"
#include "clang/AST/ASTContext.h"
#include "clang/AST/ExprCXX.h"
#include "clang/AST/StmtCXX.h"
#include "clang/Basic/SourceManager.h"
#include "clang/Lex/Lexer.h"

using namespace clang;

namespace corolint {

/// Tests are found in helpers and their helpers, but no deeper.
static constexpr unsigned MaxHelperDepth = 3;

namespace {

bool isZeroValue(const APValue &Value) {
  switch (Value.getKind()) {
  case APValue::Int:
    return Value.getInt().isZero();
  case APValue::Float:
    // Written out, because `isZero` would tie the plugin to data of one LLVM
    // version.
    return Value.getFloat().convertToDouble() == 0.0;
  case APValue::Struct:
    for (unsigned I = 0; I < Value.getStructNumBases(); ++I)
      if (!isZeroValue(Value.getStructBase(I)))
        return false;
    for (unsigned I = 0; I < Value.getStructNumFields(); ++I)
      if (!isZeroValue(Value.getStructField(I)))
        return false;
    return true;
  default:
    return false;
  }
}

/// Finds the source names of a constant: the macro from which it is expanded,
/// or the enumerator.
void namesIn(const Expr *E, ASTContext &Context,
             llvm::function_ref<void(StringRef, const ValueDecl *)> Found) {
  llvm::SmallVector<const Stmt *, 8> Stack{E};
  const SourceManager &Sources = Context.getSourceManager();
  llvm::SmallDenseSet<SourceLocation, 8> Seen;
  for (unsigned Steps = 0; !Stack.empty() && Steps < 256; ++Steps) {
    const Stmt *S = Stack.pop_back_val();
    if (const auto *Ref = dyn_cast<DeclRefExpr>(S))
      if (const ValueDecl *D = Ref->getDecl();
          D->getIdentifier() &&
          (isa<EnumConstantDecl>(D) || D->getType().isConstQualified()))
        Found(D->getName(), D);
    // Many nodes begin in one expansion.
    for (SourceLocation Loc = S->getBeginLoc();
         Loc.isMacroID() && Seen.insert(Loc).second;
         Loc = Sources.getImmediateMacroCallerLoc(Loc)) {
      Found(Lexer::getImmediateMacroName(Loc, Sources, Context.getLangOpts()),
            nullptr);
      if (!Sources.isMacroBodyExpansion(Loc) &&
          !Sources.isMacroArgExpansion(Loc))
        break;
    }
    for (const Stmt *Child : S->children())
      if (Child)
        Stack.push_back(Child);
  }
}

/// The initial value of the setting to which \p E, a call, returns a reference:
/// a static variable of the called function. Null if it does anything else.
const Expr *settingOf(const Expr *E) {
  const auto *Call = dyn_cast<CallExpr>(E);
  const FunctionDecl *Callee = Call ? Call->getDirectCallee() : nullptr;
  if (!Callee || !Callee->getReturnType()->isReferenceType() ||
      Callee->getNumParams() != 0 || !Callee->hasBody(Callee))
    return nullptr;
  const auto *Block = dyn_cast<CompoundStmt>(Callee->getBody());
  const auto *Return = Block && Block->size() == 2
                           ? dyn_cast<ReturnStmt>(Block->body_back())
                           : nullptr;
  const auto *Ref =
      Return && Return->getRetValue()
          ? dyn_cast<DeclRefExpr>(Return->getRetValue()->IgnoreParenImpCasts())
          : nullptr;
  const auto *Setting = Ref ? dyn_cast<VarDecl>(Ref->getDecl()) : nullptr;
  return Setting && Setting->isStaticLocal() ? Setting->getInit() : nullptr;
}

/// \p E without dereferences: `*pointer`, and the `->` of `pointer->member`.
const Expr *withoutDereference(const Expr *E) {
  while (true) {
    E = E->IgnoreParenImpCasts();
    const auto *Operator = dyn_cast<CXXOperatorCallExpr>(E);
    const auto *Unary = dyn_cast<UnaryOperator>(E);
    if (Operator && Operator->getNumArgs() == 1 &&
        (Operator->getOperator() == OO_Star ||
         Operator->getOperator() == OO_Arrow))
      E = Operator->getArg(0);
    else if (Unary && Unary->getOpcode() == UO_Deref)
      E = Unary->getSubExpr();
    else
      return E;
  }
}

bool sameObject(const Expr *A, const Expr *B, ASTContext &Context) {
  llvm::FoldingSetNodeID Left, Right;
  withoutDereference(A)->Profile(Left, Context, true);
  withoutDereference(B)->Profile(Right, Context, true);
  return Left == Right;
}

/// The variable that \p S changes, or a member of which.
const ValueDecl *modified(const Stmt *S) {
  const Expr *Target = nullptr;
  if (const auto *Binary = dyn_cast<BinaryOperator>(S);
      Binary && Binary->isAssignmentOp())
    Target = Binary->getLHS();
  else if (const auto *Unary = dyn_cast<UnaryOperator>(S);
           Unary && Unary->isIncrementDecrementOp())
    Target = Unary->getSubExpr();
  if (!Target)
    return nullptr;
  Target = Target->IgnoreParenImpCasts();
  // `tv.tv_sec = 1` modifies `tv`.
  while (const auto *Member = dyn_cast<MemberExpr>(Target)) {
    if (Member->isArrow())
      break;
    Target = Member->getBase()->IgnoreParenImpCasts();
  }
  const auto *Ref = dyn_cast<DeclRefExpr>(Target);
  return Ref ? Ref->getDecl() : nullptr;
}

} // namespace

/// The value of one of the project's own constants: `constexpr int again =
/// EAGAIN`.
static const Expr *meaningOf(const ValueDecl &Constant) {
  if (const auto *Enumerator = dyn_cast<EnumConstantDecl>(&Constant))
    return Enumerator->getInitExpr();
  const auto *Variable = dyn_cast<VarDecl>(&Constant);
  return Variable && !Variable->getType()->isReferenceType()
             ? Variable->getInit()
             : nullptr;
}

void ConditionEvaluator::noteTested(const Expr *E, Scan &Result) {
  auto Note = [&](StringRef Name, const ValueDecl *Constant) {
    if (Constant)
      Result.Constants.insert(Constant);
    else
      Result.Macros.insert(Name);
  };
  namesIn(E, Context, [&](StringRef Name, const ValueDecl *Constant) {
    Note(Name, Constant);
    if (const Expr *Meaning = Constant ? meaningOf(*Constant) : nullptr)
      namesIn(Meaning, Context, Note);
  });
}

/// Whether \p E is `errno`, or the result of a C function.
static bool isSystemResult(const Expr *E) {
  const Expr *Value = E->IgnoreParenImpCasts();
  if (const auto *Deref = dyn_cast<UnaryOperator>(Value))
    Value = Deref->getSubExpr()->IgnoreParenImpCasts(); // errno
  const auto *Handed = dyn_cast<CallExpr>(Value);
  const FunctionDecl *From = Handed ? Handed->getDirectCallee() : nullptr;
  return From && From->isExternC();
}

/// Records the variables in which \p S, a statement or expression, stores the
/// result of a call: `n = recv(…)`, or `stream.read(buffer, error)`.
void ConditionEvaluator::noteResult(const Stmt *S, Scan &Result) {
  if (const auto *Declaration = dyn_cast<DeclStmt>(S)) {
    for (const Decl *D : Declaration->decls())
      if (const auto *Variable = dyn_cast<VarDecl>(D);
          Variable && Variable->getInit() &&
          isSystemResult(Variable->getInit()))
        Result.Results.insert(Variable);
    return;
  }
  if (const auto *Assignment = dyn_cast<BinaryOperator>(S);
      Assignment && Assignment->getOpcode() == BO_Assign) {
    const auto *Ref =
        dyn_cast<DeclRefExpr>(Assignment->getLHS()->IgnoreParenImpCasts());
    if (Ref && isSystemResult(Assignment->getRHS()))
      Result.Results.insert(Ref->getDecl());
    return;
  }
  const auto *Call = dyn_cast<CallExpr>(S);
  const FunctionDecl *Callee = Call ? Call->getDirectCallee() : nullptr;
  if (!Callee)
    return;
  const unsigned First =
      isa<CXXOperatorCallExpr>(Call) && isa<CXXMethodDecl>(Callee) ? 1 : 0;
  for (unsigned I = First; I < Call->getNumArgs(); ++I) {
    if (I - First >= Callee->getNumParams())
      break;
    const QualType Type = Callee->getParamDecl(I - First)->getType();
    const auto *Ref =
        dyn_cast<DeclRefExpr>(Call->getArg(I)->IgnoreParenImpCasts());
    if (Ref && Type->isLValueReferenceType() &&
        !Type->getPointeeType().isConstQualified())
      Result.Results.insert(Ref->getDecl());
  }
}

/// If the result of a system call, or `errno`, is passed to a function, that
/// function's tests count as tests here. A function without arguments that
/// returns why an operation failed reads `errno`.
void ConditionEvaluator::noteTestedBy(const CallExpr &Call, Scan &Result) {
  const FunctionDecl *Helper = Call.getDirectCallee();
  if (!Helper || Helper->isExternC() || Helper->isDependentContext())
    return;
  const SourceManager &Sources = Context.getSourceManager();
  if (Sources.isInSystemHeader(Sources.getExpansionLoc(Helper->getLocation())))
    return;
  bool GetsResult = Call.getNumArgs() == 0;
  for (const Expr *E : Call.arguments()) {
    const auto *Ref = dyn_cast<DeclRefExpr>(E->IgnoreParenImpCasts());
    GetsResult |=
        isSystemResult(E) || (Ref && Result.Results.contains(Ref->getDecl()));
  }
  if (!GetsResult)
    return;
  if (!Helper->hasBody(Helper)) {
    // A status made from an error counts only if its value is used.
    Result.HandsErrorToUnseen |=
        (Call.getNumArgs() == 0 ||
         llvm::any_of(Call.arguments(), isSystemResult)) &&
        (Call.getType()->isRecordType() || Call.getType()->isEnumeralType() ||
         Call.getType()->isBooleanType());
    return;
  }
  if (HelperDepth >= MaxHelperDepth)
    return;
  ++HelperDepth;
  const Scan &Inner = scan(*Helper);
  --HelperDepth;
  for (const auto &Macro : Inner.Macros)
    Result.Macros.insert(Macro.getKey());
  for (const ValueDecl *Constant : Inner.Constants)
    Result.Constants.insert(Constant);
  Result.HandsErrorToUnseen |= Inner.HandsErrorToUnseen;
}

/// Records what \p S, a statement or expression, compares.
void ConditionEvaluator::noteComparison(const Stmt *S, Scan &Result) {
  if (const auto *Binary = dyn_cast<BinaryOperator>(S);
      Binary && Binary->isEqualityOp()) {
    noteTested(Binary->getLHS(), Result);
    noteTested(Binary->getRHS(), Result);
  } else if (const auto *Operator = dyn_cast<CXXOperatorCallExpr>(S);
             Operator && (Operator->getOperator() == OO_EqualEqual ||
                          Operator->getOperator() == OO_ExclaimEqual)) {
    for (const Expr *Argument : Operator->arguments())
      noteTested(Argument, Result);
  } else if (const auto *Rewritten = dyn_cast<CXXRewrittenBinaryOperator>(S)) {
    noteTested(Rewritten->getSemanticForm(), Result);
  } else if (const auto *Case = dyn_cast<CaseStmt>(S)) {
    noteTested(Case->getLHS(), Result);
  }
}

/// Records an object whose method is called with `true` as the first argument,
/// returns a number, or acts without arguments.
void ConditionEvaluator::noteSwitched(const CXXMemberCallExpr &Call,
                                      Scan &Result) {
  if (!Call.getMethodDecl() || !Call.getMethodDecl()->getIdentifier())
    return;
  bool Value = false;
  const Expr *First = Call.getNumArgs() != 0 ? Call.getArg(0) : nullptr;
  const bool Counts = Call.getType()->isIntegerType() &&
                      !Call.getType()->isBooleanType() &&
                      Call.getMethodDecl()->isConst();
  const bool Acts = Call.getType()->isVoidType() && Call.getNumArgs() == 0;
  if (Counts || Acts ||
      (First && First->getType()->isBooleanType() &&
       !First->isValueDependent() &&
       First->EvaluateAsBooleanCondition(Value, Context) && Value))
    Result.Switched.emplace_back(Call.getMethodDecl()->getName().str(),
                                 Call.getImplicitObjectArgument());
}

const ConditionEvaluator::Scan &
ConditionEvaluator::scan(const FunctionDecl &Function) {
  auto [It, Inserted] = Scans.try_emplace(&Function);
  if (!Inserted)
    return *It->second;
  It->second = std::make_unique<Scan>();
  Scan &Result = *It->second; // Scanning a helper may rehash the map.
  llvm::SmallVector<const Stmt *, 32> Stack;
  llvm::SmallVector<const CallExpr *, 8> Calls;
  llvm::SmallVector<const Stmt *, 8> Tests;
  if (const Stmt *Written = Function.getBody())
    Stack.push_back(Written);
  while (!Stack.empty()) {
    const Stmt *S = Stack.pop_back_val();
    noteComparison(S, Result);
    if (const auto *Call = dyn_cast<CXXMemberCallExpr>(S))
      noteSwitched(*Call, Result);
    if (const auto *Call = dyn_cast<CallExpr>(S);
        Call && Call->getNumArgs() != 0)
      Calls.push_back(Call);
    if (const auto *Both = dyn_cast<BinaryOperator>(S);
        isa<IfStmt>(S) || (Both && Both->getOpcode() == BO_LAnd))
      Tests.push_back(S);
    noteResult(S, Result);
    if (const ValueDecl *Changed = modified(S)) {
      Result.Modified.insert(Changed);
      const auto *Binary = dyn_cast<BinaryOperator>(S);
      if (Binary && isa<MemberExpr>(Binary->getLHS()->IgnoreParenImpCasts()))
        Result.MemberValues.emplace_back(Changed, Binary->getRHS());
    }
    if (isa<LambdaExpr>(S))
      continue;
    for (const Stmt *Child : S->children())
      if (Child)
        Stack.push_back(Child);
  }
  auto IsResult = [&](const ValueDecl &Variable) {
    return Result.Results.contains(&Variable);
  };
  for (const Stmt *Tested : Tests)
    llvm::append_range(Calls, askingWhy(*Tested, Context, IsResult));
  // A result that is recorded later may be passed to a helper.
  for (const CallExpr *Call : Calls)
    noteTestedBy(*Call, Result);
  return Result;
}

const Expr *ConditionEvaluator::constantInit(const Expr *E,
                                             const FunctionDecl *Enclosing) {
  const auto *Ref = dyn_cast<DeclRefExpr>(E->IgnoreParenImpCasts());
  const auto *Variable = Ref ? dyn_cast<VarDecl>(Ref->getDecl()) : nullptr;
  if (!Variable || isa<ParmVarDecl>(Variable) || !Variable->getInit() ||
      Variable->getType()->isReferenceType() || !Enclosing)
    return nullptr;
  if (!Variable->hasLocalStorage() && !Variable->getType().isConstQualified())
    return nullptr;
  return scan(*Enclosing).Modified.contains(Variable) ? nullptr
                                                      : Variable->getInit();
}

bool ConditionEvaluator::isZero(const Expr *E, const FunctionDecl *Enclosing) {
  for (unsigned Steps = 0; E && Steps < 8; ++Steps) {
    if (E->isValueDependent() || E->isTypeDependent())
      return false;
    if (E->getType()->isPointerType()) {
      // For a pointer to a time structure, evaluate the structure.
      const auto *Address = dyn_cast<UnaryOperator>(E->IgnoreParenImpCasts());
      if (!Address || Address->getOpcode() != UO_AddrOf)
        return false;
      E = constantInit(Address->getSubExpr(), Enclosing);
      continue;
    }
    Expr::EvalResult Result;
    if (E->EvaluateAsRValue(Result, Context) && !Result.HasSideEffects &&
        isZeroValue(Result.Val))
      return true;
    if (const auto *List = dyn_cast<InitListExpr>(E->IgnoreParenImpCasts()))
      return llvm::all_of(List->inits(), [&](const Expr *Element) {
        return isa<ImplicitValueInitExpr>(Element) ||
               isZero(Element, Enclosing);
      });
    const Expr *Value = E->IgnoreParenCasts();
    if (const auto *Temporary = dyn_cast<MaterializeTemporaryExpr>(Value))
      Value = Temporary->getSubExpr()->IgnoreParenImpCasts();
    if (const auto *Construct = dyn_cast<CXXConstructExpr>(Value);
        Construct && Construct->getNumArgs() >= 1) {
      E = Construct->getArg(0);
      // An enumerator is a name, whatever its value: `Deadline(Forever)`.
      if (E->IgnoreParenImpCasts()->getType()->isEnumeralType())
        return false;
      continue;
    }
    if (Value != E && !isa<DeclRefExpr>(Value)) {
      E = Value;
      continue;
    }
    const Expr *Setting = settingOf(Value);
    E = Setting ? Setting : constantInit(Value, Enclosing);
  }
  return false;
}

std::optional<int64_t>
ConditionEvaluator::valueOf(const Expr *E, const FunctionDecl *Enclosing) {
  for (unsigned Steps = 0; E && Steps < 8; ++Steps) {
    if (E->isValueDependent() || E->isTypeDependent() ||
        !E->getType()->isIntegralOrEnumerationType())
      return std::nullopt;
    Expr::EvalResult Result;
    if (E->EvaluateAsInt(Result, Context))
      return Result.Val.getInt().getExtValue();
    E = constantInit(E, Enclosing);
  }
  return std::nullopt;
}

bool ConditionEvaluator::hasFlag(const Expr &E, const Condition &C,
                                 const FunctionDecl *Enclosing) {
  if (std::optional<int64_t> Value = valueOf(&E, Enclosing))
    return (*Value & C.Value) == C.Value && C.Value != 0;
  // `flags | MSG_DONTWAIT` has it for any value of `flags`.
  bool Found = false;
  namesIn(&E, Context,
          [&](StringRef Name, const ValueDecl *) { Found |= Name == C.Name; });
  const auto *Binary = dyn_cast<BinaryOperator>(E.IgnoreParenImpCasts());
  return Found && Binary && Binary->getOpcode() == BO_Or;
}

/// Whether \p Pointer is the address of a local structure, and a member of it
/// has the flag: `hints.ai_flags = AI_NUMERICHOST; … &hints`.
bool ConditionEvaluator::flagIsInside(const Expr &Pointer, const Condition &C,
                                      const FunctionDecl *Enclosing) {
  const auto *Address = dyn_cast<UnaryOperator>(Pointer.IgnoreParenImpCasts());
  if (!Address || Address->getOpcode() != UO_AddrOf || !Enclosing)
    return false;
  const auto *Ref =
      dyn_cast<DeclRefExpr>(Address->getSubExpr()->IgnoreParenImpCasts());
  const auto *Variable = Ref ? dyn_cast<VarDecl>(Ref->getDecl()) : nullptr;
  if (!Variable || !Variable->getType()->isRecordType())
    return false;
  // Of another member the same bits mean something else.
  auto Names = [&](const Expr *Value) {
    bool Found = false;
    if (!Value->isValueDependent() &&
        Value->getType()->isIntegralOrEnumerationType())
      namesIn(Value, Context, [&](StringRef Name, const ValueDecl *) {
        Found |= Name == C.Name;
      });
    return Found && hasFlag(*Value, C, Enclosing);
  };
  const auto *List = dyn_cast_or_null<InitListExpr>(Variable->getInit());
  return (List && llvm::any_of(List->inits(), Names)) ||
         llvm::any_of(scan(*Enclosing).MemberValues, [&](const auto &Given) {
           return Given.first == Variable && Names(Given.second);
         });
}

bool ConditionEvaluator::tests(const FunctionDecl &Function, StringRef Name) {
  const Scan &Here = scan(Function);
  return Here.Macros.contains(Name) ||
         llvm::any_of(Here.Constants, [&](const ValueDecl *D) {
           return hasQualifiedName(*D, Name) ||
                  (D->getIdentifier() && D->getName() == Name);
         });
}

bool ConditionEvaluator::holds(const Condition &C, const CallOperands &Call,
                               const FunctionDecl *Enclosing) {
  using Test = Condition::Test;
  if (C.Kind == Test::Count)
    return int64_t(llvm::count_if(Call.Arguments, [](const Expr *E) {
             return !isa<CXXDefaultArgExpr>(E);
           })) == C.Value;
  if (C.Kind == Test::FunctionTests)
    return Enclosing && tests(*Enclosing, C.Name);
  const Expr *Argument = nullptr;
  if (C.Argument == Condition::Object) {
    Argument = Call.Object;
  } else {
    int Index = C.Argument == Condition::Last ? int(Call.Arguments.size()) - 1
                                              : C.Argument;
    if (Index >= 0 && Index < int(Call.Arguments.size()))
      Argument = Call.Arguments[Index];
  }
  if (!Argument)
    return false;
  if (const auto *Default = dyn_cast<CXXDefaultArgExpr>(Argument))
    Argument = Default->getExpr();
  if (Argument->isTypeDependent())
    return false;

  switch (C.Kind) {
  case Test::ObjectCalled:
    return Enclosing &&
           llvm::any_of(scan(*Enclosing).Switched, [&](const auto &Switch) {
             return Switch.first == C.Name &&
                    sameObject(Switch.second, Argument, Context);
           });
  case Test::Zero:
    return isZero(Argument, Enclosing);
  case Test::Null:
    return !Argument->isValueDependent() &&
           Argument->isNullPointerConstant(Context,
                                           Expr::NPC_ValueDependentIsNotNull) !=
               Expr::NPCK_NotNull;
  case Test::True: {
    bool Value = false;
    return !Argument->isValueDependent() &&
           Argument->EvaluateAsBooleanCondition(Value, Context) && Value;
  }
  case Test::Number:
    return Argument->IgnoreParenImpCasts()->getType()->isArithmeticType();
  case Test::Address:
    return isNumericAddress(textOf(Argument, Enclosing));
  case Test::HasFlag:
    return hasFlag(*Argument, C, Enclosing) ||
           flagIsInside(*Argument, C, Enclosing);
  case Test::Equals: {
    std::optional<int64_t> Value = valueOf(Argument, Enclosing);
    return Value && *Value == C.Value;
  }
  case Test::HasType: {
    QualType Type =
        Argument->IgnoreParenImpCasts()->getType().getNonReferenceType();
    if (const auto *Construct =
            dyn_cast<CXXConstructExpr>(Argument->IgnoreImplicit()))
      Type = Construct->getType();
    if (Type->isPointerType())
      Type = Type->getPointeeType();
    const TagDecl *Tag = Type->getAsTagDecl();
    return Tag && hasQualifiedName(*Tag, C.Name);
  }
  case Test::RefersTo: {
    const auto *Ref = dyn_cast<DeclRefExpr>(Argument->IgnoreParenImpCasts());
    return Ref && hasQualifiedName(*Ref->getDecl(), C.Name);
  }
  default:
    return false;
  }
}

bool ConditionEvaluator::applies(llvm::ArrayRef<Condition> OnlyIf,
                                 llvm::ArrayRef<Condition> Unless,
                                 const CallOperands &Call,
                                 const FunctionDecl *Enclosing) {
  auto Holds = [&](const Condition &C) { return holds(C, Call, Enclosing); };
  return llvm::all_of(OnlyIf, Holds) && llvm::none_of(Unless, Holds);
}

bool ConditionEvaluator::applies(const FunctionModel &Model,
                                 const CallOperands &Call,
                                 const FunctionDecl *Enclosing) {
  return applies(Model.OnlyIf, Model.Unless, Call, Enclosing);
}

bool ConditionEvaluator::applies(const CallableModel &Model,
                                 const CallOperands &Call,
                                 const FunctionDecl *Enclosing) {
  return applies({}, Model.Unless, Call, Enclosing);
}

} // namespace corolint
