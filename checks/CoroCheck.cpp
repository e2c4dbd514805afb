//===-- CoroCheck.cpp - What the checks have in common --------------------===//
//
// Part of corolint, under the Apache License v2.0 with LLVM Exceptions.
// See LICENSE for license information.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//

#include "CoroCheck.h"
#include "report/Messages.h"
#include "clang/ASTMatchers/ASTMatchers.h"
#include "clang/Lex/Lexer.h"
#include "llvm/ADT/StringExtras.h"

using namespace clang;
using namespace clang::ast_matchers;

namespace corolint {

namespace {

/// Matches once per AST: clang-tidy's begins at the translation unit, clangd's
/// at the first declaration of the main file.
AST_MATCHER(Decl, beginsTraversal) {
  std::vector<Decl *> Scope = Finder->getASTContext().getTraversalScope();
  return !Scope.empty() && Scope.front() == &Node;
}

bool isLambda(const FunctionDecl &Function) {
  const auto *Method = dyn_cast<CXXMethodDecl>(&Function);
  return Method && Method->getParent()->isLambda();
}

} // namespace

CoroCheck::CoroCheck(StringRef Name, tidy::ClangTidyContext *Context,
                     std::shared_ptr<Session> Shared)
    : ClangTidyCheck(Name, Context), Shared(std::move(Shared)),
      Info(*findCheck(Name)),
      Models(Options.getLocalOrGlobal("CoroModels", "")),
      Index(Options.getLocalOrGlobal("CoroIndex", "")), Tidy(Context) {
  for (const std::string &Error :
       this->Shared->configure(Models, Index, Context->getCurrentFile())) {
    // clang-tidy says itself that it is an error.
    auto [Where, Message] = StringRef(Error).split(": error: ");
    configurationDiag("%0", DiagnosticIDs::Error)
        << (Message.empty() ? Error : (Where + ": " + Message).str());
  }
}

void CoroCheck::storeOptions(tidy::ClangTidyOptions::OptionMap &Opts) {
  Options.store(Opts, "CoroModels", Models);
  Options.store(Opts, "CoroIndex", Index);
}

void CoroCheck::registerMatchers(MatchFinder *Finder) {
  Finder->addMatcher(decl(beginsTraversal()), this);
}

void CoroCheck::check(const MatchFinder::MatchResult &Result) {
  Analysis &Analysed = Shared->analysis(
      *Result.Context, Tidy->getOptions().SystemHeaders.value_or(false));
  if (Shared->claimAnnotations())
    reportAnnotations(Analysed);
  report(Analysed);
}

void CoroCheck::reportAnnotations(Analysis &Analysed) {
  for (const AnnotationFinding &Finding : Analysed.annotations()) {
    if (Finding.What == AnnotationFinding::Kind::Contradiction)
      diag(Finding.Where, "'%0' is declared both %1 and %2")
          << Finding.Name << Finding.Other << Finding.Second;
    else if (Finding.Other.empty())
      diag(Finding.Where, "unknown corolint annotation 'corolint::%0'")
          << Finding.Name;
    else
      diag(Finding.Where, "unknown corolint annotation 'corolint::%0'; did you "
                          "mean 'corolint::%1'?")
          << Finding.Name << Finding.Other;
  }
}

std::string CoroCheck::describe(const FindingContext &Context) const {
  bool Unnamed = !Context.Function || isLambda(*Context.Function);
  switch (Context.What) {
  case FindingContext::Kind::NoYieldRegion:
    return "a no-yield region";
  case FindingContext::Kind::Coroutine:
    return Unnamed ? "a coroutine lambda"
                   : "coroutine '" + nameOf(*Context.Function) + "'";
  case FindingContext::Kind::EventLoop:
    if (Unnamed || Context.Reason.Passed)
      return "an event-loop callable";
    return "event-loop function '" + nameOf(*Context.Function) + "'";
  }
  llvm_unreachable("all kinds are covered");
}

void CoroCheck::noteRegion(const FindingContext &Context) {
  if (Context.Region) {
    const SourceManager &Sources = Shared->context().getSourceManager();
    diag(Sources.getExpansionLoc(Context.Region->getIfLoc()),
         "the no-yield region begins here", DiagnosticIDs::Note);
    return;
  }
  if (Context.Scope) {
    const HeldObject &Object = *Context.Scope;
    const std::string Type = Object.Class->Class->getNameAsString();
    if (Object.Name.empty())
      diag(Object.Since,
           "a temporary of type '%0' opens a no-yield region here",
           DiagnosticIDs::Note)
          << Type;
    else
      diag(Object.Since, "'%0' of type '%1' opens a no-yield region here",
           DiagnosticIDs::Note)
          << Object.Name << Type;
    return;
  }
  if (!Context.Reason || Context.What == FindingContext::Kind::Coroutine)
    return;
  if (Context.What == FindingContext::Kind::EventLoop) {
    if (Context.Reason.Passed)
      diag(Context.Reason.Where,
           "the callable runs on an event loop: it is "
           "passed to an event-loop parameter here",
           DiagnosticIDs::Note);
    else
      diag(Context.Reason.Where, "declared to run on an event loop here",
           DiagnosticIDs::Note);
    return;
  }
  if (Context.Reason.Passed)
    diag(Context.Reason.Where,
         "the callable is passed to a no-yield parameter here",
         DiagnosticIDs::Note);
  else if (isLambda(*Context.Function))
    diag(Context.Reason.Where,
         "the lambda must not yield: it is declared no-yield here",
         DiagnosticIDs::Note);
  else
    diag(Context.Reason.Where,
         "'%0' must not yield: it is declared no-yield here",
         DiagnosticIDs::Note)
        << nameOf(*Context.Function);
}

void CoroCheck::noteExternal(const ExternalWitness &Witness,
                             SourceLocation Fallback) {
  SourceManager &Sources = Shared->context().getSourceManager();
  for (const ExternalStep &Step : Witness.Steps) {
    SourceLocation Where;
    if (auto File = Sources.getFileManager().getOptionalFileRef(Step.File))
      Where = Sources.translateLineCol(
          Sources.getOrCreateFileID(*File, SrcMgr::C_User), Step.Line,
          Step.Column);
    if (Where.isValid())
      diag(Where, "%0", DiagnosticIDs::Note) << Step.Message;
    else
      diag(Fallback, "%0 (%1:%2)", DiagnosticIDs::Note)
          << Step.Message << Step.File << Step.Line;
  }
}

void CoroCheck::noteWitness(const EffectInference::Witness &Found) {
  const std::vector<WitnessStep> &Steps = Found.Steps;
  const EffectSet Effect = Found.Effect;
  // The finding itself is the first step; say only what it leads to.
  for (size_t I = 1; I < Steps.size(); ++I)
    if (Steps[I].Callee)
      diag(Steps[I].Where, "'%0' calls '%1' here", DiagnosticIDs::Note)
          << nameOf(*Steps[I].Caller) << nameOf(*Steps[I].Callee);
  if (!Steps.empty() && Steps.back().External)
    noteExternal(*Steps.back().External, Steps.back().Where);
  if (Steps.empty() || !Steps.back().Primitive || !Steps.back().Callee)
    return;
  CauseNote Cause =
      describeCause(*Steps.back().Callee, *Steps.back().Primitive, Effect);
  diag(Cause.Where.isValid() ? Cause.Where : Steps.back().Where, "%0",
       DiagnosticIDs::Note)
      << Cause.Message;
}

EffectCheck::EffectCheck(StringRef Name, tidy::ClangTidyContext *Context,
                         std::shared_ptr<Session> Shared)
    : CoroCheck(Name, Context, std::move(Shared)),
      AllowedFunctions(parseList(Options.get("AllowedFunctions", ""))) {}

void EffectCheck::storeOptions(tidy::ClangTidyOptions::OptionMap &Opts) {
  CoroCheck::storeOptions(Opts);
  Options.store(Opts, "AllowedFunctions", joinList(AllowedFunctions));
}

EffectInference::Witness EffectCheck::witness(const EffectFinding &Finding,
                                              EffectSet Wanted) const {
  return Finding.witness(Wanted, AllowedFunctions);
}

std::string sourceOf(const Expr &E, ASTContext &Context) {
  SourceRange Range = E.getSourceRange();
  if (Range.getBegin().isMacroID() || Range.getEnd().isMacroID())
    return {};
  return Lexer::getSourceText(CharSourceRange::getTokenRange(Range),
                              Context.getSourceManager(), Context.getLangOpts())
      .str();
}

std::vector<StringRef> parseList(StringRef Option) {
  std::vector<StringRef> Result;
  SmallVector<StringRef, 4> Entries;
  Option.split(Entries, ';', /*MaxSplit=*/-1, /*KeepEmpty=*/false);
  for (StringRef Entry : Entries)
    if (!Entry.trim().empty())
      Result.push_back(Entry.trim());
  return Result;
}

std::string joinList(ArrayRef<StringRef> Entries) {
  return llvm::join(Entries, ";");
}

bool isDeclared(StringRef QualifiedName, ASTContext &Context) {
  const DeclContext *Scope = Context.getTranslationUnitDecl();
  while (Scope) {
    auto [Name, Rest] = QualifiedName.split("::");
    auto It = Context.Idents.find(Name);
    if (It == Context.Idents.end())
      return false;
    DeclContext::lookup_result Found = Scope->lookup(It->getValue());
    if (Found.empty())
      return false;
    if (Rest.empty())
      return true;
    const NamedDecl *D = Found.front();
    if (const auto *Alias = dyn_cast<NamespaceAliasDecl>(D))
      D = Alias->getNamespace();
    Scope = dyn_cast<DeclContext>(D);
    QualifiedName = Rest;
  }
  return false;
}

std::string expandReplacement(const Site &S, StringRef Template,
                              ASTContext &Context) {
  CallOperands Operands = CallOperands::of(S.Node);
  std::string Result;
  while (!Template.empty()) {
    auto [Text, Rest] = Template.split('{');
    Result += Text;
    if (Rest.empty())
      break;
    auto [Key, After] = Rest.split('}');
    Template = After;
    unsigned Index = 0;
    if (Key == "object") {
      std::string Object =
          Operands.Object ? sourceOf(*Operands.Object, Context) : "";
      if (Object.empty())
        return {};
      Result += Object;
      // `{object}.f()` through a pointer.
      if (Operands.Object->getType()->isPointerType() &&
          Template.consume_front("."))
        Result += "->";
    } else if (Key == "name") {
      Result += S.Callee->getNameAsString();
    } else if (Key == "arguments") {
      bool First = true;
      for (const Expr *Argument : Operands.Arguments) {
        if (isa<CXXDefaultArgExpr>(Argument))
          continue;
        std::string Quoted = sourceOf(*Argument, Context);
        if (Quoted.empty())
          return {};
        Result += (First ? "" : ", ") + Quoted;
        First = false;
      }
    } else if (!Key.getAsInteger(10, Index)) {
      if (Index >= Operands.Arguments.size())
        return {};
      std::string Quoted = sourceOf(*Operands.Arguments[Index], Context);
      if (Quoted.empty())
        return {};
      Result += Quoted;
    }
  }
  return Result;
}

FixItHint CoroCheck::replaceCall(const EffectFinding &Finding, StringRef Text,
                                 ASTContext &Context) const {
  const auto *Call = dyn_cast_or_null<CallExpr>(Finding.At->Node);
  if (!Call || Finding.At->Anchor != Finding.At->Node ||
      Finding.At->InHandler || Text.empty())
    return {};
  SourceRange Range = Call->getSourceRange();
  if (Range.getBegin().isMacroID() || Range.getEnd().isMacroID())
    return {};
  // `co_await` binds weaker than what may follow a call.
  std::optional<Token> Next = Lexer::findNextToken(
      Range.getEnd(), Context.getSourceManager(), Context.getLangOpts());
  bool Wrap =
      Next && Next->isOneOf(tok::period, tok::arrow, tok::l_square,
                            tok::l_paren, tok::plusplus, tok::minusminus);
  return FixItHint::CreateReplacement(Range, Wrap ? ("(" + Text + ")").str()
                                                  : Text.str());
}

} // namespace corolint
