//===-- CMakeReply.cpp - CMake's file API as a database -------------------===//
//
// Part of corolint, under the Apache License v2.0 with LLVM Exceptions.
// See LICENSE for license information.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//

#include "CMakeReply.h"
#include "program/Shard.h"
#include "llvm/ADT/StringMap.h"
#include "llvm/Support/Allocator.h"
#include "llvm/Support/CommandLine.h"
#include "llvm/Support/FileSystem.h"
#include "llvm/Support/JSON.h"
#include "llvm/Support/MemoryBuffer.h"
#include "llvm/Support/Path.h"
#include "llvm/Support/StringSaver.h"

using namespace clang::tooling;
using namespace llvm;

namespace corolint {

std::vector<CompileCommand>
ListedDatabase::getCompileCommands(StringRef File) const {
  std::vector<CompileCommand> Found;
  copy_if(Commands, std::back_inserter(Found),
          [&](const CompileCommand &C) { return C.Filename == File; });
  return Found;
}

std::vector<std::string> ListedDatabase::getAllFiles() const {
  std::vector<std::string> Files;
  for (const CompileCommand &C : Commands)
    Files.push_back(C.Filename);
  return Files;
}

static std::string replyDirectory(StringRef Build) {
  return (Build + "/.cmake/api/v1/reply").str();
}

/// The newest index: CMake's naming makes it the greatest.
static std::string indexOf(StringRef Build) {
  std::string Newest;
  std::error_code Error;
  for (sys::fs::directory_iterator It(replyDirectory(Build), Error), End;
       !Error && It != End; It.increment(Error))
    if (sys::path::filename(It->path()).starts_with("index-"))
      Newest = std::max(Newest, It->path());
  return Newest;
}

bool hasCMakeReply(StringRef Directory) { return !indexOf(Directory).empty(); }

namespace {

/// Reads one reply. Missing or malformed fields count as empty, because CMake
/// may add and remove fields between minor versions.
class ReplyReader {
public:
  explicit ReplyReader(StringRef Build) : Reply(replyDirectory(Build)) {}

  Expected<std::vector<CompileCommand>> read(StringRef Index) {
    auto Top = load(Index);
    if (!Top)
      return Top.takeError();
    std::string Model;
    if (const json::Object *Root = Top->getAsObject())
      if (const json::Array *Objects = Root->getArray("objects"))
        for (const json::Value &Each : *Objects) {
          const json::Object *Object = Each.getAsObject();
          const StringRef Kind = text(Object, "kind");
          if (Kind == "codemodel")
            Model = path(text(Object, "jsonFile"));
          else if (Kind == "toolchains")
            if (Error E = readToolchains(path(text(Object, "jsonFile"))))
              return std::move(E);
        }
    if (Model.empty())
      return makeError(
          "'" + Index +
          "' has no codemodel: make an empty file "
          ".cmake/api/v1/query/codemodel-v2 in the build directory "
          "and run cmake again");
    if (Error E = readModel(Model))
      return std::move(E);
    return std::move(Commands);
  }

private:
  std::string path(StringRef Name) const { return Reply + "/" + Name.str(); }

  static StringRef text(const json::Object *Object, StringRef Key) {
    return Object ? Object->getString(Key).value_or("") : "";
  }

  static Expected<json::Value> load(StringRef Path) {
    auto Buffer = MemoryBuffer::getFile(Path);
    if (!Buffer)
      return makeError("cannot read '" + Path + "': " +
                       Buffer.getError().message() + "; run cmake again");
    auto Value = json::parse((*Buffer)->getBuffer());
    if (!Value)
      return makeError("'" + Path + "': " + toString(Value.takeError()) +
                       "; run cmake again");
    return Value;
  }

  Error readToolchains(const std::string &Path) {
    auto Value = load(Path);
    if (!Value)
      return Value.takeError();
    const json::Object *Root = Value->getAsObject();
    const json::Array *All = Root ? Root->getArray("toolchains") : nullptr;
    if (!All)
      return Error::success();
    for (const json::Value &Each : *All)
      if (const json::Object *Toolchain = Each.getAsObject())
        if (StringRef Compiler = text(Toolchain->getObject("compiler"), "path");
            !Compiler.empty())
          Compilers[text(Toolchain, "language")] = Compiler.str();
    return Error::success();
  }

  Error readModel(const std::string &Path) {
    auto Value = load(Path);
    if (!Value)
      return Value.takeError();
    const json::Object *Root = Value->getAsObject();
    const json::Object *Paths = Root ? Root->getObject("paths") : nullptr;
    Source = text(Paths, "source").str();
    Build = text(Paths, "build").str();
    const json::Array *Configurations =
        Root ? Root->getArray("configurations") : nullptr;
    if (!Configurations || Configurations->empty())
      return Error::success();
    const json::Object *First = Configurations->front().getAsObject();
    const json::Array *Targets = First ? First->getArray("targets") : nullptr;
    if (!Targets)
      return Error::success();
    for (const json::Value &Each : *Targets)
      if (StringRef File = text(Each.getAsObject(), "jsonFile"); !File.empty())
        if (Error E = readTarget(path(File)))
          return E;
    return Error::success();
  }

  Error readTarget(const std::string &Path) {
    auto Value = load(Path);
    if (!Value)
      return Value.takeError();
    const json::Object *Target = Value->getAsObject();
    const json::Array *Groups =
        Target ? Target->getArray("compileGroups") : nullptr;
    const json::Array *Sources = Target ? Target->getArray("sources") : nullptr;
    if (!Groups || !Sources)
      return Error::success();
    for (const json::Value &Each : *Groups)
      if (const json::Object *Group = Each.getAsObject())
        addGroup(*Group, *Sources);
    return Error::success();
  }

  void addGroup(const json::Object &Group, const json::Array &Sources) {
    const std::vector<std::string> Flags = flagsOf(Group);
    const json::Array *Indexes = Group.getArray("sourceIndexes");
    if (!Indexes)
      return;
    for (const json::Value &Index : *Indexes) {
      const auto At = size_t(Index.getAsInteger().value_or(-1));
      if (At >= Sources.size())
        continue;
      SmallString<256> File(text(Sources[At].getAsObject(), "path"));
      if (File.empty())
        continue;
      if (sys::path::is_relative(File))
        File = SmallString<256>(Source + "/" + std::string(File));
      std::vector<std::string> Command = Flags;
      Command.insert(Command.end(), {"-c", std::string(File)});
      Commands.emplace_back(Build, File, std::move(Command), "");
    }
  }

  /// The compiler and all flags of the sources in \p Group.
  std::vector<std::string> flagsOf(const json::Object &Group) {
    const StringRef Language = text(&Group, "language");
    auto Compiler = Compilers.find(Language);
    std::vector<std::string> Flags{Compiler != Compilers.end()
                                       ? Compiler->second
                                   : Language == "C" ? "cc"
                                                     : "c++"};
    BumpPtrAllocator Allocator;
    StringSaver Saver(Allocator);
    forEach(Group, "compileCommandFragments", [&](const json::Object &Each) {
      SmallVector<const char *, 16> Words;
      cl::TokenizeGNUCommandLine(text(&Each, "fragment"), Saver, Words);
      Flags.insert(Flags.end(), Words.begin(), Words.end());
    });
    forEach(Group, "defines", [&](const json::Object &Each) {
      Flags.push_back(("-D" + text(&Each, "define")).str());
    });
    forEach(Group, "includes", [&](const json::Object &Each) {
      const bool IsSystem = Each.getBoolean("isSystem").value_or(false);
      Flags.push_back(IsSystem ? "-isystem" : "-I");
      Flags.push_back(text(&Each, "path").str());
    });
    if (StringRef Sysroot = text(Group.getObject("sysroot"), "path");
        !Sysroot.empty())
      Flags.push_back(("--sysroot=" + Sysroot).str());
    return Flags;
  }

  static void forEach(const json::Object &Holder, StringRef Key,
                      function_ref<void(const json::Object &)> Visit) {
    if (const json::Array *All = Holder.getArray(Key))
      for (const json::Value &Each : *All)
        if (const json::Object *Object = Each.getAsObject())
          Visit(*Object);
  }

  const std::string Reply;
  std::string Source, Build;
  StringMap<std::string> Compilers; ///< By language.
  std::vector<CompileCommand> Commands;
};

} // namespace

Expected<std::unique_ptr<CompilationDatabase>>
databaseOfCMakeReply(StringRef Directory) {
  auto Commands = ReplyReader(Directory).read(indexOf(Directory));
  if (!Commands)
    return Commands.takeError();
  if (Commands->empty())
    return makeError("the reply of CMake's file API in '" + Directory +
                     "' compiles no source; run cmake again");
  return std::make_unique<ListedDatabase>(std::move(*Commands));
}

} // namespace corolint
