//===-- Places.h - Names for objects ----------------------------*- C++ -*-===//
//
// Part of corolint, under the Apache License v2.0 with LLVM Exceptions.
// See LICENSE for license information.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//
//
// A place is an object that a function can name: a variable, `this`, a
// temporary, and members of these. Different expressions for the same object
// (through a reference, `std::move`, `optional::operator->`) have the same
// place. Other expressions are distinguished by their form: `locks[i]` is one
// place wherever it is written the same.
//
//===----------------------------------------------------------------------===//

#ifndef COROLINT_FLOW_PLACES_H
#define COROLINT_FLOW_PLACES_H

#include "model/ModelIndex.h"
#include "clang/AST/Expr.h"
#include "llvm/ADT/SmallVector.h"
#include <map>
#include <optional>
#include <vector>

namespace corolint {

using PlaceId = unsigned;

/// Whether \p Init, the initialiser of a reference, creates a temporary with
/// the lifetime of the reference.
bool bindsTemporary(const clang::Expr &Init);

/// The places of one function. Not thread-safe.
class Places {
public:
  Places(clang::ASTContext &Context, ModelIndex &Models)
      : Context(Context), Models(Models) {}

  /// The place to which \p E refers, through pointers and wrappers.
  std::optional<PlaceId> of(const clang::Expr *E);

  PlaceId ofVariable(const clang::ValueDecl &Variable);
  PlaceId ofTemporary(const clang::Expr &Temporary);
  PlaceId ofThis();
  PlaceId ofResult(); ///< The function's result.
  PlaceId member(PlaceId Object, const clang::Decl &FieldOrBase);

  /// Translates \p Inner, a place within \p From, to \p To: `this->m` of a
  /// callee becomes `object.m` of the caller. Nothing if it is not within
  /// \p From.
  std::optional<PlaceId> rebase(const Places &Other, PlaceId Inner,
                                PlaceId From, PlaceId To);

  /// Makes \p E (a call, a variable) another name for \p Place.
  void alias(const void *E, PlaceId Place) { Aliases[E] = Place; }

  /// The place for which \p E is an alias.
  std::optional<PlaceId> aliasOf(const void *E) const {
    auto It = Aliases.find(E);
    return It == Aliases.end() ? std::nullopt : std::optional(It->second);
  }

  bool isWithin(PlaceId Inner, PlaceId Outer) const;

  /// The variable at the root of \p Place; null for `this` and temporaries.
  const clang::ValueDecl *rootVariable(PlaceId Place) const;
  bool isTemporary(PlaceId Place) const;

  /// Whether the root of \p Place outlives every call: a global or static
  /// variable.
  bool isGlobal(PlaceId Place) const;

  /// The name of the place in messages: `m`, `pair.first`, `this->mutex_`;
  /// empty for a temporary.
  std::string name(PlaceId Place) const;

private:
  struct Place {
    enum class Root : uint8_t { Variable, This, Temporary, Shape } Kind;
    const void *Object; ///< ValueDecl, Expr or hash of the shape.
    llvm::SmallVector<const clang::Decl *, 2> Path;
    const clang::Expr *Written = nullptr; ///< For a shape: an expression of it.

    bool operator<(const Place &Other) const {
      return std::tie(Kind, Object, Path) <
             std::tie(Other.Kind, Other.Object, Other.Path);
    }
  };

  PlaceId intern(Place P);
  std::optional<PlaceId> ofVariableUse(const clang::ValueDecl &Variable,
                                       unsigned Depth);
  std::optional<PlaceId> of(const clang::Expr *E, unsigned Depth);

  clang::ASTContext &Context;
  ModelIndex &Models;
  std::map<Place, PlaceId> Ids;
  std::vector<Place> All;
  llvm::DenseMap<const void *, PlaceId> Aliases;
};

} // namespace corolint

#endif // COROLINT_FLOW_PLACES_H
