//===-- StoredCallables.cpp - Callables in tables and objects -------------===//
//
// Part of corolint, under the Apache License v2.0 with LLVM Exceptions.
// See LICENSE for license information.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//

#include "code/StoredCallables.h"
#include "code/Callables.h"
#include "code/Expressions.h"
#include "code/Facts.h"
#include "model/ModelIndex.h"
#include "clang/AST/ASTContext.h"
#include "clang/AST/RecursiveASTVisitor.h"
#include "clang/Basic/SourceManager.h"

using namespace clang;

namespace corolint {

/// Tables of tables of objects …: deeper ones are not searched.
static constexpr unsigned MaxStoredDepth = 24;

/// The initialiser of a field in a list, or null if \p List is not such a list.
static const Expr *initialiserOf(const FieldDecl &Field, const Expr &List) {
  llvm::ArrayRef<Expr *> Inits;
  if (const auto *Braces = dyn_cast<InitListExpr>(&List))
    Inits = Braces->inits();
  const auto *Class = dyn_cast<CXXRecordDecl>(Field.getParent());
  const unsigned Bases = Class ? Class->getNumBases() : 0;
  const unsigned Index = Bases + Field.getFieldIndex();
  if (Field.getParent()->isUnion() || Field.isMutable() ||
      Index >= Inits.size() ||
      List.getType()->getAsRecordDecl() != Field.getParent())
    return nullptr;
  const Expr *Init = Inits[Index];
  const auto *Default = dyn_cast_or_null<CXXDefaultInitExpr>(Init);
  return Default ? Default->getExpr() : Init;
}

/// Finds every member that is bound to a value, and the members whose address
/// is taken, which may be changed anywhere.
class StoredCallables::BindingFinder
    : public RecursiveASTVisitor<StoredCallables::BindingFinder> {
public:
  explicit BindingFinder(StoredCallables &All) : All(All) {}

  bool shouldVisitTemplateInstantiations() const { return true; }
  bool shouldVisitImplicitCode() const { return true; }

  bool VisitFieldDecl(FieldDecl *Field) {
    if (Field->hasInClassInitializer())
      bind(Field, Field->getInClassInitializer());
    return true;
  }
  bool VisitCXXConstructorDecl(CXXConstructorDecl *Constructor) {
    if (!Constructor->isCopyOrMoveConstructor())
      for (const CXXCtorInitializer *Init : Constructor->inits())
        if (Init->isMemberInitializer() &&
            !isa<CXXDefaultInitExpr>(Init->getInit()))
          bind(Init->getMember(), Init->getInit());
    return true;
  }
  bool VisitInitListExpr(InitListExpr *List) {
    const RecordDecl *Class =
        List->getType().isNull() ? nullptr : List->getType()->getAsRecordDecl();
    if (Class && List->isSemanticForm())
      for (const FieldDecl *Field : Class->fields())
        if (isCallable(*Field))
          bind(Field, initialiserOf(*Field, *List));
    return true;
  }
  bool VisitCXXParenListInitExpr(CXXParenListInitExpr *List) {
    if (const RecordDecl *Class = List->getType()->getAsRecordDecl())
      for (const FieldDecl *Field : Class->fields())
        All.Bindings[Field].IsUnknown = true;
    return true;
  }
  bool VisitBinaryOperator(BinaryOperator *Assign) {
    if (Assign->getOpcode() != BO_Assign)
      return true;
    if (const auto *Member =
            dyn_cast<MemberExpr>(Assign->getLHS()->IgnoreParens()))
      if (const auto *Field = dyn_cast<FieldDecl>(Member->getMemberDecl())) {
        Harmless.insert(Member);
        bind(Field, Assign->getRHS());
      }
    return true;
  }
  bool VisitImplicitCastExpr(ImplicitCastExpr *Cast) {
    if (Cast->getCastKind() == CK_LValueToRValue)
      Harmless.insert(Cast->getSubExpr()->IgnoreParens());
    return true;
  }
  // Parents come before their children.
  bool VisitMemberExpr(MemberExpr *Member) {
    if (const auto *Field = dyn_cast<FieldDecl>(Member->getMemberDecl()))
      if (!Harmless.contains(Member))
        All.Bindings[Field].IsUnknown = true;
    return true;
  }

private:
  static bool isCallable(const FieldDecl &Field) {
    return Field.getType()->isFunctionPointerType();
  }

  void bind(const FieldDecl *Field, const Expr *Value) {
    if (!isCallable(*Field))
      return;
    Binding &Known = All.Bindings[Field];
    if (!Value || Value->isTypeDependent()) {
      Known.IsUnknown = true;
      return;
    }
    const Expr *Inner = innermostOf(Value);
    if (isa<ImplicitValueInitExpr, CXXNullPtrLiteralExpr>(Inner) ||
        Inner->isNullPointerConstant(All.Context,
                                     Expr::NPC_ValueDependentIsNotNull))
      return;
    // The variable may have changed since.
    const auto *Ref = dyn_cast<DeclRefExpr>(Inner);
    const FunctionDecl *Function = Ref && isa<VarDecl>(Ref->getDecl())
                                       ? nullptr
                                       : callableOf(Value, All.Models);
    if (!Function || (Known.Function && Known.Function != Function))
      Known.IsUnknown = true;
    Known.Function = Function;
    Known.Only = Value;
  }

  StoredCallables &All;
  llvm::SmallPtrSet<const Expr *, 32> Harmless;
};

/// The binding of the member, if it is one function and only this file can bind
/// the member, because its class is defined here.
const Expr *StoredCallables::onlyBinding(const FieldDecl &Field) {
  const SourceManager &Sources = Context.getSourceManager();
  if (!Field.getType()->isFunctionPointerType() ||
      !Sources.isInMainFile(Sources.getExpansionLoc(Field.getLocation())))
    return nullptr;
  if (!std::exchange(Scanned, true)) {
    BindingFinder Finder(*this);
    auto Visit = [&](Decl *D) {
      if (Sources.isInMainFile(Sources.getExpansionLoc(D->getLocation())))
        Finder.TraverseDecl(D);
    };
    for (Decl *D : Context.getTraversalScope())
      if (auto *Unit = dyn_cast<TranslationUnitDecl>(D))
        llvm::for_each(Unit->decls(), Visit);
      else
        Visit(D);
  }
  const Binding Found = Bindings.lookup(&Field);
  return Found.IsUnknown ? nullptr : Found.Only;
}

bool StoredCallables::addVariable(const VarDecl &Variable, const Body &Within,
                                  unsigned Depth, Values &Found) {
  const VarDecl *Initialised = nullptr;
  const Expr *Init = Variable.getAnyInitializer(Initialised);
  if (isa<ParmVarDecl>(Variable) || !Init)
    return false;
  const QualType Type = Variable.getType();
  // The loop of a range-for is implicit; it only changes the place.
  const bool IsFixed = Type->isReferenceType() || Variable.isImplicit() ||
                       Context.getBaseElementType(Type).isConstQualified() ||
                       (Type->isScalarType() && Variable.hasLocalStorage() &&
                        !Within.Modified.contains(&Variable));
  return IsFixed && addValues(Init, Within, Depth, Found);
}

bool StoredCallables::addElements(const Expr &Table, const Expr *Index,
                                  const Body &Within, unsigned Depth,
                                  Values &Found) {
  Values Tables;
  if (!addValues(&Table, Within, Depth, Tables))
    return false;
  Expr::EvalResult Which;
  const bool IsConstant = Index && !Index->isValueDependent() &&
                          Index->EvaluateAsInt(Which, Context);
  for (const Expr *Each : Tables) {
    const auto *List = dyn_cast<InitListExpr>(Each);
    if (!List || !List->getType()->isArrayType())
      return false;
    if (IsConstant) {
      const uint64_t At = Which.Val.getInt().getLimitedValue();
      if (At < List->getNumInits() &&
          !addValues(List->getInit(At), Within, Depth, Found))
        return false;
      continue;
    }
    for (const Expr *Element : List->inits())
      if (!addValues(Element, Within, Depth, Found))
        return false;
  }
  return true;
}

bool StoredCallables::addMember(const MemberExpr &Member, const Body &Within,
                                unsigned Depth, Values &Found) {
  if (const auto *Variable = dyn_cast<VarDecl>(Member.getMemberDecl()))
    return addVariable(*Variable, Within, Depth, Found);
  const auto *Field = dyn_cast<FieldDecl>(Member.getMemberDecl());
  if (!Field)
    return false;
  Values Objects;
  if (!isa<CXXThisExpr>(innermostOf(Member.getBase())) &&
      addValues(Member.getBase(), Within, Depth, Objects)) {
    Values Parts;
    bool All = true;
    for (const Expr *Object : Objects) {
      const Expr *Part = initialiserOf(*Field, *Object);
      All &= Part && addValues(Part, Within, Depth, Parts);
    }
    if (All) {
      Found.append(Parts);
      return true;
    }
  }
  const Expr *Only = onlyBinding(*Field);
  return Only && addValues(Only, Within, Depth, Found);
}

/// Handles access to an element of a constant library aggregate by operators
/// and methods: any part with the right type may be meant.
bool StoredCallables::addLibraryAccess(const CallExpr &Access,
                                       const Body &Within, unsigned Depth,
                                       Values &Found) {
  const auto *Method = dyn_cast_or_null<CXXMethodDecl>(Access.getCalleeDecl());
  if (!Method || !Method->isConst() || !Models.isLibrary(*Method))
    return false;
  const CallOperands Operands = CallOperands::of(&Access);
  Values Objects;
  if (!Operands.Object || !addValues(Operands.Object, Within, Depth, Objects))
    return false;
  const QualType Wanted =
      Access.getType().getNonReferenceType().getCanonicalType();
  llvm::SmallVector<const Expr *, 16> Stack(Objects.rbegin(), Objects.rend());
  while (!Stack.empty()) {
    const Expr *Part = innermostOf(Stack.pop_back_val());
    const auto *List = dyn_cast<InitListExpr>(Part);
    const QualType Own = Part->getType();
    if (Own->isFunctionType() || Context.hasSameUnqualifiedType(Own, Wanted) ||
        (Wanted->isPointerType() &&
         Context.hasSameUnqualifiedType(Own, Wanted->getPointeeType()))) {
      if (!addValues(Part, Within, Depth, Found))
        return false;
    } else if (List) {
      Stack.append(List->inits().rbegin(), List->inits().rend());
    } else {
      return false;
    }
  }
  return true;
}

/// Adds the expressions that define the value of \p E, or of the object to
/// which it refers. Returns false if there may be others.
bool StoredCallables::addValues(const Expr *E, const Body &Within,
                                unsigned Depth, Values &Found) {
  E = innermostOf(E);
  if (!E || Depth > MaxStoredDepth || E->isTypeDependent())
    return false;
  ++Depth;
  if (const auto *Ref = dyn_cast<DeclRefExpr>(E)) {
    if (const auto *Variable = dyn_cast<VarDecl>(Ref->getDecl()))
      return addVariable(*Variable, Within, Depth, Found);
    if (const auto *Part = dyn_cast<BindingDecl>(Ref->getDecl()))
      return addValues(Part->getBinding(), Within, Depth, Found);
  } else if (const auto *Unary = dyn_cast<UnaryOperator>(E)) {
    if (Unary->getOpcode() == UO_Deref && !E->getType()->isArrayType()) {
      Values Pointed;
      if (!addValues(Unary->getSubExpr(), Within, Depth, Pointed))
        return false;
      if (llvm::none_of(Pointed, [](const Expr *P) {
            return P->getType()->isArrayType();
          })) {
        Found.append(Pointed);
        return true;
      }
      return addElements(*Unary->getSubExpr(), nullptr, Within, Depth, Found);
    }
    return (Unary->getOpcode() == UO_Deref || Unary->getOpcode() == UO_AddrOf ||
            Unary->getOpcode() == UO_Plus) &&
           addValues(Unary->getSubExpr(), Within, Depth, Found);
  } else if (const auto *Element = dyn_cast<ArraySubscriptExpr>(E)) {
    return addElements(*Element->getBase(), Element->getIdx(), Within, Depth,
                       Found);
  } else if (const auto *Member = dyn_cast<MemberExpr>(E)) {
    return addMember(*Member, Within, Depth, Found);
  } else if (const auto *Choice = dyn_cast<ConditionalOperator>(E)) {
    return addValues(Choice->getTrueExpr(), Within, Depth, Found) &&
           addValues(Choice->getFalseExpr(), Within, Depth, Found);
  } else if (const auto *List = dyn_cast<InitListExpr>(E);
             List && List->getNumInits() == 1 && E->getType()->isScalarType()) {
    return addValues(List->getInit(0), Within, Depth, Found);
  } else if (const auto *Call = dyn_cast<CallExpr>(E)) {
    if (addLibraryAccess(*Call, Within, Depth, Found))
      return true;
    // A lambda without captures converts to a function pointer.
    if (!isa_and_nonnull<CXXConversionDecl>(Call->getCalleeDecl()))
      return false;
  }
  Found.push_back(E);
  return true;
}

StoredCallables::Functions StoredCallables::of(const Expr &Called,
                                               const Body &Within) {
  Functions Result;
  Values Found;
  if (!addValues(&Called, Within, 0, Found))
    return Result;
  for (const Expr *Value : Found)
    if (const FunctionDecl *Function = callableOf(Value, Models))
      if (!llvm::is_contained(Result, Function))
        Result.push_back(Function);
  return Result;
}

} // namespace corolint
