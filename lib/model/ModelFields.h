//===-- ModelFields.h - The fields of each table's entries ------*- C++ -*-===//
//
// Part of corolint, under the Apache License v2.0 with LLVM Exceptions.
// See LICENSE for license information.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//
//
// `visitFields(Entry, Visit)` calls `Visit(Field)` for each field of an entry,
// in the order of declaration in Model.h. The generator uses it to write
// entries, and the reader to move their names into further namespaces. If a
// field were missing here, this file or the generated table would not compile.
//
//===----------------------------------------------------------------------===//

#ifndef COROLINT_MODEL_MODELFIELDS_H
#define COROLINT_MODEL_MODELFIELDS_H

#include "model/Model.h"
#include <type_traits>

namespace corolint {

/// Declares the fields of one type, for constant and for mutable entries.
#define COROLINT_FIELDS(Type, ...)                                             \
  template <typename M, typename V>                                            \
    requires std::is_same_v<std::remove_const_t<M>, Type>                      \
  void visitFields(M &E, V &&Visit) {                                          \
    auto Each = [&Visit](auto &...Fields) { (Visit(Fields), ...); };           \
    Each(__VA_ARGS__);                                                         \
  }

COROLINT_FIELDS(Condition, E.Kind, E.Argument, E.Value, E.Name)
COROLINT_FIELDS(FunctionModel, E.Name, E.Effect, E.Kind, E.OnlyIf, E.Unless,
                E.Awaitable, E.Replacement, E.ReplacementIn, E.ReplacementNeeds,
                E.Library, E.IsC)
COROLINT_FIELDS(CallableModel, E.Function, E.Argument, E.Runs, E.Unless,
                E.TemplateArgument, E.Executor, E.Ready, E.Overlapping,
                E.Library)
COROLINT_FIELDS(ContextModel, E.Name, E.Runs, E.By, E.Library)
COROLINT_FIELDS(ExecutorModel, E.Class, E.Runs, E.Library)
COROLINT_FIELDS(ResumeModel, E.Name, E.Runs, E.Until, E.Executor, E.OnlyIf,
                E.Unless, E.Library)
COROLINT_FIELDS(BindModel, E.Function, E.Argument, E.Executor, E.Library)
COROLINT_FIELDS(MethodModel, E.Method, E.Action)
COROLINT_FIELDS(ConstructorModel, E.Count, E.ArgumentType, E.State)
COROLINT_FIELDS(GuardModel, E.Class, E.Role, E.Constructors, E.Methods,
                E.AcquiredBy, E.AcquiredUnless, E.DestructorEffect,
                E.DestructorKind, E.Library)
COROLINT_FIELDS(LockFunctionModel, E.Function, E.Argument, E.Action, E.Success,
                E.Library)
COROLINT_FIELDS(WrapperModel, E.Class, E.Methods, E.Factories, E.Library)
COROLINT_FIELDS(ReadinessModel, E.Class, E.Method, E.Ready, E.Means, E.Source,
                E.Library)
COROLINT_FIELDS(TaskMethod, E.Method, E.Action)
COROLINT_FIELDS(TaskModel, E.Class, E.Start, E.Dropped, E.Awaitable, E.Methods,
                E.WhenAll, E.WhenAllGivesValues, E.Library)
COROLINT_FIELDS(TaskFunctionModel, E.Function, E.Action, E.Library)
COROLINT_FIELDS(KeepAliveModel, E.Function, E.Argument, E.Until, E.OnlyIf,
                E.Unless, E.Library)
COROLINT_FIELDS(DescriptorModel, E.Function, E.Role, E.Argument, E.OnlyIf,
                E.Unless, E.Library)
COROLINT_FIELDS(WouldBlockModel, E.Name, E.Value, E.HasValue, E.Library)
COROLINT_FIELDS(ContainerMethod, E.Method, E.Actions)
COROLINT_FIELDS(ContainerModel, E.Class, E.OnInsert, E.Methods, E.Library)
COROLINT_FIELDS(PredicateWaitModel, E.Function, E.Predicate, E.ResumesLater,
                E.Library)

#undef COROLINT_FIELDS

/// The name of an entry, which is its first field.
inline llvm::StringRef nameOf(llvm::StringRef Name) { return Name; }

template <typename T> llvm::StringRef nameOf(const T &Entry) {
  llvm::StringRef Name;
  bool IsFirst = true;
  visitFields(Entry, [&](const auto &Field) {
    if constexpr (std::is_same_v<std::decay_t<decltype(Field)>,
                                 llvm::StringRef>)
      if (IsFirst)
        Name = Field;
    IsFirst = false;
  });
  return Name;
}

} // namespace corolint

#endif // COROLINT_MODEL_MODELFIELDS_H
