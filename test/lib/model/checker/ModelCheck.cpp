//===-- ModelCheck.cpp - Compares model files with real headers -----------===//
//
// Part of corolint, under the Apache License v2.0 with LLVM Exceptions.
// See LICENSE for license information.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//
//
// corolint-model-check --model=FILE [--within=NAMESPACE] SOURCE -- FLAGS
//
// SOURCE includes the headers of the library that FILE describes. Each name in
// FILE must be declared there, with enough parameters for the conditions, and
// flags must have the values that FILE gives. Reports every name that is not,
// and then fails.
//
//===----------------------------------------------------------------------===//

#include "DeclaredNames.h"
#include "model/ModelFields.h"
#include "model/ModelFile.h"
#include "clang/AST/ASTConsumer.h"
#include "clang/AST/ASTContext.h"
#include "clang/AST/DeclCXX.h"
#include "clang/AST/DeclTemplate.h"
#include "clang/Frontend/CompilerInstance.h"
#include "clang/Frontend/FrontendAction.h"
#include "clang/Tooling/CommonOptionsParser.h"
#include "clang/Tooling/Tooling.h"
#include "llvm/ADT/StringExtras.h"
#include "llvm/ADT/StringSet.h"
#include "llvm/Support/CommandLine.h"
#include "llvm/Support/MemoryBuffer.h"
#include "llvm/Support/Path.h"
#include "llvm/Support/raw_ostream.h"

using namespace clang;
using namespace corolint;

namespace {

llvm::cl::OptionCategory Category("corolint-model-check options");
llvm::cl::opt<std::string> ModelPath("model", llvm::cl::Required,
                                     llvm::cl::desc("the model file"),
                                     llvm::cl::cat(Category));
llvm::cl::opt<std::string>
    Within("within", llvm::cl::desc("check only the names in this namespace"),
           llvm::cl::cat(Category));

/// The prefix of the constants that hold the values of macros.
constexpr llvm::StringLiteral ValuePrefix = "corolint_value_of_";

//===----------------------------------------------------------------------===//
// Entries
//===----------------------------------------------------------------------===//

/// The errors in one model file.
class Report {
public:
  explicit Report(StringRef Text) : Text(Text) {}

  void add(StringRef Name, const Twine &Problem) {
    std::string Line = (llvm::sys::path::filename(ModelPath) + ":" +
                        Twine(lineOf(Name)) + ": '" + Name + "' " + Problem)
                           .str();
    if (!Lines.insert(Line).second)
      return;
    ++Problems;
    llvm::outs() << Line << '\n';
  }

  unsigned Problems = 0;

private:
  /// The first line that contains \p Name, or its last components if the file
  /// uses another namespace.
  unsigned lineOf(StringRef Name) const {
    size_t At = Text.find(Name);
    while (At == StringRef::npos && Name.contains("::")) {
      Name = Name.split("::").second;
      At = Text.find(Name);
    }
    return At == StringRef::npos ? 1 : Text.take_front(At).count('\n') + 1;
  }

  StringRef Text;
  llvm::StringSet<> Lines;
};

class Comparison {
public:
  Comparison(ASTContext &Context, Report &Problems)
      : Known(Context), Problems(Problems) {}

  void compare(const ModelTables &Tables);

  unsigned Compared = 0;

private:
  /// Patterns do not name a particular declaration.
  bool isWanted(StringRef Name) const {
    return !Name.contains('*') &&
           (Within.empty() || Name.starts_with(Within + "::"));
  }

  Declarations callable(StringRef Name);
  Declarations function(StringRef Name);
  Contexts classNamed(StringRef Name);
  void type(StringRef Name);
  void constant(const Condition &Test);
  void condition(const Condition &Test, StringRef Function,
                 const Declarations &Overloads);
  void conditions(ArrayRef<Condition> Tests, StringRef Function,
                  const Declarations &Overloads);
  void argument(int Position, StringRef Function,
                const Declarations &Overloads);
  void method(StringRef Class, StringRef Name);
#define COROLINT_MODEL_TABLE(Type, Name, Key) void compare(const Type &Model);
#include "model/ModelTables.def"
  void compareNames(ArrayRef<StringRef> List);
  Declarations classOrFunction(StringRef Name);
  void missing(StringRef Name, StringRef What);

  Names Known;
  Report &Problems;
};

void Comparison::missing(StringRef Name, StringRef What) {
  std::string Target = Known.aliased(Name);
  auto [Scope, Last] = splitLast(Name);
  if (Target.empty() && !Scope.empty())
    if (std::string Class = Known.aliased(Scope); !Class.empty())
      Target = Class + "::" + Last.str();
  if (Target.empty())
    Problems.add(Name, "is no " + What + " of the included headers");
  else
    Problems.add(Name, "is an alias; write '" + Target + "'");
}

/// The functions of this name. A function object has its class's call
/// operators.
Declarations Comparison::callable(StringRef Name) {
  Declarations Found = Known.functions(Name);
  for (const NamedDecl *Object : Known.variables(Name))
    if (const CXXRecordDecl *Class = recordOf(cast<VarDecl>(Object)->getType()))
      llvm::append_range(
          Found,
          Known.functions(Class->getQualifiedNameAsString() + "::operator()"));
  return Found;
}

Declarations Comparison::function(StringRef Name) {
  ++Compared;
  Declarations Found = callable(Name);
  if (Found.empty())
    missing(Name, "function");
  return Found;
}

Contexts Comparison::classNamed(StringRef Name) {
  ++Compared;
  Contexts Found = Known.classes(Name);
  if (Found.empty())
    missing(Name, "class");
  return Found;
}

void Comparison::type(StringRef Name) {
  if (Known.classes(Name).empty() && !Known.isEnum(Name))
    missing(Name, "class or enumeration");
}

void Comparison::constant(const Condition &Test) {
  std::string Macro = (ValuePrefix + Test.Name).str();
  auto Value = Known.constant(Test.Name);
  if (!Value)
    Value = Known.constant(Macro);
  if (!Value)
    return missing(Test.Name, "macro or enumerator");
  // A test of `errno` needs no value. Flags do, and the schema requires it.
  bool Given = Test.Kind != Condition::Test::FunctionTests || Test.Value;
  if (Given && Value->getExtValue() != Test.Value)
    Problems.add(Test.Name, "is " + Twine(Value->getExtValue()) + ", not " +
                                Twine(Test.Value));
}

void Comparison::argument(int Position, StringRef Function,
                          const Declarations &Overloads) {
  if (Position == Condition::Object) {
    if (none_of(Overloads, [](const NamedDecl *D) {
          const auto *Method = dyn_cast<CXXMethodDecl>(asFunction(D));
          return Method && Method->isInstance();
        }))
      Problems.add(Function, "is no method, so a call has no object");
    return;
  }
  if (Position < 0 || Overloads.empty())
    return;
  if (none_of(Overloads, [&](const NamedDecl *D) {
        const FunctionDecl *Overload = asFunction(D);
        return Overload->getNumParams() > unsigned(Position) ||
               Overload->isVariadic() ||
               any_of(Overload->parameters(), [](const ParmVarDecl *P) {
                 return P->isParameterPack();
               });
      }))
    Problems.add(Function, "has no argument " + Twine(Position));
}

void Comparison::condition(const Condition &Test, StringRef Function,
                           const Declarations &Overloads) {
  using Kind = Condition::Test;
  bool OnArgument =
      Test.Kind != Kind::Count && Test.Kind != Kind::FunctionTests;
  if (OnArgument && !Overloads.empty())
    argument(Test.Argument, Function, Overloads);
  switch (Test.Kind) {
  case Kind::HasFlag:
  case Kind::Equals:
  case Kind::FunctionTests:
    return constant(Test);
  case Kind::HasType:
    return type(Test.Name);
  case Kind::RefersTo:
    if (Known.variables(Test.Name).empty())
      missing(Test.Name, "variable");
    return;
  case Kind::ObjectCalled:
    if (Test.Argument == Condition::Object)
      method(splitLast(Function).first, Test.Name);
    return;
  default:
    return;
  }
}

void Comparison::conditions(ArrayRef<Condition> Tests, StringRef Function,
                            const Declarations &Overloads) {
  for (const Condition &Test : Tests)
    condition(Test, Function, Overloads);
}

void Comparison::method(StringRef Class, StringRef Name) {
  // Every class has one, possibly implicit.
  if (Name == "operator=")
    return;
  std::string Qualified = (Class + "::" + Name).str();
  if (Known.functions(Qualified).empty())
    missing(Qualified, "method");
}

void Comparison::compare(const FunctionModel &Model) {
  Declarations Found = function(Model.Name);
  if (Found.empty())
    return;
  if (Model.IsC && none_of(Found, [](const NamedDecl *D) {
        return asFunction(D)->isExternC();
      }))
    Problems.add(Model.Name, "has no C linkage; the file says 'language: c'");
  conditions(Model.OnlyIf, Model.Name, Found);
  conditions(Model.Unless, Model.Name, Found);
  if (!Model.ReplacementIn.empty())
    classNamed(Model.ReplacementIn);
  StringRef Needs = Model.ReplacementNeeds;
  if (!Needs.empty() && Known.variables(Needs).empty() &&
      Known.functions(Needs).empty() && Known.classes(Needs).empty())
    missing(Needs, "declaration");
}

void Comparison::compare(const GuardModel &Model) {
  if (classNamed(Model.Class).empty())
    return;
  for (const ConstructorModel &Constructor : Model.Constructors)
    if (!Constructor.ArgumentType.empty())
      type(Constructor.ArgumentType);
  for (const MethodModel &M : Model.Methods)
    method(Model.Class, M.Method);
  for (StringRef Function : Model.AcquiredBy)
    function(Function);
}

void Comparison::compare(const CallableModel &Model) {
  Declarations Found = function(Model.Function);
  argument(Model.Argument == CallableModel::AnyArgument ? 0 : Model.Argument,
           Model.Function, Found);
  argument(Model.Executor, Model.Function, Found);
  conditions(Model.Unless, Model.Function, Found);
}

void Comparison::compare(const ContextModel &Model) {
  if (Model.By == ContextBy::Override) {
    function(Model.Name);
  } else if (Model.By == ContextBy::Member) {
    ++Compared;
    if (Known.fields(Model.Name).empty())
      missing(Model.Name, "data member");
  } else {
    classNamed(Model.Name);
  }
}

void Comparison::compare(const ExecutorModel &Model) {
  classNamed(Model.Class);
}

void Comparison::compare(const ResumeModel &Model) {
  Declarations Found = classOrFunction(Model.Name);
  argument(Model.Executor, Model.Name, Found);
  conditions(Model.OnlyIf, Model.Name, Found);
  conditions(Model.Unless, Model.Name, Found);
}

void Comparison::compare(const BindModel &Model) {
  Declarations Found = function(Model.Function);
  argument(Model.Argument == CallableModel::AnyArgument ? 0 : Model.Argument,
           Model.Function, Found);
  argument(Model.Executor, Model.Function, Found);
}

void Comparison::compare(const LockFunctionModel &Model) {
  argument(Model.Argument, Model.Function, function(Model.Function));
}

void Comparison::compare(const WrapperModel &Model) {
  if (classNamed(Model.Class).empty())
    return;
  for (const MethodModel &M : Model.Methods)
    method(Model.Class, M.Method);
  for (StringRef Factory : Model.Factories)
    function(Factory);
}

/// For a free function, `Class` is the namespace.
void Comparison::compare(const ReadinessModel &Model) {
  ++Compared;
  method(Model.Class, Model.Method);
  if (!Model.Ready.empty() && !Known.constant(Model.Ready))
    missing(Model.Ready, "enumerator");
  if (!Model.Source.empty())
    method(Model.Class, Model.Source);
}

void Comparison::compare(const TaskModel &Model) {
  if (classNamed(Model.Class).empty())
    return;
  for (const TaskMethod &M : Model.Methods)
    method(Model.Class, M.Method);
  if (!Model.WhenAll.empty())
    function(Model.WhenAll);
}

void Comparison::compare(const TaskFunctionModel &Model) {
  function(Model.Function);
}

void Comparison::compare(const KeepAliveModel &Model) {
  argument(Model.Argument == CallableModel::AnyArgument ? 0 : Model.Argument,
           Model.Function, function(Model.Function));
}

void Comparison::compare(const DescriptorModel &Model) {
  Declarations Found = function(Model.Function);
  argument(Model.Argument, Model.Function, Found);
  conditions(Model.OnlyIf, Model.Function, Found);
  conditions(Model.Unless, Model.Function, Found);
}

void Comparison::compare(const WouldBlockModel &Model) {
  ++Compared;
  Condition Test{Condition::Test::FunctionTests};
  Test.Name = Model.Name;
  Test.Value = Model.Value;
  constant(Test);
}

void Comparison::compare(const ContainerModel &Model) {
  if (classNamed(Model.Class).empty())
    return;
  for (const ContainerMethod &M : Model.Methods)
    method(Model.Class, M.Method);
}

void Comparison::compare(const PredicateWaitModel &Model) {
  argument(Model.Predicate, Model.Function, function(Model.Function));
}

Declarations Comparison::classOrFunction(StringRef Name) {
  ++Compared;
  Declarations Found = callable(Name);
  if (Found.empty() && Known.classes(Name).empty())
    missing(Name, "class or function");
  return Found;
}

/// Lists contain names of classes, functions and namespaces.
void Comparison::compareNames(ArrayRef<StringRef> List) {
  for (StringRef Name : List) {
    if (!isWanted(Name))
      continue;
    if (Known.scopes(Name).empty())
      classOrFunction(Name);
    else
      ++Compared;
  }
}

void Comparison::compare(const ModelTables &Tables) {
#define COROLINT_MODEL_TABLE(Type, Name, Key)                                  \
  for (const Type &Model : Tables.Name)                                        \
    if (isWanted(nameOf(Model)))                                               \
      compare(Model);
  // Words of names are not names that a header could declare.
#define COROLINT_MODEL_NAMES(Name, Key)                                        \
  if (StringRef(Key) != "log-words")                                           \
    compareNames(Tables.Name);
#include "model/ModelTables.def"
}

//===----------------------------------------------------------------------===//
// The run
//===----------------------------------------------------------------------===//

/// Source code that assigns each macro of the conditions to a constant.
std::string macroValues(const ModelTables &Tables) {
  std::string Source = "\n";
  llvm::StringSet<> Done;
  auto AddName = [&](StringRef Name) {
    if (Name.contains("::") || !Done.insert(Name).second)
      return;
    Source += ("#ifdef " + Name + "\nconstexpr long long " + ValuePrefix +
               Name + " = static_cast<long long>(" + Name + ");\n#endif\n")
                  .str();
  };
  auto Add = [&](ArrayRef<Condition> Conditions) {
    for (const Condition &C : Conditions) {
      using Kind = Condition::Test;
      if (C.Kind != Kind::HasFlag && C.Kind != Kind::Equals &&
          C.Kind != Kind::FunctionTests)
        continue;
      AddName(C.Name);
    }
  };
  auto AddAll = [&](const auto &Entry) {
    visitFields(Entry, [&](const auto &Field) {
      if constexpr (std::is_same_v<std::decay_t<decltype(Field)>,
                                   ArrayRef<Condition>>)
        Add(Field);
    });
  };
#define COROLINT_MODEL_TABLE(Type, Name, Key)                                  \
  for (const Type &Model : Tables.Name)                                        \
    AddAll(Model);
#include "model/ModelTables.def"
  for (const WouldBlockModel &Model : Tables.WouldBlock)
    AddName(Model.Name);
  return Source;
}

class Consumer : public ASTConsumer {
public:
  Consumer(const ModelFile &Model, Report &Problems)
      : Model(Model), Problems(Problems) {}

  void HandleTranslationUnit(ASTContext &Context) override {
    if (Context.getDiagnostics().hasErrorOccurred())
      return;
    Comparison Entries(Context, Problems);
    Entries.compare(Model.tables());
    if (!Problems.Problems)
      llvm::outs() << llvm::sys::path::filename(ModelPath) << ": "
                   << Entries.Compared << " names are declared\n";
  }

private:
  const ModelFile &Model;
  Report &Problems;
};

class Action : public ASTFrontendAction {
public:
  Action(const ModelFile &Model, Report &Problems)
      : Model(Model), Problems(Problems) {}

  std::unique_ptr<ASTConsumer> CreateASTConsumer(CompilerInstance &,
                                                 StringRef) override {
    return std::make_unique<Consumer>(Model, Problems);
  }

private:
  const ModelFile &Model;
  Report &Problems;
};

class Factory : public tooling::FrontendActionFactory {
public:
  Factory(const ModelFile &Model, Report &Problems)
      : Model(Model), Problems(Problems) {}

  std::unique_ptr<FrontendAction> create() override {
    return std::make_unique<Action>(Model, Problems);
  }

private:
  const ModelFile &Model;
  Report &Problems;
};

int fail(const Twine &Message) {
  llvm::errs() << "corolint-model-check: " << Message << '\n';
  return 2;
}

} // namespace

int main(int Argc, const char **Argv) {
  auto Options = tooling::CommonOptionsParser::create(Argc, Argv, Category);
  if (!Options)
    return fail(llvm::toString(Options.takeError()));
  auto Model = ModelFile::load(ModelPath);
  if (!Model) {
    llvm::errs() << llvm::toString(Model.takeError()) << '\n';
    return 1;
  }
  if (Options->getSourcePathList().size() != 1)
    return fail("give one source file");

  auto ModelText = llvm::MemoryBuffer::getFile(ModelPath);
  std::string Source =
      tooling::getAbsolutePath(Options->getSourcePathList().front());
  auto SourceText = llvm::MemoryBuffer::getFile(Source);
  if (!ModelText || !SourceText)
    return fail("cannot read '" + Source + "'");

  std::string Extended =
      (*SourceText)->getBuffer().str() + macroValues((*Model)->tables());
  tooling::ClangTool Tool(Options->getCompilations(), Source);
  Tool.mapVirtualFile(Source, Extended);
  Tool.appendArgumentsAdjuster(
      tooling::getInsertArgumentAdjuster("-resource-dir=" COROLINT_RESOURCE_DIR,
                                         tooling::ArgumentInsertPosition::END));

  Report Problems((*ModelText)->getBuffer());
  Factory Actions(**Model, Problems);
  if (Tool.run(&Actions))
    return fail("'" + Source + "' does not compile");
  return Problems.Problems ? 1 : 0;
}
