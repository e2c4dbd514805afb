//===-- Index.cpp - Effects of a whole program, in a file -----------------===//
//
// Part of corolint, under the Apache License v2.0 with LLVM Exceptions.
// See LICENSE for license information.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//

#include "program/Index.h"
#include "program/Program.h"
#include "program/Shard.h"
#include "program/Witness.h"
#include "llvm/ADT/STLExtras.h"
#include "llvm/ADT/bit.h"
#include "llvm/Support/FileSystem.h"
#include "llvm/Support/MathExtras.h"
#include "llvm/Support/Path.h"
#include "llvm/Support/xxhash.h"
#include <map>

using namespace llvm;

namespace corolint {

FunctionKey ProgramIndex::dispatched(FunctionKey Key) {
  // Any constant will do that no other use of keys mixes in.
  Key.Low ^= 0x64697370617463ull; // "dispatc"
  return Key;
}

//===----------------------------------------------------------------------===//
// Writing
//===----------------------------------------------------------------------===//

namespace {

/// Numbers the strings of all units, each unit's as it needs them.
class GlobalStrings {
public:
  explicit GlobalStrings(size_t Units) : OfUnit(Units) { id(""); }

  uint32_t id(StringRef Text) {
    auto [It, Inserted] = Ids.try_emplace(Text, Ends.size());
    if (Inserted) {
      All += Text;
      Ends.push_back(All.size());
    }
    return It->second;
  }
  uint32_t id(const Summary &Unit, uint32_t Number, StringId Local) {
    auto &Map = OfUnit[Number];
    if (Map.empty())
      Map.assign(Unit.Strings.size(), None);
    if (Map[Local] == None)
      Map[Local] = id(Unit.Strings[Local]);
    return Map[Local];
  }

  std::string All;
  std::vector<uint32_t> Ends;

private:
  StringMap<uint32_t> Ids;
  std::vector<std::vector<uint32_t>> OfUnit;
};

template <typename T> void append(std::string &Out, const T &Record) {
  Out.append(reinterpret_cast<const char *>(&Record), sizeof(Record));
}

void align(std::string &Out) { Out.append((8 - Out.size() % 8) % 8, '\0'); }

unsigned directoryBits(uint32_t NumKeyed) {
  // About two keys to a slot.
  return NumKeyed < 4 ? 1 : Log2_32(NumKeyed) - 1;
}

bool isSystemFile(StringRef Path) {
  return Path.starts_with("/usr/") || Path.starts_with("/opt/") ||
         Path.starts_with("/nix/store/");
}

} // namespace

Parts Program::index() const {
  // Only what has an effect, or calls what it is handed, can change a verdict.
  std::vector<std::pair<FunctionKey, Node>> Keyed;
  std::vector<Node> Local;
  for (Node Id = 0; Id < Effects.size(); ++Id) {
    if (!Effects[Id] && (isDispatch(Id) || !Invokes[Id]))
      continue;
    FunctionKey Key = recordOf(Id).Key;
    if (!Key) {
      if (Effects[Id])
        Local.push_back(Id);
      continue;
    }
    if (isDispatch(Id))
      Key = ProgramIndex::dispatched(Key);
    Keyed.emplace_back(Key, Id);
  }
  llvm::sort(Keyed);
  std::vector<Node> Order;
  Order.reserve(Keyed.size() + Local.size());
  std::vector<uint32_t> Position(Effects.size(), None);
  for (auto &[Key, Id] : Keyed)
    Order.push_back(Id);
  llvm::append_range(Order, Local);
  for (uint32_t I = 0; I < Order.size(); ++I)
    Position[Order[I]] = I;

  GlobalStrings Strings(Units.size());
  auto PointOf = [&](uint32_t Unit, const SourcePoint &P) {
    disk::Point Result;
    Result.File = Strings.id(*Units[Unit], Unit, P.File);
    Result.Line = P.Line;
    Result.Column = P.Column;
    return Result;
  };
  std::string Functions, Ways, Causes, DistanceBytes;
  Functions.reserve(Order.size() * sizeof(disk::Function));
  uint32_t NumWays = 0, NumCauses = 0, NumDistances = 0;
  for (uint32_t I = 0; I < Order.size(); ++I) {
    const Node Id = Order[I];
    const uint32_t Own = unitOf(Id);
    const Summary &Unit = *Units[Own];
    const FunctionRecord &R = recordOf(Id);
    disk::Function F{};
    if (I < Keyed.size()) {
      F.High = Keyed[I].first.High;
      F.Low = Keyed[I].first.Low;
    }
    F.Invokes = isDispatch(Id) ? 0 : Invokes[Id];
    F.Effects = Effects[Id];
    F.Passing = Effects[Id] & Passing[Id];
    F.FirstDistance = NumDistances;
    F.FirstWay = NumWays;
    F.Name = Strings.id(Unit, Own, R.Name);
    F.Qualified = Strings.id(Unit, Own, R.Qualified);
    append(Functions, F);
    for (uint32_t D = FirstDistance[Id]; D < FirstDistance[Id + 1]; ++D)
      append(DistanceBytes, support::ulittle16_t(Distances[D]));
    NumDistances += FirstDistance[Id + 1] - FirstDistance[Id];
    if (!Effects[Id])
      continue;
    forEachWay(Id, [&](const WayOut &Out) {
      if (!Out.Effects)
        return true;
      disk::Way W{};
      W.Effects = Out.Effects;
      ++NumWays;
      if (Out.Target != None) {
        W.Target = Position[Out.Target];
        if (!isDispatch(Id))
          W.Where = PointOf(Own, Unit.Calls[Out.Record].Where);
        append(Ways, W);
        return true;
      }
      W.Target = None;
      W.Where.File = NumCauses++;
      append(Ways, W);
      const CauseRecord &Cause = Unit.Causes[Out.Record];
      disk::Cause C{};
      C.Where = PointOf(Own, Cause.Where);
      C.Callee = Strings.id(Unit, Own, Cause.Callee);
      C.Qualified = Strings.id(Unit, Own, Cause.Qualified);
      C.Message = Strings.id(Unit, Own, Cause.Message);
      C.Reason = Strings.id(Unit, Own, Cause.Reason);
      C.Note = PointOf(Own, Cause.Note);
      append(Causes, C);
      return true;
    });
  }

  std::vector<std::tuple<FunctionKey, uint32_t, uint32_t, disk::Point>> Runs;
  for (const Passed &P : AllPassed)
    if (FunctionKey Key = recordOf(P.Function).Key)
      Runs.emplace_back(Key, None, P.Context, PointOf(P.Unit, P.Where));
  for (const auto &[Function, Parameter, Kind] : Parameters)
    if (FunctionKey Key = recordOf(Function).Key)
      Runs.emplace_back(Key, Parameter, Kind, disk::Point{});
  llvm::sort(Runs, [](const auto &A, const auto &B) {
    return std::tie(std::get<0>(A), std::get<1>(A), std::get<2>(A)) <
           std::tie(std::get<0>(B), std::get<1>(B), std::get<2>(B));
  });
  std::string ContextBytes;
  for (const auto &[Key, Parameter, Kind, Where] : Runs) {
    disk::Context C{};
    C.High = Key.High;
    C.Low = Key.Low;
    C.Parameter = Parameter;
    C.Kind = Kind;
    C.Where = Where;
    append(ContextBytes, C);
  }

  std::map<StringRef, uint64_t> Files;
  for (const auto &Unit : Units)
    for (const FileRecord &R : Unit->Files)
      if (StringRef Path = Unit->Strings[R.Path]; !isSystemFile(Path))
        Files[Path] = R.Hash;
  std::string FileBytes;
  for (const auto &[Path, Hash] : Files) {
    disk::File F{};
    F.Hash = Hash;
    F.Path = Strings.id(Path);
    append(FileBytes, F);
  }

  const unsigned Bits = directoryBits(Keyed.size());
  std::string DirectoryBytes;
  size_t At = 0;
  for (uint64_t Slot = 0; Slot <= uint64_t(1) << Bits; ++Slot) {
    while (At < Keyed.size() && (Keyed[At].first.High >> (64 - Bits)) < Slot)
      ++At;
    append(DirectoryBytes, disk::Number(At));
  }

  uint32_t NumShards = 0;
  uint64_t ShardOffset = 0;
  std::string ShardTable;
  for (const MemoryBufferRef &Shard : Shards) {
    if (Shard.getBuffer().empty())
      continue;
    ++NumShards;
    append(ShardTable, disk::Wide(ShardOffset));
    append(ShardTable, disk::Wide(Shard.getBufferSize()));
    ShardOffset += alignTo(Shard.getBufferSize(), 8);
  }

  disk::Header Head{};
  Head.NumKeyed = Keyed.size();
  Head.NumFunctions = Order.size();
  Head.DirectoryBits = Bits;
  Head.NumDistances = NumDistances;
  Head.NumWays = NumWays;
  Head.NumCauses = NumCauses;
  Head.NumContexts = Runs.size();
  Head.NumStrings = Strings.Ends.size();
  Head.NumFiles = Files.size();
  Head.NumShards = NumShards;
  // Large programs have large indexes: each part is let go once it is in.
  std::string Payload;
  Payload.reserve(sizeof(Head) + Functions.size() + Ways.size() +
                  Causes.size() + ContextBytes.size() + FileBytes.size() +
                  ShardTable.size() + DirectoryBytes.size() +
                  DistanceBytes.size() + 4 * Strings.Ends.size() +
                  Strings.All.size() + 16);
  auto Move = [&](std::string &Part) {
    Payload += Part;
    std::string().swap(Part);
  };
  append(Payload, Head);
  Move(Functions);
  Move(Ways);
  Move(Causes);
  align(Payload);
  Move(ContextBytes);
  align(Payload);
  Move(FileBytes);
  Move(ShardTable);
  Move(DirectoryBytes);
  for (uint32_t End : Strings.Ends)
    append(Payload, disk::Number(End));
  Move(DistanceBytes);
  Move(Strings.All);
  Parts Result;
  Result.push_back(
      headerOf(FileKind::Index, /*Compression=*/0, Payload.size(), Payload));
  Result.push_back(std::move(Payload));
  for (const MemoryBufferRef &Shard : Shards) {
    if (Shard.getBuffer().empty())
      continue;
    Result.emplace_back(Shard.getBuffer());
    align(Result.back());
  }
  return Result;
}

//===----------------------------------------------------------------------===//
// Reading
//===----------------------------------------------------------------------===//

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

/// The space between shards.
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

/// What is read from a file is believed only as far as it stays within bounds:
/// the checksum tells of damage, not of malice.
struct ProgramIndex::Graph {
  const ProgramIndex &Index;
  ArrayRef<StringRef> Avoid;

  const disk::Function &at(uint32_t Id) const { return Index.Functions[Id]; }
  void forEachWay(uint32_t Id, WayVisitor Visit) const {
    const uint32_t End = Id + 1 < Index.Head->NumFunctions
                             ? uint32_t(at(Id + 1).FirstWay)
                             : uint32_t(Index.Head->NumWays);
    for (uint32_t W = at(Id).FirstWay;
         W < End && W < uint32_t(Index.Head->NumWays); ++W) {
      const disk::Way &Way = Index.Ways[W];
      const bool IsCause = Way.Target == None;
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
                              Index.string(Way.Target != None
                                               ? at(Way.Target).Qualified
                                               : causeOf(Way).Qualified));
  }
};

ProgramIndex::Witness ProgramIndex::witness(const disk::Function &Function,
                                            EffectSet Wanted,
                                            ArrayRef<StringRef> Avoid) const {
  Witness Result;
  const WayOut Start{uint32_t(&Function - Functions),
                     EffectSet(Function.Passing) & Wanted};
  const Graph Calls{*this, Avoid};
  auto Add = [&](std::string Message, const disk::Point &Where) {
    Result.Steps.push_back(
        {std::move(Message), pathOf(Where.File), Where.Line, Where.Column});
  };
  for (const WayOut &Way : shortestWay(Calls, Start)) {
    if (Way.From == None)
      continue;
    ++Result.Distance;
    const std::string Name =
        "'" + string(Functions[Way.From].Name).str() + "' calls '";
    if (Way.Target != None) {
      if (const disk::Point &Where = Ways[Way.Record].Where; Where.Line)
        Add(Name + string(Functions[Way.Target].Name).str() + "' here", Where);
      continue;
    }
    const disk::Cause &Cause = Calls.causeOf(Way);
    if (StringRef Callee = string(Cause.Callee); !Callee.empty())
      Add(Name + Callee.str() + "' here", Cause.Where);
    Add(string(Cause.Message).str(), Cause.Note);
    Result.Reason = string(Cause.Reason).str();
    Result.Effect = Way.Effects & -Way.Effects;
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
  // Then at least say where something is missing.
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
  // By content: an index may come from another machine, where times differ.
  for (uint32_t I = 0; I < Head->NumFiles; ++I) {
    const std::string File = pathOf(Files[I].Path);
    auto Buffer = MemoryBuffer::getFile(File, /*IsText=*/false,
                                        /*RequiresNullTerminator=*/false);
    if (!Buffer)
      return "the index '" + Path + "' is not of this tree: '" + File +
             "', which it was linked from, is not here; extract and link this "
             "tree";
    if (xxh3_64bits((*Buffer)->getBuffer()) != Files[I].Hash)
      return "the index '" + Path + "' is stale: '" + File +
             "' has changed since; extract it and link again";
  }
  return std::nullopt;
}

} // namespace corolint
