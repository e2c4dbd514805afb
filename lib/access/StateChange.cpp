//===-- StateChange.cpp - Changes, independent of the unit ----------------===//
//
// Part of corolint, under the Apache License v2.0 with LLVM Exceptions.
// See LICENSE for license information.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//

#include "access/StateChange.h"
#include "code/Evaluation.h"
#include "code/Expressions.h"

using namespace clang;

namespace corolint {

namespace {
/// The lowest bit of a class number is set for a change of the whole state; the
/// other bits are one of these.
enum Shape : unsigned {
  WritesZero,
  WritesConstant,
  WritesObject,
  WritesUnknown,
  Changes,
  Inserts,
  Erases,
  Replaces,
  NumShapes
};
} // namespace

static_assert(StateChange::NumClasses == 2 * NumShapes);

static Shape shapeOf(const StateChange &Change) {
  switch (Change.Kind) {
  case AccessKind::Write:
    if (Change.Constant)
      return *Change.Constant == 0 ? WritesZero : WritesConstant;
    return Change.AssignsObject ? WritesObject : WritesUnknown;
  case AccessKind::Insert:
    return Inserts;
  case AccessKind::Erase:
    return Erases;
  case AccessKind::Replace:
    return Replaces;
  default:
    assert(Change.Kind == AccessKind::Change && "not a change");
    return Changes;
  }
}

unsigned StateChange::classNumber() const {
  return shapeOf(*this) * 2 + unsigned(IsWhole);
}

StateChange StateChange::ofClass(unsigned Number,
                                 std::optional<int64_t> Avoided) {
  assert(Number < NumClasses);
  StateChange Result;
  Result.IsWhole = Number % 2;
  switch (Shape(Number / 2)) {
  case WritesZero:
    Result.Constant = 0;
    break;
  case WritesConstant:
    Result.Constant = Avoided == 1 ? 2 : 1;
    break;
  case WritesObject:
    Result.AssignsObject = true;
    break;
  case WritesUnknown:
    break;
  case Changes:
    Result.Kind = AccessKind::Change;
    break;
  case Inserts:
    Result.Kind = AccessKind::Insert;
    break;
  case Erases:
    Result.Kind = AccessKind::Erase;
    break;
  case Replaces:
    Result.Kind = AccessKind::Replace;
    break;
  case NumShapes:
    llvm_unreachable("no class has this number");
  }
  return Result;
}

bool isNamedElsewhere(const ValueDecl &State) {
  return State.isExternallyVisible() && !State.getParentFunctionOrMethod();
}

bool isWhole(const AccessPath &Path) {
  return Path.Steps.empty() || Path.Steps.back();
}

bool isNewObject(const Expr *Value, Facts &Unit) {
  Value = innermostOf(Value);
  if (const auto *Address = dyn_cast_or_null<UnaryOperator>(Value))
    return Address->getOpcode() == UO_AddrOf;
  const auto *Call = dyn_cast_or_null<CallExpr>(Value);
  const FunctionDecl *Factory = Call ? calleeOf(*Call) : nullptr;
  const ModelIndex::FunctionEntry *Entry =
      Factory ? Unit.Models.find(*Factory) : nullptr;
  return isa_and_nonnull<CXXNewExpr>(Value) || (Entry && Entry->MakesWrapper);
}

bool StateChange::spoilsPresence() const {
  if (!IsWhole)
    return false;
  switch (Kind) {
  case AccessKind::Erase:
  case AccessKind::Replace:
    return true;
  case AccessKind::Write:
    return Constant ? *Constant == 0 : !AssignsObject;
  default:
    return false;
  }
}

StateChange changeOf(const Access &Made, Facts &Unit) {
  assert(isChange(Made.Kind));
  StateChange Result;
  Result.Kind = Made.Kind;
  Result.IsWhole = isWhole(Made.Path);
  if (Made.Kind == AccessKind::Write) {
    Result.Constant = constantOf(Made.Value, Unit.Context);
    // A callable that was found is replaced by another callable.
    Result.AssignsObject =
        !Result.Constant &&
        (isNewObject(Made.Value, Unit) ||
         isa_and_nonnull<LambdaExpr>(innermostOf(Made.Value)));
  }
  return Result;
}

} // namespace corolint
