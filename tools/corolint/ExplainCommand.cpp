//===-- ExplainCommand.cpp - corolint explain -----------------------------===//
//
// Part of corolint, under the Apache License v2.0 with LLVM Exceptions.
// See LICENSE for license information.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//

#include "Options.h"
#include "model/Annotations.h"
#include "program/Index.h"
#include "report/Checks.h"

using namespace llvm;

namespace corolint {

static cl::opt<std::string> ExplainName(cl::Positional, cl::desc("name"),
                                        cl::cat(category()),
                                        cl::sub(explainCommand()));

static std::string namesOf(EffectSet Effects) {
  std::string Result;
  auto Add = [&](const Twine &Text) {
    Result += (Result.empty() ? "" : ", ") + Text.str();
  };
  for (unsigned Kind = 0; Kind < NumBlockKinds; ++Kind)
    if (Effects & (EffectSet(1) << Kind))
      Add("may block (" + spelling(BlockKind(Kind)) + ")");
  if (Effects & DeclaredBlocking)
    Add("may block (declared)");
  if (Effects & SyncWaits)
    Add("waits synchronously for asynchronous work");
  if (Effects & Yields)
    Add("lets other coroutines run");
  return Result;
}

/// The root of the tree that an index describes.
static std::string rootOfIndex(StringRef Path) {
  auto Index = ProgramIndex::open(Path);
  if (!Index) {
    consumeError(Index.takeError());
    return {};
  }
  (*Index)->findRoot(absolutePath("here"));
  return (*Index)->root().str();
}

static raw_ostream &operator<<(raw_ostream &Out, const Location &Where) {
  return Out << Where.File << ':' << Where.Line << ':' << Where.Column << ": ";
}

/// The annotations of \p Set, as written in code.
static std::string marksOf(uint32_t Set) {
  std::string Result;
  auto Add = [&](Annotation A, StringRef Spelling) {
    if (Set & uint32_t(A))
      Result +=
          (Result.empty() ? "COROLINT_" : ", COROLINT_") + Spelling.upper();
  };
#define COROLINT_ANNOTATION(Name, Spelling, Bit)                               \
  Add(Annotation::Name, Spelling);
#include "model/Annotations.def"
  return Result;
}

static void explain(const Program &Linked, Program::FunctionId Id,
                    ArrayRef<Program::Declared> AllDeclared) {
  const std::string Name = Linked.qualifiedName(Id);
  std::vector<Program::Declared> Declared;
  // Callers see the declared effects. A function with a body also has its own.
  if (!Linked.isDefined(Id))
    llvm::copy_if(AllDeclared, std::back_inserter(Declared),
                  [&](const auto &D) { return D.Qualified == Name; });
  const EffectSet FromBody = Linked.effects(Id);
  EffectSet Effects = FromBody;
  for (const Program::Declared &D : Declared)
    Effects |= D.Effect;
  const auto [Marks, Marked] = Linked.marks(Id);
  outs() << Linked.whereIs(Id) << "'" << Name << "': ";
  if (Effects)
    outs() << namesOf(Effects) << '\n';
  else if (Linked.isDefined(Id) || Marks)
    outs() << "no effects\n";
  else
    outs() << "no unit has its body, and no model or annotation describes it: "
              "assumed harmless\n";
  if (Marks)
    outs() << "  " << marksOf(Marks) << ":\n    " << Marked
           << "declared here\n";
  for (const Program::Declared &D : Declared)
    if (!(FromBody & D.Effect))
      outs() << "  " << namesOf(D.Effect) << ":\n    " << D.Why.Where
             << D.Why.What.text() << '\n';
  for (EffectSet Left = FromBody; Left; Left &= Left - 1) {
    const EffectSet Effect = Left & -Left;
    outs() << "  " << namesOf(Effect)
           << (Linked.passing(Id) & Effect
                   ? ":\n"
                   : ", which its callers do not notice:\n");
    for (const Note &N : Linked.witness(Id, Effect))
      outs() << "    " << N.Where << N.What.text() << '\n';
  }
}

/// Functions that units call and only models describe, such as `sleep`, are not
/// functions of the program.
static void explainLibrary(ArrayRef<Program::Declared> Declared) {
  for (size_t I = 0; I < Declared.size(); ++I) {
    if (I == 0 || Declared[I].Qualified != Declared[I - 1].Qualified)
      outs() << "'" << Declared[I].Qualified << "':\n";
    outs() << "  " << namesOf(Declared[I].Effect) << ":\n    "
           << Declared[I].Why.Where << Declared[I].Why.What.text() << '\n';
  }
}

int runExplain() {
  if (ExplainName.empty())
    return fail("explain: name a function or a check");
  if (const CheckInfo *Check = findCheck(ExplainName)) {
    outs() << Check->Name << ": " << Check->Sentence << '\n';
    return Exit::Clean;
  }
  Program &Linked = *new Program; // Lives as long as the process.
  std::vector<std::unique_ptr<MemoryBuffer>> Buffers;
  bool Good = true;
  if (!ReadIndex.empty()) {
    if (Error E = loadInputs({ReadIndex}, Linked, Buffers))
      return fail(std::move(E));
    if (std::string Root = RootDirectory.empty() ? rootOfIndex(ReadIndex)
                                                 : absolutePath(RootDirectory);
        !Root.empty())
      Linked.setRoot(Root);
    if (Error E = Linked.link())
      return fail(std::move(E));
  } else {
    auto Made = makeProgram({}, Linked);
    if (!Made)
      return fail(Made.takeError());
    Good = Made->Good;
  }
  const auto Ids = Linked.functionsNamed(ExplainName);
  const auto Declared = Linked.declaredOf(ExplainName);
  if (Ids.empty() && Declared.empty()) {
    std::string Like;
    for (const std::string &Name : Linked.namesLike(ExplainName))
      Like += (Like.empty() ? "; did you mean '" : "', '") + Name;
    return fail("no unit knows a function '" + StringRef(ExplainName) + "'" +
                Like + (Like.empty() ? "" : "'?"));
  }
  for (Program::FunctionId Id : Ids)
    explain(Linked, Id, Declared);
  if (Ids.empty())
    explainLibrary(Declared);
  return Good ? Exit::Clean : Exit::Failed;
}

} // namespace corolint
