//===-- LibraryProbe.cpp - Detects a missing C++ library ------------------===//
//
// Part of corolint, under the Apache License v2.0 with LLVM Exceptions.
// See LICENSE for license information.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//

#include "LibraryProbe.h"
#include "ExtractAll.h"
#include "program/Shard.h"
#include "llvm/ADT/StringSet.h"
#include "llvm/Support/FileSystem.h"
#include "llvm/Support/Path.h"
#include <tuple>

using namespace llvm;

namespace corolint {

const char *const NoLibrary = "no complete C++ library was found";
const char *const NoLibraryRemedy =
    "install g++, or libc++-dev and libc6-dev for -stdlib=libc++";

/// Whether the unit of \p Error includes a header that does not exist. A
/// missing module file is reported in other words.
static bool isMissingHeader(const ErrorRecord &Error, const Summary &Unit) {
  return StringRef(Unit.Strings[Error.Message]).ends_with("' file not found");
}

bool findsLibrary(const ExtractionJob &Like) {
  SmallString<128> Directory;
  if (sys::fs::createUniqueDirectory("corolint-probe", Directory))
    return true; // Unknown.
  ExtractionJob Probe = Like;
  Probe.File = (Directory + "/probe.cpp").str();
  const std::optional<StringRef> File = Like.fileArgument();
  for (std::string &Argument : Probe.Command)
    if (Argument == File)
      Argument = Probe.File;
  bool Found = true;
  if (Error E = writeFileAtomically(Probe.File, "#include <cstddef>\n")) {
    consumeError(std::move(E));
  } else {
    ExtractOptions Options;
    Options.Quiet = true;
    const std::vector<Extracted> Results = extractAll(Probe, Options);
    if (Results.front().Shard) {
      auto Unit = readShard(*Results.front().Shard);
      if (Unit)
        Found = none_of((*Unit)->Errors, [&](const ErrorRecord &Each) {
          return isMissingHeader(Each, **Unit);
        });
      else
        consumeError(Unit.takeError());
    }
  }
  std::ignore = sys::fs::remove_directories(Directory);
  return Found;
}

bool lacksLibrary(ArrayRef<ExtractionJob> Jobs, const Program &Linked) {
  StringSet<> Failed;
  for (const auto &Unit : Linked.units())
    for (const ErrorRecord &E : Unit->Errors)
      if (isMissingHeader(E, *Unit))
        Failed.insert(Unit->Unit);
  if (Failed.empty())
    return false;
  // One unit is enough: most databases use one compiler.
  auto First = find_if(Jobs, [&](const ExtractionJob &Job) {
    return Failed.contains(Job.paths().nameOf(Job.File)) &&
           sys::path::extension(Job.File) != ".c";
  });
  return First != Jobs.end() && !findsLibrary(*First);
}

} // namespace corolint
