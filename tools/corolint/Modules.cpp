//===-- Modules.cpp - C++20 modules of a database -------------------------===//
//
// Part of corolint, under the Apache License v2.0 with LLVM Exceptions.
// See LICENSE for license information.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//

#include "Modules.h"
#include "Command.h"
#include "clang/Basic/Diagnostic.h"
#include "clang/Basic/FileManager.h"
#include "clang/Frontend/CompilerInstance.h"
#include "clang/Frontend/FrontendActions.h"
#include "clang/Lex/DependencyDirectivesScanner.h"
#include "clang/Tooling/Tooling.h"
#include "llvm/ADT/StringExtras.h"
#include "llvm/ADT/StringMap.h"
#include "llvm/ADT/StringSet.h"
#include "llvm/Support/CrashRecoveryContext.h"
#include "llvm/Support/FileSystem.h"
#include "llvm/Support/Path.h"
#include "llvm/Support/xxhash.h"
#include <cerrno>
#include <map>
#include <sys/wait.h>
#include <tuple>
#include <unistd.h>

using namespace clang;
using namespace clang::tooling;
using namespace llvm;

namespace corolint {

//===----------------------------------------------------------------------===//
// Directives
//===----------------------------------------------------------------------===//

namespace {
namespace dds = clang::dependency_directives_scan;

/// The name in `module a.b:c;` or `import a.b:c;`, after the keyword. Empty for
/// header units and the global module fragment.
std::string nameIn(const dds::Directive &Directive, StringRef Source) {
  std::string Name;
  bool AfterKeyword = false;
  for (const dds::Token &Token : Directive.Tokens) {
    const StringRef Text = Source.substr(Token.Offset, Token.Length);
    if (!AfterKeyword) {
      AfterKeyword = Text == "module" || Text == "import";
      continue;
    }
    if (Text != ":" && Text != "." && !isValidAsciiIdentifier(Text))
      break; // The end, an attribute, or a header.
    Name += Text;
  }
  return Name;
}

} // namespace

ModuleDirectives scanModuleDirectives(StringRef Source) {
  ModuleDirectives Result;
  SmallVector<dds::Token, 0> Tokens;
  SmallVector<dds::Directive, 0> Directives;
  if (scanSourceForDependencyDirectives(Source, Tokens, Directives))
    return Result;
  for (const dds::Directive &Directive : Directives) {
    const bool Exports = Directive.Kind == dds::cxx_export_module_decl;
    if (!Exports && Directive.Kind != dds::cxx_module_decl)
      continue;
    std::string Name = nameIn(Directive, Source);
    if (Name.empty() || Name.front() == ':')
      continue; // The global or the private module fragment.
    Result.IsImportable = Exports || StringRef(Name).contains(':');
    Result.Declared = std::move(Name);
    if (!Result.IsImportable)
      Result.Imported.push_back(Result.Declared);
  }
  const StringRef Module = StringRef(Result.Declared).split(':').first;
  for (const dds::Directive &Directive : Directives) {
    if (Directive.Kind != dds::cxx_import_decl &&
        Directive.Kind != dds::cxx_export_import_decl)
      continue;
    std::string Name = nameIn(Directive, Source);
    if (!Name.empty())
      Result.Imported.push_back(Name.front() == ':' ? Module.str() + Name
                                                    : std::move(Name));
  }
  return Result;
}

bool mentionsModules(const CompileCommand &C) {
  // The extensions of interfaces used by Clang, CMake and Visual Studio.
  static const StringSet<> Extensions{".cppm", ".ccm", ".cxxm",
                                      ".c++m", ".ixx", ".mpp"};
  return Extensions.contains(sys::path::extension(C.Filename)) ||
         any_of(C.CommandLine, [](StringRef Argument) {
           return Argument.starts_with("-fmodule") ||
                  Argument.starts_with("-fprebuilt-module-path") ||
                  Argument.ends_with("c++-module");
         });
}

//===----------------------------------------------------------------------===//
// The units of a database
//===----------------------------------------------------------------------===//

namespace {

/// Makes Clang parse the file of \p Job as a module unit. GCC's commands
/// specify the same language for every C++ file.
void setLanguage(ExtractionJob &Job) {
  const std::optional<StringRef> File = Job.fileArgument();
  std::vector<std::string> Command;
  for (size_t I = 0; I < Job.Command.size(); ++I) {
    const StringRef Argument = Job.Command[I];
    if (Argument == "-x")
      ++I; // Skip the language.
    else if (Argument == File)
      Command.insert(Command.end(), {"-x", "c++-module", Argument.str()});
    else if (!Argument.starts_with("-x"))
      Command.push_back(Argument.str());
  }
  Job.Command = std::move(Command);
}

/// Finds the importable units by name. A name may have several, because
/// programs of one build may have modules of the same name.
class ModuleNames {
public:
  void add(StringRef Name, unsigned Unit, StringRef Output) {
    Units[Name].push_back({Unit, Output.str()});
  }

  /// The unit whose output is nearest to \p Output.
  std::optional<unsigned> find(StringRef Name, StringRef Output) const {
    auto It = Units.find(Name);
    if (It == Units.end())
      return std::nullopt;
    auto Nearness = [&](const Named &Each) {
      size_t Common = 0;
      while (Common < std::min(Each.Output.size(), Output.size()) &&
             Each.Output[Common] == Output[Common])
        ++Common;
      return Common;
    };
    const Named *Best = &It->second.front();
    for (const Named &Each : It->second)
      if (Nearness(Each) > Nearness(*Best))
        Best = &Each;
    return Best->Unit;
  }

private:
  struct Named {
    unsigned Unit;
    std::string Output;
  };
  StringMap<std::vector<Named>> Units;
};

ModuleDirectives directivesOf(const ExtractionJob &Job) {
  auto Buffer = MemoryBuffer::getFile(Job.File);
  return Buffer ? scanModuleDirectives((*Buffer)->getBuffer())
                : ModuleDirectives();
}

void setImports(ExtractionJob &Job, const ModuleDirectives &Directives,
                StringRef Output, const ModuleNames &Names,
                ArrayRef<ModuleUnit> Units) {
  Job.IsModuleUser =
      !Directives.Declared.empty() || !Directives.Imported.empty();
  // Another module of the name makes another unit.
  std::string Text = Job.Variant;
  for (StringRef Name : Directives.Imported)
    if (std::optional<unsigned> Unit = Names.find(Name, Output);
        Unit && !is_contained(Job.Imports, *Unit)) {
      Job.Imports.push_back(*Unit);
      Text += ("\n" + Name + "\n" + Units[*Unit].Job.Variant).str();
    }
  if (!Job.Imports.empty())
    Job.Variant = utohexstr(xxh3_64bits(StringRef(Text)), true, 16);
  // Clang needs no flags for modules, and these were meant for another
  // compiler.
  erase_if(Job.Dropped, [](StringRef Flag) {
    return Flag.starts_with("-fmodule") || Flag.starts_with("-fdeps-");
  });
}

} // namespace

Error findModules(const CompilationDatabase &Database, StringRef Root,
                  StringRef Checks, MutableArrayRef<ExtractionJob *> Jobs) {
  auto Graph = std::make_shared<ModuleGraph>();
  ModuleNames Names;
  std::vector<ModuleDirectives> OfUnits;
  std::vector<std::string> Outputs;
  // The output of each job's command, by file and variant.
  std::map<std::pair<std::string, std::string>, std::string> OutputOf;
  for (const CompileCommand &C : Database.getAllCompileCommands()) {
    if (isAssembly(C))
      continue;
    auto Job = makeJob(C, Root, Checks);
    if (!Job)
      return Job.takeError();
    OutputOf.try_emplace({Job->File, Job->Variant}, C.Output);
    ModuleDirectives Directives = directivesOf(*Job);
    if (!Directives.IsImportable)
      continue;
    setLanguage(*Job);
    Names.add(Directives.Declared, Graph->Units.size(), C.Output);
    Graph->Units.push_back({Directives.Declared, std::move(*Job)});
    OfUnits.push_back(std::move(Directives));
    Outputs.push_back(C.Output);
  }
  // Units keep the variants of their commands until all are resolved.
  std::vector<ExtractionJob> Resolved;
  for (size_t I = 0; I < Graph->Units.size(); ++I) {
    Resolved.push_back(Graph->Units[I].Job);
    setImports(Resolved.back(), OfUnits[I], Outputs[I], Names, Graph->Units);
  }
  for (ExtractionJob *Job : Jobs) {
    const ModuleDirectives Directives = directivesOf(*Job);
    const std::string Output = OutputOf[{Job->File, Job->Variant}];
    if (Directives.IsImportable)
      setLanguage(*Job);
    setImports(*Job, Directives, Output, Names, Graph->Units);
    if (!Job->Imports.empty())
      Job->Modules = Graph;
  }
  for (size_t I = 0; I < Resolved.size(); ++I)
    Graph->Units[I].Job = std::move(Resolved[I]);
  return Error::success();
}

//===----------------------------------------------------------------------===//
// Building
//===----------------------------------------------------------------------===//

namespace {

class BmiAction : public GenerateReducedModuleInterfaceAction {
public:
  explicit BmiAction(StringRef Path) : Path(Path) {}

protected:
  bool BeginInvocation(CompilerInstance &CI) override {
    CI.getFrontendOpts().OutputFile = Path;
    CI.getFrontendOpts().DisableFree = true;
    return true;
  }

private:
  std::string Path;
};

/// Builds one BMI, and ends the process, with status 0 on success.
[[noreturn]] void buildBmi(const ExtractionJob &Job, StringRef Path) {
  CrashRecoveryContext::Enable();
  if (sys::fs::set_current_path(Job.Directory))
    _exit(1);
  IgnoringDiagConsumer Ignored; // The unit itself reports its errors.
  IntrusiveRefCntPtr<FileManager> Files(new FileManager(FileSystemOptions()));
  ToolInvocation Invocation(Job.Command, std::make_unique<BmiAction>(Path),
                            Files.get());
  Invocation.setDiagnosticConsumer(&Ignored);
  _exit(Invocation.run() && sys::fs::exists(Path) ? 0 : 1);
}

} // namespace

BuiltModules::BuiltModules(ArrayRef<ExtractionJob> Jobs, ArrayRef<size_t> Which,
                           unsigned NumProcesses) {
  std::vector<unsigned> Imports;
  for (size_t Job : Which) {
    if (Jobs[Job].Modules)
      Graph = Jobs[Job].Modules;
    Imports.insert(Imports.end(), Jobs[Job].Imports.begin(),
                   Jobs[Job].Imports.end());
  }
  if (!Graph || sys::fs::createUniqueDirectory("corolint-modules", Directory)) {
    Graph = nullptr;
    return;
  }
  Built.resize(Graph->Units.size());
  build(neededBy(Imports), NumProcesses);
}

BuiltModules::~BuiltModules() {
  if (!Directory.empty())
    std::ignore = sys::fs::remove_directories(Directory);
}

std::string BuiltModules::pathOf(size_t Unit) const {
  return (Directory + "/" + Twine(Unit) + ".pcm").str();
}

BitVector BuiltModules::neededBy(ArrayRef<unsigned> Imports) const {
  BitVector Needed(Graph->Units.size());
  SmallVector<unsigned> Todo(Imports);
  while (!Todo.empty()) {
    const unsigned Unit = Todo.pop_back_val();
    if (Needed.test(Unit))
      continue;
    Needed.set(Unit);
    append_range(Todo, Graph->Units[Unit].Job.Imports);
  }
  return Needed;
}

void BuiltModules::build(const BitVector &Needed, unsigned NumProcesses) {
  BitVector Waiting = Needed, Done(Needed.size());
  std::map<pid_t, unsigned> Running;
  auto IsReady = [&](unsigned Unit) {
    return all_of(Graph->Units[Unit].Job.Imports,
                  [&](unsigned Import) { return Done.test(Import); });
  };
  while (true) {
    for (unsigned Unit : Waiting.set_bits()) {
      if (Running.size() >= std::max(1u, NumProcesses))
        break;
      if (!IsReady(Unit))
        continue;
      Waiting.reset(Unit);
      const pid_t Process = fork();
      if (Process == 0)
        buildBmi(withModules(Graph->Units[Unit].Job), pathOf(Unit));
      if (Process > 0)
        Running[Process] = Unit;
      else
        Done.set(Unit); // Importers report that it is missing.
    }
    if (Running.empty())
      return; // All are built, or wait in a cycle.
    int Status = 0;
    const pid_t Process = waitpid(-1, &Status, 0);
    auto It = Running.find(Process);
    if (It == Running.end()) {
      if (Process < 0 && errno != EINTR)
        return;
      continue;
    }
    Done.set(It->second);
    if (WIFEXITED(Status) && WEXITSTATUS(Status) == 0)
      Built.set(It->second);
    Running.erase(It);
  }
}

ExtractionJob BuiltModules::withModules(const ExtractionJob &Job) const {
  ExtractionJob Result = Job;
  if (!Graph || Job.Imports.empty())
    return Result;
  Result.OwnModules = std::string(Directory);
  std::vector<std::string> Flags;
  StringSet<> Named;
  BitVector Needed = neededBy(Job.Imports);
  Needed &= Built;
  for (unsigned Unit : Needed.set_bits()) {
    Named.insert(Graph->Units[Unit].Name);
    Flags.push_back("-fmodule-file=" + Graph->Units[Unit].Name + "=" +
                    pathOf(Unit));
  }
  // The build's BMIs of these names may be those of another compiler.
  erase_if(Result.Command, [&](StringRef Argument) {
    return Argument.consume_front("-fmodule-file=") &&
           Named.contains(Argument.split('=').first);
  });
  Result.Command.insert(Result.Command.begin() + 1, Flags.begin(), Flags.end());
  return Result;
}

} // namespace corolint
