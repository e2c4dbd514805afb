//===-- CoroCheck.cpp - Base classes of the checks ------------------------===//
//
// Part of corolint, under the Apache License v2.0 with LLVM Exceptions.
// See LICENSE for license information.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//

#include "CoroCheck.h"
#include "Handles.h"
#include "Matchers.h"
#include "TaskMessages.h"
#include "code/SourceText.h"
#include "report/Report.h"
#include "clang/Lex/Lexer.h"
#include "llvm/ADT/StringExtras.h"

using namespace clang;
using namespace clang::ast_matchers;

namespace corolint {

CoroCheck::CoroCheck(StringRef Name, tidy::ClangTidyContext *Context,
                     std::shared_ptr<Session> Shared)
    : ClangTidyCheck(Name, Context), Shared(std::move(Shared)),
      Info(*findCheck(Name)),
      IsOn(Info.isOn(Context->getOptions().Checks.value_or(""))),
      Models(Options.getLocalOrGlobal("CoroModels", "")),
      Index(Options.getLocalOrGlobal("CoroIndex", "")) {
  for (const std::string &Error : this->Shared->configure(
           Models, Index, Context->getCurrentFile(),
           Context->getOptions().SystemHeaders.value_or(false))) {
    // clang-tidy itself reports the error.
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
  if (IsOn && Shared->claimAnnotations())
    Finder->addMatcher(ast_matchers::attr(isAnnotation()).bind("annotation"),
                       this);
}

void CoroCheck::check(const MatchFinder::MatchResult &Result) {
  if (!IsOn)
    return;
  Analysis &Analysed = Shared->analysis(*Result.Context);
  if (Result.Nodes.getNodeAs<Attr>("annotation")) {
    if (!std::exchange(AnnotationsAreReported, true))
      reportAnnotations(Analysed);
    return;
  }
  const auto *Function = Result.Nodes.getNodeAs<FunctionDecl>(Judged);
  if (Function && Done.insert(Function).second)
    judge(*Function, Analysed);
}

void CoroCheck::reportAnnotations(Analysis &Analysed) {
  for (const AnnotationFinding &Finding : Analysed.annotations()) {
    if (Finding.What == AnnotationFinding::Kind::Contradiction)
      emit({MessageId::ContradictingAnnotations,
            {Finding.Name, Finding.Other, Finding.Second},
            Finding.Where});
    else if (Finding.Other.empty())
      emit({MessageId::UnknownAnnotation, {Finding.Name}, Finding.Where});
    else
      emit({MessageId::MisspeltAnnotation,
            {Finding.Name, Finding.Other},
            Finding.Where});
  }
}

void CoroCheck::emitAll(llvm::ArrayRef<TaskFinding> Found) {
  for (const TaskFinding &Each : Found)
    if (!Each.Borrower)
      emit(sourceFinding(Each));
    else if (Shared->isWholeProgram())
      emitPending(sourceFinding(Each), Each);
}

void CoroCheck::report(CollectedFinding Kept) {
  diagnose(Kept.Found);
  if (Shared->isWholeProgram())
    Shared->collect(std::move(Kept));
}

void CoroCheck::emit(SourceFinding Found,
                     llvm::ArrayRef<const FunctionDecl *> DeadIf) {
  CollectedFinding Kept{Info.Name.str(), std::move(Found)};
  Kept.DeadIf = DeadIf;
  report(std::move(Kept));
}

void CoroCheck::emitPending(SourceFinding Found, const PendingFinding &Open,
                            EffectSet Wanted) {
  assert(Shared->isWholeProgram());
  report({Info.Name.str(), std::move(Found), &Open, Wanted});
}

void CoroCheck::emitPending(SourceFinding Found, const TaskFinding &Open) {
  assert(Shared->isWholeProgram());
  CollectedFinding Kept{Info.Name.str(), std::move(Found)};
  Kept.Borrower = Open.Borrower;
  if (Open.Lent != TaskFinding::Object)
    Kept.Lent = Open.Lent;
  report(std::move(Kept));
}

void CoroCheck::emitPending(SourceFinding Found, const StaleFinding &Open) {
  assert(Shared->isWholeProgram());
  CollectedFinding Kept{Info.Name.str(), std::move(Found)};
  Kept.Stale = Open;
  report(std::move(Kept));
}

void CoroCheck::diagnose(const SourceFinding &Found) {
  {
    auto Reported = diag(Found.Where, "%0");
    Reported << Found.What.text() << Found.Fix;
    for (const FixItHint &Fix : Found.Fixes)
      Reported << Fix;
  }
  for (const SourceNote &Note : Found.Notes)
    diagnoseNote(Note, Found.Where);
}

/// Whether NOLINT on the line of \p Where suppresses \p Check.
static bool isSuppressedAt(SourceLocation Where, StringRef Check,
                           const SourceManager &Sources) {
  auto [File, Offset] = Sources.getDecomposedLoc(Sources.getFileLoc(Where));
  const StringRef Text = Sources.getBufferData(File);
  // Without a previous line, `rfind` returns npos, which is one less than 0.
  const size_t Begin = Text.rfind('\n', Offset) + 1;
  const size_t Before = Begin < 2 ? 0 : Text.rfind('\n', Begin - 2) + 1;
  return isSuppressed(
      Text.substr(Begin).take_until([](char C) { return C == '\n'; }),
      Text.slice(Before, Begin), Check);
}

void CoroCheck::diagnoseNote(const SourceNote &Note, SourceLocation Fallback) {
  SourceManager &Sources = Shared->context().getSourceManager();
  SourceLocation Where = Note.Where;
  Location Place = Note.Elsewhere.value_or(Location());
  if (Note.Elsewhere) {
    if (auto File = Sources.getFileManager().getOptionalFileRef(Place.File))
      Where = Sources.translateLineCol(
          Sources.getOrCreateFileID(*File, SrcMgr::C_User), Place.Line,
          Place.Column);
  } else if (Where.isValid() && isSuppressedAt(Where, Info.Name, Sources)) {
    // clang-tidy would drop the note and all notes after it.
    const SourceLocation Line = Sources.getFileLoc(Where);
    Place = {Sources.getFilename(Line).str(),
             Sources.getSpellingLineNumber(Line), 0};
    Where = SourceLocation();
  }
  std::string Text = Note.What.text();
  if (Where.isInvalid() && Place.Line)
    Text = Message{MessageId::Elsewhere,
                   {Text, Place.File, std::to_string(Place.Line)}}
               .text();
  diag(Where.isValid() ? Where : Fallback, "%0", DiagnosticIDs::Note) << Text;
}

EffectCheck::EffectCheck(StringRef Name, tidy::ClangTidyContext *Context,
                         std::shared_ptr<Session> Shared)
    : CoroCheck(Name, Context, std::move(Shared)),
      AllowedFunctions(parseList(Options.get("AllowedFunctions", ""))) {}

void EffectCheck::storeOptions(tidy::ClangTidyOptions::OptionMap &Opts) {
  CoroCheck::storeOptions(Opts);
  Options.store(Opts, "AllowedFunctions", joinList(AllowedFunctions));
}

void EffectCheck::judge(const FunctionDecl &Function, Analysis &Analysed) {
  const SourceManager &Sources = Analysed.context().getSourceManager();
  const FunctionFindings &All = Analysed.findingsIn(Function);
  auto Describe = [&](const Site &At, const FindingContext &Context) {
    SourceFinding Found = effectFinding(Info.warning(), At, Context, Sources);
    if (Info.Effects & AnyBlocking &&
        Context.What == FindingContext::Kind::NoYieldRegion)
      Found.note(MessageId::EveryCoroutineStalls, {}, At.Where);
    return Found;
  };
  constexpr EffectSet OfHandles =
      bit(BlockKind::File) | bit(BlockKind::Input) | bit(BlockKind::Output);
  // In source order: a later use of a handle becomes a note of the first.
  using Conditions = llvm::SmallSetVector<const FunctionDecl *, 2>;
  std::vector<std::pair<SourceFinding, Conditions>> Reported;
  HandleGroups Handles(Analysed.context());
  for (const EffectFinding &Finding : All.Effects) {
    const EffectSet Effects = Finding.Effects & effects(Finding.Context.What);
    if (!Effects)
      continue;
    SourceFinding Found = Describe(*Finding.At, Finding.Context);
    std::optional<size_t> Group;
    Conditions DeadIf;
    if (Finding.At->What != Site::Kind::Suspend) {
      const EffectInference::Witness Cause =
          Finding.witness(Effects, AllowedFunctions);
      if (Cause.Steps.empty())
        continue;
      if (Shared->isWholeProgram())
        DeadIf = Analysed.inference().deadIf(Cause);
      Found.What.setReason(reasonOf(Cause));
      Found.Fix = fix(Finding, Cause, Analysed);
      addWitness(Found, Cause, Sources);
      if (Cause.Steps.size() == 1 && Cause.Effect & OfHandles)
        Group = Handles.groupOf(*Finding.At, Finding.Context.Region,
                                Reported.size());
    }
    Certain.insert(Finding.At->Where);
    if (Group)
      Reported[*Group].first.note(MessageId::UsedAgain,
                                  {Found.What.argument(0).str()},
                                  Finding.At->Where);
    else
      Reported.emplace_back(std::move(Found), DeadIf);
  }
  for (auto &[Found, DeadIf] : Reported)
    emit(std::move(Found), DeadIf.getArrayRef());
  for (const PendingFinding &Open : All.Pending)
    if (EffectSet Wanted = Open.Possible & effects(Open.Context.What);
        Wanted && !Certain.contains(Open.At->Where))
      emitPending(Describe(*Open.At, Open.Context), Open, Wanted);
}

std::string sourceOf(const Expr &E, ASTContext &Context) {
  return sourceText(E.getSourceRange(), Context);
}

/// The source of the object of a method call, and whether it is a pointer. That
/// of a smart pointer's operator includes the arrow, which is left out.
static std::pair<std::string, bool> quoteObject(const Expr &Object,
                                                ASTContext &Context) {
  const auto *Arrow = dyn_cast<CXXOperatorCallExpr>(&Object);
  if (Arrow && Arrow->getOperator() == OO_Arrow)
    return {sourceOf(*Arrow->getArg(0), Context), true};
  return {sourceOf(Object, Context), Object.getType()->isPointerType()};
}

std::string objectSource(const Expr &Object, ASTContext &Context) {
  auto [Text, IsPointer] = quoteObject(Object, Context);
  return Text.empty() || !IsPointer ? Text : "*" + Text;
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
      if (!Operands.Object)
        return {};
      auto [Object, IsPointer] = quoteObject(*Operands.Object, Context);
      if (Object.empty())
        return {};
      // `{object}.f()` through a pointer.
      if (IsPointer && Template.consume_front("."))
        Result += Object + "->";
      else
        Result += (IsPointer ? "*" : "") + Object;
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

FixItHint EffectCheck::fix(const EffectFinding &Finding,
                           const EffectInference::Witness &Cause,
                           Analysis &Analysed) const {
  if (Cause.Steps.size() != 1 || !Cause.Steps.front().Primitive ||
      Finding.Context.What != FindingContext::Kind::Coroutine)
    return {};
  const FunctionModel *Model = Cause.Steps.front().Primitive->BlockingModel;
  if (!Model || Model->Replacement.empty())
    return {};
  const FunctionDecl &Coroutine = *Finding.Context.Function;
  if (!Model->ReplacementIn.empty()) {
    const CXXRecordDecl *Returned =
        Coroutine.getReturnType()->getAsCXXRecordDecl();
    if (!Returned || !hasQualifiedName(*Returned, Model->ReplacementIn))
      return {};
  }
  ASTContext &Context = Analysed.context();
  if (!Model->ReplacementNeeds.empty() &&
      !isDeclared(Model->ReplacementNeeds, Context))
    return {};
  return replaceCall(
      Finding, expandReplacement(*Finding.At, Model->Replacement, Context),
      Context);
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
  // `co_await` binds weaker than operators that may follow a call.
  std::optional<Token> Next = Lexer::findNextToken(
      Range.getEnd(), Context.getSourceManager(), Context.getLangOpts());
  bool Wrap =
      Next && Next->isOneOf(tok::period, tok::arrow, tok::l_square,
                            tok::l_paren, tok::plusplus, tok::minusminus);
  return FixItHint::CreateReplacement(Range, Wrap ? ("(" + Text + ")").str()
                                                  : Text.str());
}

} // namespace corolint
