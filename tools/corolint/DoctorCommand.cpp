//===-- DoctorCommand.cpp - corolint doctor -------------------------------===//
//
// Part of corolint, under the Apache License v2.0 with LLVM Exceptions.
// See LICENSE for license information.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//

#include "Bundle.h"
#include "Command.h"
#include "LibraryProbe.h"
#include "Options.h"
#include "program/IndexWriter.h"
#include "program/Shard.h"
#include "llvm/Support/FileSystem.h"
#include "llvm/Support/MemoryBuffer.h"
#include "llvm/Support/Path.h"
#include "llvm/Support/Program.h"
#include <tuple>

using namespace llvm;

namespace corolint {

static std::string pluginPath() {
  // Finds build/bin/corolint and build/lib/corolint.so, or the installed ones.
  SmallString<256> Own;
  if (sys::fs::real_path("/proc/self/exe", Own))
    return {};
  sys::path::remove_filename(Own);
  for (const char *Where :
       {"../lib/corolint.so", "../lib/corolint/corolint.so"}) {
    SmallString<256> Path(Own);
    sys::path::append(Path, Where);
    sys::path::remove_dots(Path, true);
    if (sys::fs::exists(Path))
      return std::string(Path);
  }
  return {};
}

namespace {

/// A bug that every build must find: `sleep`, two files away from a coroutine.
/// It does not need the headers of the C++ library.
constexpr StringRef PlantedHeader = R"cpp(
extern "C" unsigned sleep(unsigned);
void planted_far();
void planted_near();
namespace std {
template <typename T, typename... A> struct coroutine_traits {
  using promise_type = typename T::promise_type;
};
template <typename P = void> struct coroutine_handle {
  static coroutine_handle from_address(void *) noexcept { return {}; }
  operator coroutine_handle<>() const noexcept { return {}; }
};
template <> struct coroutine_handle<void> {};
struct suspend_always {
  bool await_ready() const noexcept { return false; }
  void await_suspend(coroutine_handle<>) const noexcept {}
  void await_resume() const noexcept {}
};
} // namespace std
struct Task {
  struct promise_type {
    Task get_return_object() { return {}; }
    std::suspend_always initial_suspend() noexcept { return {}; }
    std::suspend_always final_suspend() noexcept { return {}; }
    void return_void() {}
    void unhandled_exception() {}
  };
};
)cpp";

constexpr StringRef PlantedCoroutine = R"cpp(#include "planted.h"
Task planted_direct() {
  sleep(1);
  co_await std::suspend_always();
}
Task planted() {
  planted_near();
  co_await std::suspend_always();
}
)cpp";
constexpr StringRef PlantedNear = R"cpp(#include "planted.h"
void planted_near() { planted_far(); }
)cpp";
constexpr StringRef PlantedFar = R"cpp(#include "planted.h"
void planted_far() { sleep(1); }
)cpp";

class Doctor {
public:
  ~Doctor() {
    if (!Directory.empty())
      std::ignore = sys::fs::remove_directories(Directory);
  }

  int run(StringRef IndexPath) {
    outs() << versionText() << '\n';
    compiler();
    library();
    clangTidy();
    if (!IndexPath.empty())
      index(IndexPath);
    outs() << (Bad ? "not well: see above\n" : "all is well\n");
    return Bad ? Exit::Failed : Exit::Clean;
  }

private:
  void good(const Twine &What) { outs() << "  ok      " << What << '\n'; }
  void bad(const Twine &What, const Twine &Remedy) {
    Bad = true;
    outs() << "  failed  " << What << "\n          remedy: " << Remedy << '\n';
  }

  std::string file(StringRef Name) { return (Directory + "/" + Name).str(); }

  void compiler() {
    if (resourceDirectory().empty())
      bad("Clang's own headers are missing",
          isBundle() ? "keep 'bin' and 'lib' of the archive together"
                     : "install the package clang-" LLVM_MAJOR_TEXT);
    if (sys::fs::createUniqueDirectory("corolint-doctor", Directory)) {
      bad("no temporary directory can be made", "check TMPDIR");
      return;
    }
    for (auto [Name, Text] :
         {std::pair<StringRef, StringRef>{"planted.h", PlantedHeader},
          {"coroutine.cpp", PlantedCoroutine},
          {"near.cpp", PlantedNear},
          {"far.cpp", PlantedFar}})
      if (Error E = writeFileAtomically(file(Name), Text)) {
        bad(toString(std::move(E)), "check the space in TMPDIR");
        return;
      }
    std::vector<ExtractionJob> Jobs;
    for (StringRef Name : {"coroutine.cpp", "near.cpp", "far.cpp"}) {
      clang::tooling::CompileCommand C(
          Directory, file(Name), {"clang++", "-std=c++20", file(Name)}, "");
      auto Job = makeJob(C, C.Directory, "coro-*");
      if (!Job) {
        bad(toString(Job.takeError()), "check the nearest .clang-tidy");
        return;
      }
      Jobs.push_back(std::move(*Job));
    }
    ExtractOptions Options;
    Options.Quiet = true;
    std::vector<Extracted> Shards = extractAll(Jobs, Options);
    Program Linked;
    for (Extracted &E : Shards) {
      if (!E.Shard) {
        bad(E.Error, "build corolint anew");
        return;
      }
      auto Unit = readShard(*E.Shard);
      if (!Unit) {
        bad(toString(Unit.takeError()), "build corolint anew");
        return;
      }
      Linked.add(std::move(*Unit), *E.Shard);
    }
    cantFail(Linked.link());
    std::vector<Finding> Findings = Linked.findings();
    bool Near = false, Far = false;
    for (const Finding &F : Findings) {
      Near |= F.Function == "planted_direct" && F.Check == "coro-blocking-call";
      Far |= F.Function == "planted" && F.Check == "coro-blocking-call" &&
             F.Notes.size() >= 3;
    }
    if (Near)
      good("the models and the compiler find a planted bug");
    else
      bad("a planted bug was not found",
          "build corolint anew; if that does not help, report it");
    if (Far)
      good("linking finds a planted bug two files away");
    else
      bad("a planted bug two files away was not found",
          "build corolint anew; if that does not help, report it");
    viaIndex(Linked);
  }

  void viaIndex(const Program &Linked) {
    const std::string Path = file("program.index");
    if (Error E = writePartsAtomically(Path, writeIndex(Linked))) {
      bad(toString(std::move(E)), "check the space in TMPDIR");
      return;
    }
    auto Index = ProgramIndex::open(Path);
    if (!Index)
      bad(toString(Index.takeError()), "build corolint anew");
    else if ((*Index)->shards().size() != 3)
      bad("the index lost a shard", "build corolint anew");
    else
      good("an index is written and read back");
  }

  void library() {
    if (Directory.empty())
      return;
    const std::string Name = file("library.cpp");
    auto Job = makeJob({Directory, Name, {"clang++", "-std=c++20", Name}, ""},
                       Directory, "coro-*");
    if (!Job)
      return bad(toString(Job.takeError()), "check the nearest .clang-tidy");
    if (findsLibrary(*Job))
      good("the C++ library of the system is found");
    else
      bad(NoLibrary, NoLibraryRemedy);
  }

  /// The command that runs clang-tidy with the checks. Empty, after an error
  /// message, if there is none.
  std::vector<std::string> tidyCommand() {
    if (isBundle())
      return {sys::fs::getMainExecutable(nullptr, nullptr), "tidy"};
    std::string Plugin = pluginPath();
    if (Plugin.empty()) {
      bad("corolint.so is not beside this program",
          "install it with this program");
      return {};
    }
    auto Tidy = sys::findProgramByName("clang-tidy-" LLVM_MAJOR_TEXT);
    if (Tidy)
      return {*Tidy, "--load=" + Plugin};
    bad("clang-tidy-" LLVM_MAJOR_TEXT " is not in PATH",
        "install the package clang-tidy-" LLVM_MAJOR_TEXT);
    return {};
  }

  void clangTidy() {
    const std::vector<std::string> Tidy = tidyCommand();
    if (Tidy.empty())
      return;
    const std::string Out = file("tidy.out"), Source = file("coroutine.cpp"),
                      Index = "--config={Checks: '-*,coro-*', CheckOptions: "
                              "{CoroIndex: '" +
                              file("program.index") + "'}}";
    SmallVector<StringRef, 8> Arguments(Tidy.begin(), Tidy.end());
    Arguments.append({Index, "--quiet", Source, "--", "-std=c++20"});
    std::optional<StringRef> Redirects[] = {StringRef(""), StringRef(Out),
                                            StringRef(Out)};
    sys::ExecuteAndWait(Tidy.front(), Arguments, std::nullopt, Redirects, 120);
    auto Text = MemoryBuffer::getFile(Out);
    StringRef Said = Text ? (*Text)->getBuffer() : "";
    const std::string Which = isBundle() ? "clang-tidy inside this program"
                                         : "clang-tidy with " + pluginPath();
    if (Said.contains("in coroutine 'planted_direct' [coro-blocking-call]"))
      good(Which + " finds a planted bug");
    else
      bad(Which + " did not find a planted bug: " + Said.trim(),
          "build the plugin for the clang-tidy that is installed");
    if (Said.contains("in coroutine 'planted' [coro-blocking-call]"))
      good("clang-tidy with an index finds one two files away");
    else
      bad("clang-tidy with an index did not find the bug two files away",
          "use plugin and driver of one build");
  }

  void index(StringRef Path) {
    auto Index = ProgramIndex::open(Path);
    if (!Index)
      return bad(toString(Index.takeError()), "see there");
    SmallString<256> Here;
    sys::fs::current_path(Here);
    (*Index)->findRoot((Here + "/here").str());
    if (std::optional<std::string> Why = (*Index)->staleness())
      return bad(*Why, "see there");
    good("'" + Path + "' is sound and up to date");
  }

  SmallString<128> Directory;
  bool Bad = false;
};

} // namespace

int runDoctor() { return Doctor().run(ReadIndex); }

} // namespace corolint
