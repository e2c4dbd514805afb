//===-- Descriptors.cpp - Finds non-blocking descriptors ------------------===//
//
// Part of corolint, under the Apache License v2.0 with LLVM Exceptions.
// See LICENSE for license information.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//

#include "effect/Descriptors.h"
#include "code/Evaluation.h"
#include "code/Expressions.h"

using namespace clang;

namespace corolint {

namespace {

/// A descriptor passed from helper to helper, or a member built on another:
/// longer chains are not followed.
constexpr unsigned MaxDescriptorDepth = 4;

/// Whether \p Model describes an operation on a descriptor, which may report
/// that it would have blocked.
bool operatesOnDescriptor(const FunctionModel &Model) {
  return llvm::any_of(Model.Unless, [](const Condition &C) {
    return C.Kind == Condition::Test::FunctionTests;
  });
}

/// Whether the result of an await only shows that it is over: nothing, a flag,
/// an error.
bool isMereStatus(QualType Result) {
  return Result->isVoidType() || Result->isBooleanType() ||
         Result->isEnumeralType() || Result->isRecordType();
}

/// The initialiser of \p Variable, or null if it is a parameter or is changed
/// later in \p Within.
const Expr *unchangedInitialiser(const VarDecl &Variable, const Body &Within) {
  return isa<ParmVarDecl>(Variable) || Within.Modified.contains(&Variable)
             ? nullptr
             : Variable.getInit();
}

/// The object of the accessor that \p E calls: `s` in `s.native_handle()`. Null
/// if it is not a variable or a member.
const ValueDecl *holderOf(const Expr *E) {
  const auto *Call = E ? dyn_cast<CXXMemberCallExpr>(innermostOf(E)) : nullptr;
  return Call && Call->getNumArgs() == 0
             ? namedBy(innermostOf(Call->getImplicitObjectArgument()))
             : nullptr;
}

/// Whether the name of \p Constant shows that a descriptor does not block:
/// `SOCK_NONBLOCK`, `mode::non_blocking`, `blocking::no`.
bool meansNonblocking(const EnumConstantDecl &Constant) {
  auto Words = [](StringRef Name) {
    std::string Letters = Name.lower();
    llvm::erase(Letters, '_');
    return Letters;
  };
  const auto *Enum = dyn_cast<EnumDecl>(Constant.getDeclContext());
  const std::string Value = Words(Constant.getName());
  const std::string Type = Enum ? Words(Enum->getName()) : std::string();
  static constexpr StringRef No[] = {"disabled", "never", "no", "off"};
  const bool IsNegative = llvm::is_contained(No, Value);
  if (StringRef(Type).contains("nonblock"))
    return !IsNegative && StringRef(Value).contains("yes");
  return StringRef(Value).contains("nonblock") ||
         (IsNegative && StringRef(Type).contains("blocking"));
}

/// Whether \p Init calls a function, or a constructor, to which a constant is
/// passed that shows that the descriptor in the result does not block.
bool isMadeNonblocking(const Expr *Init) {
  const Expr *Made = Init ? &originOf(*Init) : nullptr;
  bool Found = false;
  if (isa_and_nonnull<CallExpr, CXXConstructExpr>(Made))
    for (const Expr *Argument : CallOperands::of(Made).Arguments)
      forEachEvaluated(*Argument, [&](const Stmt &S) {
        const auto *Constant = dyn_cast_or_null<EnumConstantDecl>(namedBy(&S));
        Found |= Constant && meansNonblocking(*Constant);
        return !Found;
      });
  return Found;
}

} // namespace

//===----------------------------------------------------------------------===//
// The descriptor of an operation
//===----------------------------------------------------------------------===//

/// The variable or member from which \p E, in \p Within, takes a descriptor.
const ValueDecl *DescriptorEvidence::descriptorOf(const Expr *E,
                                                  const Body &Within) {
  for (unsigned Steps = 0; E && Steps < 16; ++Steps) {
    E = innermostOf(E);
    if (const auto *Unary = dyn_cast<UnaryOperator>(E)) {
      E = Unary->getSubExpr();
    } else if (const auto *Element = dyn_cast<ArraySubscriptExpr>(E)) {
      E = Element->getBase();
    } else if (const auto *Member = dyn_cast<MemberExpr>(E)) {
      return Member->getMemberDecl();
    } else if (const auto *Ref = dyn_cast<DeclRefExpr>(E)) {
      const auto *Variable = dyn_cast<VarDecl>(Ref->getDecl());
      const Expr *Init =
          Variable ? unchangedInitialiser(*Variable, Within) : nullptr;
      // A copy of another variable, or a reference to it.
      const Expr *Source = Init ? innermostOf(Init) : nullptr;
      if (!Source || !(isa<DeclRefExpr, MemberExpr>(Source) ||
                       isa<CXXMemberCallExpr>(Source)))
        return Ref->getDecl();
      E = Source;
    } else if (const auto *Call = dyn_cast<CXXMemberCallExpr>(E);
               Call && Call->getNumArgs() == 0) {
      // An accessor of the project's or a library's class.
      const FunctionDecl *Method = Call->getDirectCallee();
      const Expr *Returned = Method ? onlyReturned(*Method) : nullptr;
      E = Returned && !Unit.Models.isLibrary(*Method)
              ? Returned
              : Call->getImplicitObjectArgument();
    } else if (const auto *Operator = dyn_cast<CXXOperatorCallExpr>(E);
               Operator && Operator->getNumArgs() > 0) {
      E = Operator->getArg(0);
    } else {
      return nullptr;
    }
  }
  return nullptr;
}

/// The descriptor on which \p S operates.
const ValueDecl *DescriptorEvidence::operandOf(const Site &S,
                                               const Body &Within) {
  return descriptorOf(CallOperands::of(S.Node).subject(), Within);
}

/// Whether \p S calls an operation on a descriptor.
bool DescriptorEvidence::isOperation(const Site &S) {
  if (!S.Callee || S.What == Site::Kind::Destroy)
    return false;
  const auto *Entry = Unit.modelOf(*S.Callee, CallOperands::of(S.Node));
  return Entry && llvm::any_of(Entry->Effects, [](const FunctionModel *Model) {
           return operatesOnDescriptor(*Model);
         });
}

/// Whether \p E takes a descriptor from \p Descriptor, or from an object that
/// owns it.
bool DescriptorEvidence::refersTo(const Expr *E, const Body &Within,
                                  const ValueDecl &Descriptor) {
  return descriptorOf(E, Within) == &Descriptor || holderOf(E) == &Descriptor;
}

bool DescriptorEvidence::isTarget(const DescriptorModel &Model, const Site &S,
                                  const Body &Within,
                                  const ValueDecl &Descriptor) {
  if (Model.Argument == position::Result)
    return Within.AssignedTo.lookup(S.Node) == &Descriptor;
  const CallOperands Operands = CallOperands::of(S.Node);
  if (Model.Argument == Condition::Object)
    return refersTo(Operands.Object, Within, Descriptor);
  const auto Arguments = Operands.at(Model.Argument);
  return !Arguments.empty() && refersTo(Arguments.front(), Within, Descriptor);
}

//===----------------------------------------------------------------------===//
// Evidence
//===----------------------------------------------------------------------===//

/// The role of the call, if the conditions of \p Model hold.
std::optional<DescriptorRole>
DescriptorEvidence::roleOf(const DescriptorModel &Model, const Site &S,
                           const Body &Within) {
  const CallOperands Operands = CallOperands::of(S.Node);
  auto Holds = [&](const Condition &C) {
    return Unit.Conditions.holds(C, Operands, Within.Function);
  };
  if (!llvm::all_of(Model.OnlyIf, Holds) || llvm::any_of(Model.Unless, Holds))
    return std::nullopt;
  return Model.Role;
}

void DescriptorEvidence::collectSite(const Site &S, const Body &Walked,
                                     const ValueDecl &Descriptor,
                                     Evidence &Found, unsigned Depth) {
  const CallOperands Operands = CallOperands::of(S.Node);
  if (const auto *Entry = Unit.modelOf(*S.Callee, Operands)) {
    bool Opens = false, Nonblocking = false;
    for (const DescriptorModel *Model : Entry->Descriptors) {
      const std::optional<DescriptorRole> Role = roleOf(*Model, S, Walked);
      if (!Role || !isTarget(*Model, S, Walked, Descriptor))
        continue;
      Opens |= *Role == DescriptorRole::Opens;
      Nonblocking |= *Role == DescriptorRole::OpensNonblocking ||
                     *Role == DescriptorRole::OpensMemory;
      Found.Made |= *Role == DescriptorRole::MakesNonblocking;
    }
    Found.OpenedNonblocking |= Nonblocking;
    Found.OpenedBlocking |= Opens && !Nonblocking;
    if (isOperation(S) &&
        refersTo(CallOperands::of(S.Node).subject(), Walked, Descriptor) &&
        Walked.Function && testsWouldBlock(*Walked.Function))
      Found.Made = true;
    return;
  }
  // A helper that makes its parameter non-blocking.
  const FunctionDecl *Helper = definitionOf(*S.Callee);
  if (!Helper || Depth >= MaxDescriptorDepth ||
      Unit.Models.isLibrary(*Helper) || Helper->isDependentContext())
    return;
  for (unsigned I = 0;
       I < Operands.Arguments.size() && I < Helper->getNumParams(); ++I)
    if (refersTo(Operands.Arguments[I], Walked, Descriptor)) {
      Evidence Inside;
      collect(Unit.Bodies.of(*Helper), *Helper->getParamDecl(I), Inside,
              Depth + 1);
      Found.Made |= Inside.Made;
    }
}

/// Adds the uses of \p Descriptor in the function and its lambdas.
void DescriptorEvidence::collect(const Body &Walked,
                                 const ValueDecl &Descriptor, Evidence &Found,
                                 unsigned Depth) {
  for (const Site &S : Walked.Sites)
    if (S.Callee && S.What != Site::Kind::Destroy)
      collectSite(S, Walked, Descriptor, Found, Depth);
  for (const LambdaExpr *Lambda : Walked.Lambdas)
    if (const CXXMethodDecl *Inside = Lambda->getCallOperator();
        Inside && Inside->hasBody() && Depth < MaxDescriptorDepth)
      collect(Unit.Bodies.of(*Inside), Descriptor, Found, Depth + 1);
}

/// Whether the methods of its class show that \p Member does not block.
bool DescriptorEvidence::isMember(const FieldDecl &Member, unsigned Depth) {
  auto [It, Inserted] = Members.try_emplace(&Member, false);
  const auto *Owner = dyn_cast<CXXRecordDecl>(Member.getParent());
  if (!Inserted || Depth >= MaxDescriptorDepth || !Owner ||
      Owner->isDependentContext())
    return It->second;
  Evidence Found;
  bool OnNonblocking = false;
  for (const CXXMethodDecl *Method : Owner->methods()) {
    const FunctionDecl *Definition = definitionOf(*Method);
    if (!Definition)
      continue;
    const Body &Walked = Unit.Bodies.of(*Definition);
    collect(Walked, Member, Found, 0);
    // Built on another member: `tls(socket, context)`.
    const auto *Constructor = dyn_cast<CXXConstructorDecl>(Definition);
    if (!Constructor)
      continue;
    for (const CXXCtorInitializer *Init : Constructor->inits()) {
      OnNonblocking |=
          Init->getMember() == &Member && isMadeNonblocking(Init->getInit());
      const auto *Construct =
          Init->getMember() == &Member && Init->getInit()
              ? dyn_cast<CXXConstructExpr>(innermostOf(Init->getInit()))
              : nullptr;
      const auto *Base = Construct && Construct->getNumArgs() > 0
                             ? dyn_cast_or_null<FieldDecl>(
                                   descriptorOf(Construct->getArg(0), Walked))
                             : nullptr;
      if (Base && Base != &Member && Base->getParent() == Owner)
        OnNonblocking |= isMember(*Base, Depth + 1);
    }
  }
  return Members[&Member] = Found.isNonblocking() || OnNonblocking;
}

/// Whether a model shows that \p S waits until \p Descriptor is ready.
bool DescriptorEvidence::awaitsReadiness(const Site &S, const Body &Walked,
                                         const ValueDecl &Descriptor) {
  if (!S.Callee || S.What != Site::Kind::Call)
    return false;
  const auto *Entry = Unit.modelOf(*S.Callee, CallOperands::of(S.Node));
  return Entry &&
         llvm::any_of(Entry->Descriptors, [&](const DescriptorModel *Model) {
           return roleOf(*Model, S, Walked) ==
                      DescriptorRole::AwaitsReadiness &&
                  isTarget(*Model, S, Walked, Descriptor);
         });
}

/// The initialiser of \p E, an unchanged local variable or a member with its
/// own initialiser. Null for anything else.
static const Expr *initialiserOf(const Expr &E, const Body &Walked) {
  if (const auto *Ref = dyn_cast<DeclRefExpr>(&E)) {
    const auto *Variable = dyn_cast<VarDecl>(Ref->getDecl());
    return Variable && Variable->hasLocalStorage()
               ? unchangedInitialiser(*Variable, Walked)
               : nullptr;
  }
  const auto *Member = dyn_cast<MemberExpr>(&E);
  const auto *Field =
      Member ? dyn_cast<FieldDecl>(Member->getMemberDecl()) : nullptr;
  return Field && isa<CXXThisExpr>(Member->getBase()->IgnoreParenImpCasts())
             ? Field->getInClassInitializer()
             : nullptr;
}

/// Whether \p Awaited is built from \p Descriptor and constants only, so that
/// it can wait for nothing else. The object of a method is a loop.
bool DescriptorEvidence::isMadeOf(const Expr &Awaited, const Body &Walked,
                                  const ValueDecl &Descriptor) {
  bool Mentions = false;
  const Expr *const Operand = innermostOf(&Awaited);
  const Expr *Awaiter = Operand;
  // Awaiting a local awaiter may change it.
  if (const auto *Ref = dyn_cast_or_null<DeclRefExpr>(Operand))
    if (const auto *Local = dyn_cast<VarDecl>(Ref->getDecl());
        Local && Local->hasLocalStorage() && !isa<ParmVarDecl>(Local))
      Awaiter = Local->getInit();
  llvm::SmallVector<const Expr *, 8> Work{Awaiter};
  llvm::SmallPtrSet<const Expr *, 16> Seen;
  while (!Work.empty()) {
    const Expr *E = innermostOf(Work.pop_back_val());
    if (!E || !Seen.insert(E).second)
      continue;
    if (E != Operand && descriptorOf(E, Walked) == &Descriptor) {
      Mentions = true;
      continue;
    }
    if (isa<CXXDefaultArgExpr, ImplicitValueInitExpr>(E) ||
        E->isValueDependent() || E->isEvaluatable(Unit.Context))
      continue;
    if (const Expr *Init = initialiserOf(*E, Walked)) {
      Work.push_back(Init);
    } else if (const auto *List = dyn_cast<InitListExpr>(E)) {
      const RecordDecl *Class = List->getType()->getAsRecordDecl();
      if (Class && llvm::any_of(Class->fields(), [&](const FieldDecl *Field) {
            return Walked.Modified.contains(Field);
          }))
        return false; // Reassigned later.
      Work.append(List->inits().begin(), List->inits().end());
    } else if (const auto *Default = dyn_cast<CXXDefaultInitExpr>(E)) {
      Work.push_back(Default->getExpr());
    } else if (isa<CallExpr, CXXConstructExpr>(E)) {
      const CallOperands Operands = CallOperands::of(E);
      Work.append(Operands.Arguments.begin(), Operands.Arguments.end());
      Mentions |= Operands.Object &&
                  descriptorOf(Operands.Object, Walked) == &Descriptor;
    } else {
      return false;
    }
  }
  return Mentions;
}

/// Whether the coroutine awaits the readiness of \p Descriptor before
/// \p Operation, in source order, without another operation in between.
bool DescriptorEvidence::isReadinessAwaited(const Site &Operation,
                                            const Body &Walked,
                                            const ValueDecl &Descriptor) {
  // A callable that runs when a descriptor is ready receives it as a parameter.
  bool Ready = Contexts.readyParameter(*Walked.Function) == &Descriptor;
  for (const Site &S : Walked.Sites) {
    if (&S == &Operation)
      return Ready;
    const auto *Await = S.What == Site::Kind::Suspend
                            ? dyn_cast<CoroutineSuspendExpr>(S.Node)
                            : nullptr;
    if (!Await) {
      if (awaitsReadiness(S, Walked, Descriptor))
        Ready = true;
      else if (Ready && isOperation(S) && operandOf(S, Walked) == &Descriptor)
        Ready = false;
      continue;
    }
    if (isMereStatus(Await->getType()) &&
        isMadeOf(*Await->getOperand(), Walked, Descriptor))
      Ready = true;
  }
  return false;
}

//===----------------------------------------------------------------------===//
// Tests
//===----------------------------------------------------------------------===//

bool DescriptorEvidence::testsWouldBlock(const FunctionDecl &Function) {
  return Unit.Conditions.handsErrorToUnseen(Function) ||
         llvm::any_of(Unit.Models.wouldBlock(),
                      [&](const WouldBlockModel *Model) {
                        return Unit.Conditions.tests(Function, Model->Name);
                      });
}

/// Whether a caller of \p Function tests whether the operation would have
/// blocked.
bool DescriptorEvidence::isTestedByCaller(const FunctionDecl &Function) {
  if (Function.getReturnType()->isVoidType() && Function.getNumParams() == 0)
    return false;
  if (!TestedIsKnown) {
    TestedIsKnown = true;
    for (const FunctionDecl *Caller : Contexts.functions()) {
      if (Caller->isDependentContext() || !testsWouldBlock(*Caller))
        continue;
      for (const Site &S : Unit.Bodies.of(*Caller).Sites)
        if (const FunctionDecl *Callee =
                S.Callee ? definitionOf(*S.Callee) : nullptr;
            Callee && !Unit.Models.isLibrary(*Callee))
          Tested.insert(Callee);
    }
  }
  return Tested.contains(&Function);
}

bool DescriptorEvidence::isNonblocking(const FunctionModel &Model,
                                       const Site &S,
                                       const FunctionDecl &Enclosing) {
  if (!operatesOnDescriptor(Model) || Enclosing.isDependentContext())
    return false;
  if (testsWouldBlock(Enclosing) || isTestedByCaller(Enclosing))
    return true;
  const Body &Walked = Unit.Bodies.of(Enclosing);
  const ValueDecl *Descriptor = operandOf(S, Walked);
  if (!Descriptor)
    return false;
  if (isReadinessAwaited(S, Walked, *Descriptor))
    return true;
  const ValueDecl *Holder = holderOf(CallOperands::of(S.Node).subject());
  return isKnown(*Descriptor, Walked) ||
         (Holder && Holder != Descriptor && isKnown(*Holder, Walked));
}

/// Whether \p Descriptor, which \p Walked uses, does not block.
bool DescriptorEvidence::isKnown(const ValueDecl &Descriptor,
                                 const Body &Walked) {
  if (const auto *Member = dyn_cast<FieldDecl>(&Descriptor))
    if (isMember(*Member, 0))
      return true;
  const auto *Variable = dyn_cast<VarDecl>(&Descriptor);
  if (Variable && Variable->getType()->isRecordType() &&
      isMadeNonblocking(unchangedInitialiser(*Variable, Walked)))
    return true;
  Evidence Here;
  collect(Walked, Descriptor, Here, 0);
  return Here.isNonblocking();
}

} // namespace corolint
