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
#include "llvm/ADT/STLExtras.h"
#include "llvm/ADT/bit.h"
#include "llvm/Support/FileSystem.h"
#include "llvm/Support/MathExtras.h"
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
  // Only what has an effect can change a verdict.
  std::vector<std::pair<FunctionKey, Node>> Keyed;
  std::vector<Node> Local;
  for (Node Id = 0; Id < Effects.size(); ++Id) {
    if (!Effects[Id])
      continue;
    FunctionKey Key = recordOf(Id).Key;
    if (!Key) {
      Local.push_back(Id);
      continue;
    }
    if (Id >= Defined.size())
      Key = ProgramIndex::dispatched(Key);
    Keyed.emplace_back(Key, Id);
  }
  llvm::sort(Keyed);
  std::vector<Node> Order;
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
  std::string Functions, OriginBytes;
  uint32_t NumOrigins = 0;
  for (uint32_t I = 0; I < Order.size(); ++I) {
    const Node Id = Order[I];
    const uint32_t Own = unitOf(Id);
    const FunctionRecord &R = recordOf(Id);
    disk::Function F{};
    if (I < Keyed.size()) {
      F.High = Keyed[I].first.High;
      F.Low = Keyed[I].first.Low;
    }
    F.Effects = Effects[Id];
    F.Passing = Effects[Id] & Passing[Id];
    F.FirstOrigin = NumOrigins;
    F.Name = Strings.id(*Units[Own], Own, R.Name);
    F.Qualified = Strings.id(*Units[Own], Own, R.Qualified);
    append(Functions, F);
    for (EffectSet Left = Effects[Id]; Left; Left &= Left - 1) {
      const unsigned Effect = llvm::countr_zero(Left);
      // A virtual call continues in the function it ends in.
      const Node At = skipDispatch(Id, Effect);
      disk::Origin O{};
      ++NumOrigins;
      if (At != Id) {
        O.Next = Position[At];
        append(OriginBytes, O);
        continue;
      }
      const Origin &From = *originOf(Id, Effect);
      const Summary &Unit = *Units[From.Unit];
      if (From.Next != None) {
        O.Next = Position[skipDispatch(From.Next, Effect)];
        O.Where = PointOf(From.Unit, Unit.Calls[From.Record].Where);
      } else {
        const CauseRecord &Cause = Unit.Causes[From.Record];
        O.Next = None;
        O.Where = PointOf(From.Unit, Cause.Where);
        O.Callee = Strings.id(Unit, From.Unit, Cause.Callee);
        O.Qualified = Strings.id(Unit, From.Unit, Cause.Qualified);
        O.Message = Strings.id(Unit, From.Unit, Cause.Message);
        O.Reason = Strings.id(Unit, From.Unit, Cause.Reason);
        O.Note = PointOf(From.Unit, Cause.Note);
      }
      append(OriginBytes, O);
    }
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
  Head.NumOrigins = NumOrigins;
  Head.NumStrings = Strings.Ends.size();
  Head.NumFiles = Files.size();
  Head.NumShards = NumShards;
  // Large programs have large indexes: each part is let go once it is in.
  std::string Payload;
  Payload.reserve(sizeof(Head) + Functions.size() + OriginBytes.size() +
                  FileBytes.size() + ShardTable.size() + DirectoryBytes.size() +
                  4 * Strings.Ends.size() + Strings.All.size() + 8);
  auto Move = [&](std::string &Part) {
    Payload += Part;
    std::string().swap(Part);
  };
  append(Payload, Head);
  Move(Functions);
  Move(OriginBytes);
  align(Payload);
  Move(FileBytes);
  Move(ShardTable);
  Move(DirectoryBytes);
  for (uint32_t End : Strings.Ends)
    append(Payload, disk::Number(End));
  Move(Strings.All);
  Parts Result;
  Result.push_back(headerOf(FileKind::Index, /*Compression=*/0, Payload.size(),
                            Payload));
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
  if (!Take(Head, 1) || !Take(Functions, Head->NumFunctions) ||
      !Take(Origins, Head->NumOrigins))
    return false;
  At += (8 - (At - Payload.begin()) % 8) % 8;
  if (At > Payload.end() || Head->DirectoryBits > 31 ||
      Head->DirectoryBits < 1 || Head->NumKeyed > Head->NumFunctions ||
      !Take(Files, Head->NumFiles) ||
      !Take(ShardTable, 2 * uint64_t(Head->NumShards)) ||
      !Take(Directory, (uint64_t(1) << Head->DirectoryBits) + 1) ||
      !Take(StringEnds, Head->NumStrings))
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

std::vector<IndexStep> ProgramIndex::witness(const disk::Function &Function,
                                             EffectSet Effect,
                                             std::string &Reason) const {
  std::vector<IndexStep> Steps;
  const disk::Function *At = &Function;
  auto Add = [&](std::string Message, const disk::Point &Where,
                 StringRef Callee) {
    Steps.push_back({std::move(Message), string(Where.File).str(),
                     Callee.str(), Where.Line, Where.Column});
  };
  // Witnesses are shortest ways: none is longer than there are functions.
  for (uint32_t Limit = Head->NumFunctions + 1; Limit && At; --Limit) {
    if (!(At->Effects & Effect))
      return Steps;
    const uint32_t Number =
        At->FirstOrigin + llvm::popcount(At->Effects & (Effect - 1));
    if (Number >= Head->NumOrigins)
      return Steps;
    const disk::Origin &O = Origins[Number];
    const std::string Name = "'" + string(At->Name).str() + "' calls '";
    if (O.Next == None) {
      StringRef Callee = string(O.Callee);
      if (!Callee.empty())
        Add(Name + Callee.str() + "' here", O.Where, string(At->Qualified));
      Add(string(O.Message).str(), O.Note, string(O.Qualified));
      Reason = string(O.Reason).str();
      return Steps;
    }
    if (O.Next >= Head->NumFunctions)
      return Steps;
    const disk::Function *Next = &Functions[O.Next];
    if (O.Where.Line != 0)
      Add(Name + string(Next->Name).str() + "' here", O.Where,
          string(At->Qualified));
    At = Next;
  }
  return Steps;
}

std::optional<std::string> ProgramIndex::staleness() const {
  sys::fs::file_status Own;
  if (sys::fs::status(Path, Own))
    return std::nullopt;
  for (uint32_t I = 0; I < Head->NumFiles; ++I) {
    const StringRef File = string(Files[I].Path);
    sys::fs::file_status Status;
    if (sys::fs::status(File, Status))
      return ("the index '" + Path + "' is not of this tree: '" + File.str() +
              "', which it was linked from, is not here; extract and link "
              "this tree");
    // What is older than the index is what it was linked from.
    if (Status.getLastModificationTime() < Own.getLastModificationTime())
      continue;
    auto Buffer = MemoryBuffer::getFile(File);
    if (!Buffer || xxh3_64bits((*Buffer)->getBuffer()) != Files[I].Hash)
      return ("the index '" + Path + "' is stale: '" + File.str() +
              "' has changed since; extract it and link again");
  }
  return std::nullopt;
}

} // namespace corolint
