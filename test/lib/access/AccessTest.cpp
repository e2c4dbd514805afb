//===-- AccessTest.cpp - Unit tests of the access analysis ----------------===//
//
// Part of corolint, under the Apache License v2.0 with LLVM Exceptions.
// See LICENSE for license information.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//

#include "access/Callers.h"
#include "access/Interference.h"
#include "access/StateChange.h"
#include "code/Evaluation.h"
#include "region/Contexts.h"
#include "clang/ASTMatchers/ASTMatchFinder.h"
#include "clang/ASTMatchers/ASTMatchers.h"
#include "clang/Frontend/ASTUnit.h"
#include "clang/Tooling/Tooling.h"
#include "gtest/gtest.h"

using namespace clang;
using namespace clang::ast_matchers;

namespace corolint {
namespace {

constexpr const char *Prelude = R"cpp(
namespace std {
template <typename P, typename... A> struct coroutine_traits {
  using promise_type = typename P::promise_type;
};
template <typename P = void> struct coroutine_handle {
  static coroutine_handle from_address(void *);
  operator coroutine_handle<>() const;
};
template <> struct coroutine_handle<void> {
  static coroutine_handle from_address(void *);
};
} // namespace std
struct awaiter {
  bool await_ready() noexcept;
  void await_suspend(std::coroutine_handle<>) noexcept;
  void await_resume() noexcept;
};
struct task {
  struct promise_type {
    task get_return_object();
    awaiter initial_suspend() noexcept;
    awaiter final_suspend() noexcept;
    void return_void();
    void unhandled_exception();
  };
  bool await_ready() noexcept;
  void await_suspend(std::coroutine_handle<>) noexcept;
  void await_resume() noexcept;
};
void spawn(task);
)cpp";

/// The accesses in one piece of source.
class AccessTest : public testing::Test {
protected:
  void parse(const std::string &Code) {
    Ast = tooling::buildASTFromCodeWithArgs(Prelude + Code, {"-std=c++20"});
    ASSERT_TRUE(Ast);
    ASSERT_FALSE(Ast->getDiagnostics().hasErrorOccurred());
    static const ModelTables NoModels;
    Unit = std::make_unique<Facts>(
        Ast->getASTContext(), llvm::ArrayRef<const ModelTables *>(&NoModels));
    Contexts = std::make_unique<ContextMap>(*Unit);
    Contexts->scan(/*IncludeSystemHeaders=*/false);
    Accesses = std::make_unique<AccessAnalysis>(*Unit);
  }

  const FunctionDecl &function(StringRef Name) {
    const auto *Found = selectFirst<FunctionDecl>(
        "f", match(functionDecl(hasName(Name), isDefinition()).bind("f"),
                   Ast->getASTContext()));
    EXPECT_TRUE(Found) << Name.str();
    return *Found;
  }

  /// "a.b: Write" for each access of the kind.
  std::set<std::string> changes(StringRef Function) {
    std::set<std::string> Names;
    for (const Access &Each : Accesses->summary(function(Function)))
      if (isChange(Each.Kind))
        Names.insert(Each.Path.name());
    return Names;
  }
  std::set<std::string> reads(StringRef Function) {
    std::set<std::string> Names;
    for (const Access &Each : Accesses->summary(function(Function)))
      if (Each.Kind == AccessKind::Read)
        Names.insert(Each.Path.name());
    return Names;
  }
  std::set<std::string> roots(StringRef Function) {
    Callers Graph(*Accesses, Contexts->functions());
    std::set<std::string> Names;
    for (const FunctionDecl *Root : Graph.roots(function(Function)))
      Names.insert(Root->getNameAsString());
    return Names;
  }

  using Set = std::set<std::string>;
  std::unique_ptr<ASTUnit> Ast;
  std::unique_ptr<Facts> Unit;
  std::unique_ptr<ContextMap> Contexts;
  std::unique_ptr<AccessAnalysis> Accesses;
};

TEST_F(AccessTest, MembersOfThis) {
  parse("struct S { int a, b; S *next;"
        "  void f() { a = b; ++next->a; } };");
  EXPECT_EQ(changes("f"), (Set{"a", "next->a"}));
  EXPECT_TRUE(reads("f").contains("b"));
  EXPECT_FALSE(reads("f").contains("a"));
}

TEST_F(AccessTest, ParametersAreMappedAtCalls) {
  parse("struct T { int v; }; struct S { T one, two;"
        "  void set(T &t) { t.v = 1; }"
        "  void f() { set(one); } };");
  EXPECT_EQ(changes("f"), (Set{"one.v"}));
}

TEST_F(AccessTest, ObjectsAreMappedAtCalls) {
  parse("struct T { int v; void set() { v = 1; } }; struct S { T one; T *two;"
        "  void f() { one.set(); two->set(); } };");
  EXPECT_EQ(changes("f"), (Set{"one.v", "two->v"}));
}

TEST_F(AccessTest, GlobalsAndStatics) {
  parse("int g; struct S { static int s; };"
        "void h() { g = 1; } void f() { h(); S::s = 2; }");
  EXPECT_EQ(changes("f"), (Set{"g", "s"}));
}

TEST_F(AccessTest, RecursionEnds) {
  parse("struct S { int a, b; S *next;"
        "  void f() { a = 1; g(); next->f(); } void g() { b = 1; f(); } };");
  EXPECT_TRUE(changes("f").contains("a"));
  EXPECT_TRUE(changes("f").contains("b"));
  EXPECT_TRUE(changes("g").contains("a"));
}

TEST_F(AccessTest, AccessorsLeadIntoTheObject) {
  parse("struct T { int v; int &value() { return v; } }; struct S { T one;"
        "  T &part() { return one; }"
        "  void f() { part().value() = 3; } };");
  EXPECT_EQ(changes("f"), (Set{"one.v"}));
}

TEST_F(AccessTest, ReferencesAreOtherNames) {
  parse("struct S { int a; void f() { int &r = a; r = 1; } };");
  EXPECT_EQ(changes("f"), (Set{"a"}));
}

TEST_F(AccessTest, LambdasShareThisAndCaptures) {
  parse("struct S { int a; void f() { int n = 0;"
        "  auto l = [this, &n] { a = 1; n = 2; }; l(); } };");
  EXPECT_TRUE(changes("f").contains("a"));
  EXPECT_TRUE(changes("f").contains("n"));
}

TEST_F(AccessTest, UnseenCodeIsNoChange) {
  parse("void unseen(int &); struct S { int a; void f() { unseen(a); } };");
  EXPECT_EQ(changes("f"), Set());
}

TEST_F(AccessTest, OneChainHasOneRoot) {
  parse("class S { task step() { co_await task(); }"
        "  public: task run() { co_await step(); } };");
  EXPECT_EQ(roots("step"), (Set{"run"}));
  EXPECT_EQ(roots("run"), (Set{"run"}));
}

TEST_F(AccessTest, StartedCoroutinesAreRoots) {
  parse("class S { task a() { co_await task(); } task b() { co_await task(); }"
        "  public: void start() { spawn(a()); spawn(b()); } };");
  EXPECT_EQ(roots("a"), (Set{"a"}));
  EXPECT_EQ(roots("b"), (Set{"b"}));
}

TEST_F(AccessTest, WhoMakesAnObjectIsNoRoot) {
  parse("class S { void clear() {} public: S() { clear(); } ~S() { clear(); } "
        "};");
  EXPECT_EQ(roots("clear"), Set());
}

TEST_F(AccessTest, AwaitedVariablesAreWaitedFor) {
  parse("task part() { co_await task(); }"
        "task whole() { auto t = part(); co_await t; }");
  EXPECT_EQ(roots("part"), (Set{"whole"}));
}

TEST_F(AccessTest, CallbacksAreRoots) {
  parse("template <typename F> void post(F f);"
        "class S { int a; public: void f() { post([this] { a = 1; }); } };");
  Callers Graph(*Accesses, Contexts->functions());
  for (const FunctionDecl *Function : Contexts->functions())
    if (isa<CXXMethodDecl>(Function) &&
        cast<CXXMethodDecl>(Function)->getParent()->isLambda())
      EXPECT_TRUE(
          Graph.roots(*Function).contains(Function->getCanonicalDecl()));
}

TEST_F(AccessTest, WhoReplacesAnObjectIsNoRoot) {
  parse("class S { void clear() {} public: S &operator=(const S &) { clear(); "
        "return *this; } S &operator=(int) { clear(); return *this; } };");
  EXPECT_EQ(roots("clear"), (Set{"operator="}));
  parse("class S { void clear() {} public:"
        " S &operator=(const S &) { clear(); return *this; }"
        " void reset() { *this = S(); } };");
  EXPECT_EQ(roots("clear"), (Set{"reset"}));
  parse("class S { void clear() {} public:"
        " S &operator=(const S &) { clear(); return *this; } };");
  EXPECT_EQ(roots("clear"), Set());
}

TEST_F(AccessTest, CountingUpIsTold) {
  parse("struct S { int a, b; void f() { ++a; a += 2; }"
        "  void g() { --b; b -= 2; b *= 2; } };");
  for (const Access &Each : Accesses->summary(function("f")))
    EXPECT_TRUE(Each.Kind != AccessKind::Change || Each.Adds);
  for (const Access &Each : Accesses->summary(function("g")))
    EXPECT_FALSE(Each.Adds);
}

TEST_F(AccessTest, ConditionsTestState) {
  parse("struct S { int a, b; void f() { if (a > 1) b = 2; }"
        "  int g() { return b ? 1 : a; } void h() { a = b; } };");
  auto Tests = [&](StringRef Function, StringRef Field) {
    const auto *Found = selectFirst<FieldDecl>(
        "f", match(fieldDecl(hasName(Field)).bind("f"), Ast->getASTContext()));
    return testsState(function(Function), *Found);
  };
  EXPECT_TRUE(Tests("f", "a"));
  EXPECT_FALSE(Tests("f", "b"));
  EXPECT_TRUE(Tests("g", "b"));
  EXPECT_FALSE(Tests("g", "a"));
  EXPECT_FALSE(Tests("h", "a"));
}

TEST(StateChange, ClassesAreNumbered) {
  for (const std::optional<int64_t> Avoided :
       {std::optional<int64_t>(), std::optional<int64_t>(1)})
    for (unsigned I = 0; I != StateChange::NumClasses; ++I) {
      const StateChange Change = StateChange::ofClass(I, Avoided);
      EXPECT_EQ(Change.classNumber(), I);
      EXPECT_TRUE(isChange(Change.Kind));
      EXPECT_TRUE(!Change.Constant || Change.Constant != Avoided);
    }
}

} // namespace
} // namespace corolint
