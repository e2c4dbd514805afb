//===-- LibraryDraft.cpp - Drafts a model from headers --------------------===//
//
// Part of corolint, under the Apache License v2.0 with LLVM Exceptions.
// See LICENSE for license information.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//

#include "LibraryDraft.h"
#include "Analysis.h"
#include "Command.h"
#include "SourceFinding.h"
#include "code/Members.h"
#include "program/Shard.h"
#include "clang/AST/ASTConsumer.h"
#include "clang/AST/DeclTemplate.h"
#include "clang/Basic/SourceManager.h"
#include "clang/Frontend/CompilerInstance.h"
#include "clang/Frontend/FrontendAction.h"
#include "clang/Tooling/Tooling.h"
#include "llvm/Support/FileSystem.h"
#include "llvm/Support/Path.h"
#include <map>
#include <set>
#include <unistd.h>

using namespace clang;
using namespace llvm;

namespace corolint {

namespace {

/// The entries drafted so far. Overloads share one entry; the first one counts.
struct Draft {
  struct Entry {
    std::string Comment;
    std::string Text; ///< Below `names`; empty: undecided.
  };
  std::map<std::string, Entry> Effects;
  std::map<std::pair<std::string, unsigned>, Entry> Callables;
  std::map<std::string, std::string> Guards;     ///< Comments.
  std::map<std::string, std::string> GuardsLike; ///< Undecided.
  std::set<std::string> Done;                    ///< Headers, absolute.
};

/// The name of \p D in a model: qualified, without template arguments.
std::string modelName(const NamedDecl &D) {
  return withoutTemplateArguments(D.getQualifiedNameAsString());
}

/// Whether \p D is in a namespace that is internal to a library.
bool isInternal(const Decl &D) {
  for (const DeclContext *Scope = D.getDeclContext(); Scope;
       Scope = Scope->getParent()) {
    const auto *Namespace = dyn_cast<NamespaceDecl>(Scope);
    if (Namespace && is_contained({"detail", "details", "impl", "internal"},
                                  Namespace->getName()))
      return true;
  }
  return D.isInAnonymousNamespace() || D.getParentFunctionOrMethod();
}

/// Whether users of the library can call \p Function by its name.
bool isInterface(const FunctionDecl &Function) {
  if (Function.getAccess() == AS_private || Function.isImplicit() ||
      Function.isDeleted() || isInternal(Function))
    return false;
  const auto *Method = dyn_cast<CXXMethodDecl>(&Function);
  if (Method && Method->getParent()->isLambda())
    return false;
  const auto *Constructor = dyn_cast<CXXConstructorDecl>(&Function);
  if (Constructor)
    return !Constructor->isCopyOrMoveConstructor();
  if (isa<CXXDestructorDecl>(Function))
    return true;
  // The compiler calls the functions of an awaiter.
  return Function.getIdentifier() && !Function.getName().starts_with("await_");
}

/// Whether users of the library can name objects of \p Class.
bool isInterface(const CXXRecordDecl &Class) {
  return Class.isThisDeclarationADefinition() && Class.getIdentifier() &&
         Class.getAccess() != AS_private && !isInternal(Class);
}

/// Whether a value of \p Type may be an arbitrary callable: a pointer to a
/// function, a class with a call operator, or a template over a function type.
/// A trivially copyable class is assumed to be a handle.
bool holdsCallable(QualType Type) {
  Type = Type.getNonReferenceType();
  if (Type->isFunctionPointerType() || Type->isFunctionType())
    return true;
  const CXXRecordDecl *Class = Type->getAsCXXRecordDecl();
  const auto *Instance =
      dyn_cast_or_null<ClassTemplateSpecializationDecl>(Class);
  if (Instance && Instance->getTemplateArgs().size() == 1 &&
      Instance->getTemplateArgs()[0].getKind() == TemplateArgument::Type &&
      Instance->getTemplateArgs()[0].getAsType()->isFunctionType())
    return true;
  return Class && Class->hasDefinition() && !Class->isTriviallyCopyable() &&
         !operatorsOf(*Class, OO_Call).empty();
}

/// Drafts the entries for one header.
class HeaderDrafter {
public:
  HeaderDrafter(ASTContext &Context, StringRef Directory, Draft &Into)
      : Context(Context), Sources(Context.getSourceManager()),
        Directory(Directory), Into(Into),
        Analysed(Context, &builtinModels(), AnalysisOptions()) {}

  void run() {
    for (auto It = Sources.fileinfo_begin(); It != Sources.fileinfo_end(); ++It)
      Into.Done.insert(absolutePath(It->first.getName()));
    for (const FunctionDecl *Function : Analysed.contexts().functions())
      if (isOurs(*Function) && isInterface(*Function))
        addEffect(*Function);
    visitDeclarations();
  }

private:
  /// Visits the members of namespaces and classes, at any depth.
  void visitDeclarations() {
    SmallVector<const DeclContext *, 16> Scopes{
        Context.getTranslationUnitDecl()};
    while (!Scopes.empty())
      for (const Decl *D : Scopes.pop_back_val()->decls()) {
        if (const auto *Template = dyn_cast<TemplateDecl>(D))
          D = Template->getTemplatedDecl();
        if (const auto *Function = dyn_cast_or_null<FunctionDecl>(D)) {
          if (isOurs(*Function) && isInterface(*Function))
            addCallables(*Function);
          continue;
        }
        if (const auto *Class = dyn_cast_or_null<CXXRecordDecl>(D))
          if (isOurs(*Class) && isInterface(*Class))
            addGuard(*Class);
        if (isa_and_nonnull<NamespaceDecl, LinkageSpecDecl, CXXRecordDecl>(D))
          Scopes.push_back(cast<DeclContext>(D));
      }
  }

  /// Whether a header of the library declares \p D.
  bool isOurs(const Decl &D) const {
    const PresumedLoc Place = Sources.getPresumedLoc(
        Sources.getExpansionLoc(D.getLocation()), /*UseLineDirectives=*/false);
    return Place.isValid() && StringRef(absolutePath(Place.getFilename()))
                                  .starts_with(Directory + "/");
  }

  /// The place relative to the directory of the library.
  std::string placeOf(SourceLocation Where) const {
    const PresumedLoc Place = Sources.getPresumedLoc(
        Sources.getExpansionLoc(Where), /*UseLineDirectives=*/false);
    if (Place.isInvalid())
      return "?";
    const std::string Path = absolutePath(Place.getFilename());
    StringRef Short = Path;
    Short.consume_front(Directory + "/");
    return (Short + ":" + Twine(Place.getLine())).str();
  }

  /// Drafts a guard of thread locks. Other destructors that unlock may belong
  /// to locks of coroutines, so the user must decide.
  void addGuard(const CXXRecordDecl &Class) {
    const std::string Comment =
        placeOf(Class.getLocation()) + ": its destructor unlocks";
    if (const GuardClass *Guard = Analysed.guards().of(Class);
        Guard && Guard->IsLock && Guard->Parts.empty()) {
      Into.Guards.try_emplace(modelName(Class), Comment);
      return;
    }
    const CXXDestructorDecl *Destructor = Class.getDestructor();
    const FunctionDecl *Definition =
        Destructor ? definitionOf(*Destructor) : nullptr;
    if (!Definition || Definition->isDefaulted())
      return;
    for (const Site &S : Analysed.facts().Bodies.of(*Definition).Sites)
      if (S.Callee && S.Callee->getIdentifier() &&
          S.Callee->getName().starts_with_insensitive("unlock"))
        Into.GuardsLike.try_emplace(modelName(Class), Comment);
  }

  /// Drafts the worst effect of the function's body: sync waits first, then
  /// blocking. Locks and output are left out, as the checks leave them out.
  void addEffect(const FunctionDecl &Function) {
    const Body &Walked = Analysed.facts().Bodies.of(Function);
    if (Walked.IsCoroutine)
      return;
    Analysed.inference().explore(&Function);
    const EffectSet Quiet = bit(BlockKind::Lock) | bit(BlockKind::Output) |
                            bit(BlockKind::Cpu) | bit(BlockKind::Other);
    for (EffectSet Wanted : {SyncWaits, AnyBlocking & ~Quiet, Yields})
      for (unsigned I = 0; I < Walked.Sites.size(); ++I)
        if (EffectSet Found =
                Analysed.inference().effectsAt(Function, I) & Wanted) {
          addEffect(Function, Found, Walked.Sites[I]);
          return;
        }
  }

  void addEffect(const FunctionDecl &Function, EffectSet Found,
                 const Site &Because) {
    std::string Text = "    effect: yields\n";
    if (Found & SyncWaits)
      Text = "    effect: sync-waits\n";
    else if (Found & AnyBlocking)
      for (unsigned Kind = NumBlockKinds; Kind-- > 0;)
        if (Found & bit(BlockKind(Kind)))
          Text = ("    effect: blocks\n    kind: " + spelling(BlockKind(Kind)) +
                  "\n")
                     .str();
    Into.Effects.try_emplace(
        modelName(Function),
        Draft::Entry{
            placeOf(Function.getLocation()) + ": " + describeSite(Because) +
                " in line " +
                std::to_string(Sources.getExpansionLineNumber(Because.Where)),
            Text});
  }

  /// Drafts the parameters that are callables. Those that the body calls run in
  /// the caller; for the others the user must decide where they run.
  void addCallables(const FunctionDecl &Function) {
    const FunctionDecl *Definition = definitionOf(Function);
    const uint64_t Called =
        Definition ? Analysed.inference().invokedParameters(*Definition) : 0;
    for (unsigned I = 0; I < Function.getNumParams() && I < 64; ++I) {
      const ParmVarDecl &Param = *Function.getParamDecl(I);
      const bool IsCalled = Called >> I & 1;
      if (!IsCalled && !holdsCallable(Param.getType()))
        continue;
      Draft::Entry Entry;
      Entry.Comment = placeOf(Param.getLocation()) + ": '" +
                      Param.getNameAsString() + "'" +
                      (IsCalled ? " is called here" : " is a callable");
      if (IsCalled)
        Entry.Text = "    runs: caller\n";
      auto [It, Inserted] =
          Into.Callables.try_emplace({modelName(Function), I}, Entry);
      if (!Inserted && It->second.Text.empty())
        It->second = Entry;
    }
  }

  ASTContext &Context;
  SourceManager &Sources;
  std::string Directory;
  Draft &Into;
  Analysis Analysed;
};

class DraftConsumer : public ASTConsumer {
public:
  DraftConsumer(StringRef Directory, Draft &Into)
      : Directory(Directory), Into(Into) {}
  void HandleTranslationUnit(ASTContext &Context) override {
    HeaderDrafter(Context, Directory, Into).run();
  }

private:
  std::string Directory;
  Draft &Into;
};

class DraftAction : public ASTFrontendAction {
public:
  DraftAction(StringRef Directory, Draft &Into)
      : Directory(Directory), Into(Into) {}
  std::unique_ptr<ASTConsumer> CreateASTConsumer(CompilerInstance &,
                                                 StringRef) override {
    return std::make_unique<DraftConsumer>(Directory, Into);
  }

private:
  std::string Directory;
  Draft &Into;
};

Expected<std::vector<std::string>> headersBelow(const std::string &Directory) {
  if (!sys::fs::is_directory(Directory))
    return makeError("--library: there is no directory '" + Directory + "'");
  std::vector<std::string> Headers;
  std::error_code EC;
  for (sys::fs::recursive_directory_iterator It(Directory, EC), End;
       It != End && !EC; It.increment(EC))
    if (is_contained({".h", ".hh", ".hpp", ".hxx", ".h++"},
                     sys::path::extension(It->path())))
      Headers.push_back(It->path());
  if (Headers.empty())
    return makeError("--library: '" + Directory +
                     "' has no header (.h, .hh, .hpp, .hxx or .h++)");
  llvm::sort(Headers);
  return Headers;
}

/// Parses \p Header and drafts its entries. Returns false after a compiler
/// error.
bool draftHeader(const std::string &Header, const std::string &Directory,
                 ArrayRef<std::string> Flags, Draft &Into) {
  std::vector<std::string> Command{"clang++",
                                   "-x",
                                   "c++",
                                   "-std=c++20",
                                   "-I" + Directory,
                                   "-I" +
                                       sys::path::parent_path(Directory).str()};
  append_range(Command, Flags);
  Command.push_back(Header);
  auto Job = makeJob({Directory, Header, Command, ""}, Directory, "");
  if (!Job) {
    consumeError(Job.takeError());
    return false;
  }
  DiagnosticConsumer Counted; // Counts and prints nothing.
  IntrusiveRefCntPtr<FileManager> Files(new FileManager(FileSystemOptions()));
  tooling::ToolInvocation Invocation(
      Job->Command, std::make_unique<DraftAction>(Directory, Into),
      Files.get());
  Invocation.setDiagnosticConsumer(&Counted);
  return Invocation.run() && Counted.getNumErrors() == 0;
}

std::string textOf(const Draft &Made, StringRef Directory) {
  std::string Text;
  raw_string_ostream Out(Text);
  Out << "# Drafted by 'corolint init --library' from " << Directory << ".\n"
      << "# Each entry names the place that it came from. Check them, and "
         "remove those that are\n"
         "# not part of the interface. docs/models.md describes the format.\n"
      << "library: \"" << sys::path::filename(Directory) << "\"\n";
  if (!Made.Effects.empty())
    Out << "\neffects:\n";
  for (const auto &[Name, Entry] : Made.Effects)
    Out << "  # " << Entry.Comment << "\n  - names: [\"" << Name << "\"]\n"
        << Entry.Text;
  // Undecided entries follow the list as comments, because a list must not be
  // empty.
  std::string Open;
  raw_string_ostream Later(Open);
  bool First = true;
  for (const auto &[Key, Entry] : Made.Callables) {
    const bool Decided = !Entry.Text.empty();
    if (Decided && std::exchange(First, false))
      Out << "\ncallables:\n";
    (Decided ? Out : Later)
        << "  # " << Entry.Comment << '\n'
        << (Decided ? "  " : "  # ") << "- functions: [\"" << Key.first
        << "\"]\n"
        << (Decided ? "  " : "  # ") << "  argument: " << Key.second << '\n'
        << (Decided ? Entry.Text : "  #   runs:\n");
  }
  if (!Open.empty())
    Out << "\n# Callables that the library keeps, or calls where no header "
           "shows it. Where do they\n# run: event-loop, allow-blocking, pool, "
           "fiber, no-yield or caller?\n# callables:\n"
        << Open;
  if (!Made.Guards.empty())
    Out << "\nguards:\n";
  for (const auto &[Name, Comment] : Made.Guards)
    Out << "  # " << Comment << "\n  - classes: [\"" << Name
        << "\"]\n    role: lock\n";
  if (!Made.GuardsLike.empty())
    Out << "\n# Guards of what no header shows: role lock, async-lock or "
           "hold?\n# guards:\n";
  for (const auto &[Name, Comment] : Made.GuardsLike)
    Out << "  # " << Comment << "\n  # - classes: [\"" << Name
        << "\"]\n  #   role:\n";
  return Text;
}

} // namespace

Expected<std::string> draftModel(StringRef Directory,
                                 ArrayRef<std::string> Flags) {
  const std::string Whole = absolutePath(Directory);
  auto Headers = headersBelow(Whole);
  if (!Headers)
    return Headers.takeError();
  Draft Made;
  for (const std::string &Header : *Headers)
    if (!Made.Done.contains(Header) && !draftHeader(Header, Whole, Flags, Made))
      errs() << "corolint: note: '" << Header
             << "' does not compile by itself; name its flags after '--'\n";
  return textOf(Made, Whole);
}

} // namespace corolint
