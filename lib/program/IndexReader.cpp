//===-- IndexReader.cpp - Looks functions up in a mapped index ------------===//
//
// Part of corolint, under the Apache License v2.0 with LLVM Exceptions.
// See LICENSE for license information.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//

#include "effect/Witness.h"
#include "program/CodeHash.h"
#include "program/Index.h"
#include "program/Shard.h"
#include "llvm/ADT/STLExtras.h"
#include "llvm/ADT/bit.h"
#include "llvm/Support/FileSystem.h"
#include "llvm/Support/MathExtras.h"
#include "llvm/Support/Path.h"
#include <map>

using namespace llvm;

namespace corolint {

FunctionKey ProgramIndex::dispatched(FunctionKey Key) {
  // Any constant works that is not mixed into keys elsewhere.
  Key.Low ^= 0x64697370617463ull; // "dispatc"
  return Key;
}

Expected<std::unique_ptr<ProgramIndex>> ProgramIndex::open(StringRef Path) {
  auto Buffer = MemoryBuffer::getFile(Path, /*IsText=*/false,
                                      /*RequiresNullTerminator=*/false);
  if (!Buffer)
    return makeError("cannot read the index '" + Path +
                     "': " + Buffer.getError().message() +
                     "; write it with 'corolint link'");
  std::unique_ptr<ProgramIndex> Result(new ProgramIndex);
  Result->Path = Path.str();
  Result->Buffer = std::move(*Buffer);
  StringRef Rest;
  Expected<StringRef> Payload =
      openFile(Result->Buffer->getMemBufferRef(), FileKind::Index, &Rest);
  if (!Payload)
    return Payload.takeError();
  if (!Result->connect(*Payload, Rest))
    return makeError("'" + Path +
                     "' is damaged: its parts do not fit together; link it "
                     "again");
  return Result;
}

/// Whether \p Bytes, the space between shards, is all zeros.
static bool isZero(StringRef Bytes) {
  return Bytes.find_first_not_of('\0') == StringRef::npos;
}

bool ProgramIndex::connect(StringRef Payload, StringRef Rest) {
  const char *At = Payload.begin();
  auto Take = [&]<typename T>(const T *&Where, uint64_t Count) {
    if (uint64_t(Payload.end() - At) / sizeof(T) < Count)
      return false;
    Where = reinterpret_cast<const T *>(At);
    At += Count * sizeof(T);
    return true;
  };
  const disk::Wide *ShardTable = nullptr;
  auto Align = [&] {
    At += (8 - (At - Payload.begin()) % 8) % 8;
    return At <= Payload.end();
  };
  if (!Take(Head, 1) || !Take(Functions, Head->NumFunctions) ||
      !Take(Ways, Head->NumWays) || !Take(Causes, Head->NumCauses) ||
      !Align() || !Take(Contexts, Head->NumContexts) || !Align() ||
      Head->DirectoryBits > 31 || Head->DirectoryBits < 1 ||
      Head->NumKeyed > Head->NumFunctions || !Take(Files, Head->NumFiles) ||
      !Take(ShardTable, 2 * uint64_t(Head->NumShards)) ||
      !Take(Directory, (uint64_t(1) << Head->DirectoryBits) + 1) ||
      !Take(StringEnds, Head->NumStrings) ||
      !Take(Distances, Head->NumDistances))
    return false;
  Text = StringRef(At, Payload.end() - At);
  if (Head->NumStrings == 0 || StringEnds[Head->NumStrings - 1] != Text.size())
    return false;
  uint64_t End = 0;
  for (uint32_t I = 0; I < Head->NumShards; ++I) {
    const uint64_t Offset = ShardTable[2 * I], Size = ShardTable[2 * I + 1];
    if (Offset < End || Offset > Rest.size() || Size > Rest.size() - Offset ||
        !isZero(Rest.slice(End, Offset)))
      return false;
    End = Offset + Size;
    Shards.emplace_back(Rest.substr(Offset, Size), Path);
  }
  return (End + 7) / 8 * 8 == Rest.size() && isZero(Rest.drop_front(End));
}

StringRef ProgramIndex::string(uint32_t Id) const {
  if (Id >= Head->NumStrings)
    return {};
  const uint32_t Begin = Id == 0 ? 0 : uint32_t(StringEnds[Id - 1]);
  const uint32_t End = StringEnds[Id];
  return Begin <= End && End <= Text.size() ? Text.slice(Begin, End)
                                            : StringRef();
}

const disk::Function *ProgramIndex::find(FunctionKey Key) const {
  const uint64_t Slot = Key.High >> (64 - Head->DirectoryBits);
  uint32_t Low = Directory[Slot], High = Directory[Slot + 1];
  High = std::min<uint32_t>(High, Head->NumKeyed);
  for (; Low < High; ++Low) {
    const disk::Function &F = Functions[Low];
    if (F.High == Key.High && F.Low == Key.Low)
      return &F;
    if (F.High > Key.High)
      break;
  }
  return nullptr;
}

/// Checks numbers read from the file against their bounds: the checksum detects
/// damage, not malice.
struct ProgramIndex::Graph {
  const ProgramIndex &Index;
  ArrayRef<StringRef> Avoid;

  const disk::Function &at(uint32_t Id) const { return Index.Functions[Id]; }
  void forEachWay(uint32_t Id, EffectSet /*Wanted*/, WayVisitor Visit) const {
    const uint32_t End = Id + 1 < Index.Head->NumFunctions
                             ? uint32_t(at(Id + 1).FirstWay)
                             : uint32_t(Index.Head->NumWays);
    for (uint32_t W = at(Id).FirstWay;
         W < End && W < uint32_t(Index.Head->NumWays); ++W) {
      const disk::Way &Way = Index.Ways[W];
      const bool IsCause = Way.Target == NoIndex;
      if (IsCause ? Way.Where.File >= Index.Head->NumCauses
                  : Way.Target >= Index.Head->NumFunctions)
        continue;
      if (!Visit({Way.Target, Way.Effects & AllEffects, W}))
        return;
    }
  }
  unsigned distance(uint32_t Id, unsigned Effect) const {
    const EffectSet Has = at(Id).Effects, Bit = EffectSet(1) << Effect;
    const uint32_t Number =
        at(Id).FirstDistance + llvm::popcount(Has & (Bit - 1));
    if (!(Has & Bit) || Number >= Index.Head->NumDistances)
      return ~0u;
    return Index.Distances[Number];
  }
  const disk::Cause &causeOf(const WayOut &Way) const {
    return Index.Causes[Index.Ways[Way.Record].Where.File];
  }
  bool isAvoided(const WayOut &Way) const {
    return !Avoid.empty() &&
           llvm::is_contained(Avoid,
                              Index.string(Way.endsAtPrimitive()
                                               ? causeOf(Way).Qualified
                                               : at(Way.Target).Qualified));
  }
};

ExternalWitness ProgramIndex::witness(const disk::Function &Function,
                                      EffectSet Wanted,
                                      ArrayRef<StringRef> Avoid) const {
  ExternalWitness Result;
  const WayOut Start{uint32_t(&Function - Functions),
                     EffectSet(Function.Passing) & Wanted};
  const Graph Calls{*this, Avoid};
  auto AddStep = [&](const WayOut &Way, StringRef Callee,
                     const disk::Point &Where) {
    Result.Steps.push_back({string(Functions[Way.From].Name).str(),
                            Callee.str(), pathOf(Where.File), Where.Line,
                            Where.Column});
  };
  for (const WayOut &Way : shortestWay(Calls, Start)) {
    if (!Way.hasOrigin())
      continue;
    ++Result.Distance;
    if (!Way.endsAtPrimitive()) {
      if (const disk::Point &Where = Ways[Way.Record].Where; Where.Line)
        AddStep(Way, string(Functions[Way.Target].Name), Where);
      continue;
    }
    const disk::Cause &Cause = Calls.causeOf(Way);
    if (StringRef Callee = string(Cause.Callee); !Callee.empty())
      AddStep(Way, Callee, Cause.Where);
    Result.Cause.Message = string(Cause.Message).str();
    for (uint32_t Argument : Cause.Arguments)
      Result.Cause.Arguments.push_back(string(Argument).str());
    Result.Cause.File = pathOf(Cause.Note.File);
    Result.Cause.Line = Cause.Note.Line;
    Result.Cause.Column = Cause.Note.Column;
    Result.Reason = string(Cause.Reason).str();
    Result.Effect = Way.Effects & -Way.Effects;
    Result.Found = true;
  }
  return Result;
}

ArrayRef<disk::Context> ProgramIndex::contexts(FunctionKey Key) const {
  ArrayRef<disk::Context> All(Contexts, Head->NumContexts);
  auto Range = std::equal_range(
      All.begin(), All.end(), Key, [](const auto &A, const auto &B) {
        auto KeyOf = [](const auto &X) {
          if constexpr (std::is_same_v<std::decay_t<decltype(X)>, FunctionKey>)
            return X;
          else
            return FunctionKey{X.High, X.Low};
        };
        return KeyOf(A) < KeyOf(B);
      });
  return ArrayRef(Range.first, Range.second);
}

void ProgramIndex::findRoot(StringRef SourceFile) {
  auto Above = [](StringRef Path) {
    SmallString<256> Result(Path);
    sys::fs::make_absolute(Result);
    sys::path::remove_dots(Result, /*remove_dot_dot=*/true);
    return Result;
  };
  const SmallString<256> Source = Above(SourceFile), Own = Above(Path);
  StringRef First, Longest;
  for (uint32_t I = 0; I < Head->NumFiles; ++I) {
    const StringRef File = string(Files[I].Path);
    if (File.empty() || sys::path::is_absolute(File))
      continue;
    if (First.empty())
      First = File;
    if (File.size() > Longest.size() && Source.str().ends_with(File) &&
        Source.str().drop_back(File.size()).ends_with("/"))
      Longest = File;
  }
  if (First.empty())
    return;
  auto Try = [&](StringRef Directory) {
    if (!sys::fs::exists(Directory + "/" + First))
      return false;
    Root = Directory.str();
    return true;
  };
  if (!Longest.empty() &&
      Try(Source.str().drop_back(Longest.size()).rtrim('/')))
    return;
  for (StringRef From : {Source.str(), Own.str()})
    for (StringRef At = sys::path::parent_path(From); !At.empty();
         At = sys::path::parent_path(At)) {
      if (Try(At))
        return;
      if (At == "/")
        break;
    }
  // Without a match, choose a root so that the error names a missing file.
  Root = Longest.empty()
             ? sys::path::parent_path(Source).str()
             : Source.str().drop_back(Longest.size()).rtrim('/').str();
}

std::string ProgramIndex::pathOf(uint32_t Id) const {
  const StringRef File = string(Id);
  if (File.empty() || sys::path::is_absolute(File) || Root.empty())
    return File.str();
  return (Root + "/" + File).str();
}

std::optional<std::string> ProgramIndex::staleness() const {
  // Compares contents, because an index may come from another machine, where
  // times differ.
  for (uint32_t I = 0; I < Head->NumFiles; ++I) {
    const std::string File = pathOf(Files[I].Path);
    auto Buffer = MemoryBuffer::getFile(File, /*IsText=*/false,
                                        /*RequiresNullTerminator=*/false);
    if (!Buffer)
      return "the index '" + Path + "' is not of this tree: '" + File +
             "', which it was linked from, is not here; extract and link this "
             "tree";
    if (hashOfFile(string(Files[I].Path), (*Buffer)->getBuffer()) !=
        Files[I].Hash)
      return "the index '" + Path + "' is stale: '" + File +
             "' has changed since; extract it and link again";
  }
  return std::nullopt;
}

} // namespace corolint
