//===-- LinkCommand.cpp - corolint link -----------------------------------===//
//
// Part of corolint, under the Apache License v2.0 with LLVM Exceptions.
// See LICENSE for license information.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//

#include "Options.h"
#include "program/IndexWriter.h"
#include "program/Shard.h"

using namespace llvm;

namespace corolint {

static cl::list<std::string> LinkPaths(cl::Positional,
                                       cl::desc("shard or index..."),
                                       cl::cat(category()),
                                       cl::sub(linkCommand()));

int runLink() {
  if (LinkPaths.empty())
    return fail("link: name shards or indexes to link");
  if (OutputFile.empty())
    return fail("link: name the index to write with -o");
  Program &Linked = *new Program; // Lives as long as the process.
  std::vector<std::unique_ptr<MemoryBuffer>> Keep;
  std::vector<std::string> Paths(LinkPaths.begin(), LinkPaths.end());
  if (Error E = loadInputs(Paths, Linked, Keep))
    return fail(std::move(E));
  if (Error E = Linked.link())
    return fail(std::move(E));
  if (Error E = writePartsAtomically(OutputFile, writeIndex(Linked)))
    return fail(std::move(E));
  return Exit::Clean;
}

} // namespace corolint
