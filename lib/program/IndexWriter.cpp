//===-- IndexWriter.cpp - Writes a linked program as an index -------------===//
//
// Part of corolint, under the Apache License v2.0 with LLVM Exceptions.
// See LICENSE for license information.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//

#include "program/IndexWriter.h"
#include "program/Shard.h"
#include "llvm/ADT/STLExtras.h"
#include "llvm/Support/MathExtras.h"
#include <map>

using namespace llvm;

namespace corolint {

namespace {

/// Numbers the strings of all units as they are used.
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
      Map.assign(Unit.Strings.size(), NoIndex);
    if (Map[Local] == NoIndex)
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
  // About two keys per slot.
  return NumKeyed < 4 ? 1 : Log2_32(NumKeyed) - 1;
}

bool isSystemFile(StringRef Path) {
  return Path.starts_with("/usr/") || Path.starts_with("/opt/") ||
         Path.starts_with("/nix/store/");
}

} // namespace

/// Builds the tables of Index.h, then joins them.
class IndexWriter {
public:
  explicit IndexWriter(const Program &Linked)
      : Linked(Linked), Strings(Linked.Units.size()) {}

  FilePieces write() {
    orderFunctions();
    writeFunctions();
    writeContexts();
    writeFiles();
    writeDirectory();
    writeShardTable();
    return join();
  }

private:
  using Node = Program::Node;

  disk::Point pointOf(uint32_t Unit, const SourcePoint &P) {
    disk::Point Result;
    Result.File = Strings.id(*Linked.Units[Unit], Unit, P.File);
    Result.Line = P.Line;
    Result.Column = P.Column;
    return Result;
  }

  /// Functions with keys come first, sorted. Only functions that have an
  /// effect, or that call a callable they are passed, can change a verdict.
  void orderFunctions() {
    std::vector<Node> Local;
    for (Node Id = 0; Id < Linked.Effects.size(); ++Id) {
      const bool Has = Linked.Effects[Id] != 0;
      if (!Has && (Linked.isDispatch(Id) || !Linked.Invokes[Id]))
        continue;
      FunctionKey Key = Linked.recordOf(Id).Key;
      if (!Key) {
        if (Has)
          Local.push_back(Id);
        continue;
      }
      if (Linked.isDispatch(Id))
        Key = ProgramIndex::dispatched(Key);
      Keyed.emplace_back(Key, Id);
    }
    llvm::sort(Keyed);
    Order.reserve(Keyed.size() + Local.size());
    for (auto &[Key, Id] : Keyed)
      Order.push_back(Id);
    llvm::append_range(Order, Local);
    Position.assign(Linked.Effects.size(), NoIndex);
    for (uint32_t I = 0; I < Order.size(); ++I)
      Position[Order[I]] = I;
    Head.NumKeyed = Keyed.size();
    Head.NumFunctions = Order.size();
  }

  void writeFunctions() {
    Functions.reserve(Order.size() * sizeof(disk::Function));
    uint32_t NumDistances = 0;
    for (uint32_t I = 0; I < Order.size(); ++I) {
      const Node Id = Order[I];
      const uint32_t Own = Linked.unitOf(Id);
      const Summary &Unit = *Linked.Units[Own];
      const FunctionRecord &R = Linked.recordOf(Id);
      disk::Function F{};
      if (I < Keyed.size()) {
        F.High = Keyed[I].first.High;
        F.Low = Keyed[I].first.Low;
      }
      F.Invokes = Linked.isDispatch(Id) ? 0 : Linked.Invokes[Id];
      F.Effects = Linked.Effects[Id];
      F.Passing = Linked.Effects[Id] & Linked.Passing[Id];
      F.FirstDistance = NumDistances;
      F.FirstWay = NumWays;
      F.Name = Strings.id(Unit, Own, R.Name);
      F.Qualified = Strings.id(Unit, Own, R.Qualified);
      append(Functions, F);
      const uint32_t First = Linked.FirstDistance[Id];
      const uint32_t End = Linked.FirstDistance[Id + 1];
      for (uint32_t D = First; D < End; ++D)
        append(Distances, support::ulittle16_t(Linked.Distances[D]));
      NumDistances += End - First;
      if (Linked.Effects[Id])
        writeWays(Id);
    }
    Head.NumDistances = NumDistances;
    Head.NumWays = NumWays;
    Head.NumCauses = NumCauses;
  }

  void writeWays(Node Id) {
    const uint32_t Own = Linked.unitOf(Id);
    const Summary &Unit = *Linked.Units[Own];
    Linked.forEachWay(Id, [&](const WayOut &Out) {
      if (!Out.Effects)
        return true;
      disk::Way W{};
      W.Effects = Out.Effects;
      ++NumWays;
      if (!Out.endsAtPrimitive()) {
        W.Target = Position[Out.Target];
        if (!Linked.isDispatch(Id))
          W.Where = pointOf(Own, Unit.Calls[Out.Record].Where);
      } else {
        W.Target = NoIndex;
        W.Where.File = NumCauses++;
        writeCause(Own, Unit.Causes[Out.Record]);
      }
      append(Ways, W);
      return true;
    });
  }

  void writeCause(uint32_t Own, const CauseRecord &Cause) {
    const Summary &Unit = *Linked.Units[Own];
    disk::Cause C{};
    C.Where = pointOf(Own, Cause.Where);
    C.Callee = Strings.id(Unit, Own, Cause.Callee);
    C.Qualified = Strings.id(Unit, Own, Cause.Qualified);
    C.Message = Strings.id(Unit, Own, Cause.What.Name);
    for (size_t I = 0; I < std::size(C.Arguments); ++I)
      C.Arguments[I] = Strings.id(Unit, Own, Cause.What.Arguments[I]);
    C.Reason = Strings.id(Unit, Own, Cause.Reason);
    C.Note = pointOf(Own, Cause.Note);
    append(Causes, C);
  }

  void writeContexts() {
    std::vector<std::tuple<FunctionKey, uint32_t, uint32_t, disk::Point>> Runs;
    for (const Program::Passed &P : Linked.AllPassed)
      if (FunctionKey Key = Linked.recordOf(P.Function).Key)
        Runs.emplace_back(Key, NoIndex, P.Context, pointOf(P.Unit, P.Where));
    for (const auto &[Function, Parameter, Kind] : Linked.Parameters)
      if (FunctionKey Key = Linked.recordOf(Function).Key)
        Runs.emplace_back(Key, Parameter, Kind, disk::Point{});
    llvm::sort(Runs, [](const auto &A, const auto &B) {
      return std::tie(std::get<0>(A), std::get<1>(A), std::get<2>(A)) <
             std::tie(std::get<0>(B), std::get<1>(B), std::get<2>(B));
    });
    for (const auto &[Key, Parameter, Kind, Where] : Runs) {
      disk::Context C{};
      C.High = Key.High;
      C.Low = Key.Low;
      C.Parameter = Parameter;
      C.Kind = Kind;
      C.Where = Where;
      append(Contexts, C);
    }
    Head.NumContexts = Runs.size();
  }

  void writeFiles() {
    std::map<StringRef, uint64_t> Hashes;
    for (const auto &Unit : Linked.Units)
      for (const FileRecord &R : Unit->Files)
        if (StringRef Path = Unit->Strings[R.Path]; !isSystemFile(Path))
          Hashes[Path] = R.Hash;
    for (const auto &[Path, Hash] : Hashes) {
      disk::File F{};
      F.Hash = Hash;
      F.Path = Strings.id(Path);
      append(Files, F);
    }
    Head.NumFiles = Hashes.size();
  }

  /// The directory: for each slot, the first key whose highest bits equal the
  /// slot's number.
  void writeDirectory() {
    const unsigned Bits = directoryBits(Keyed.size());
    size_t At = 0;
    for (uint64_t Slot = 0; Slot <= uint64_t(1) << Bits; ++Slot) {
      while (At < Keyed.size() && (Keyed[At].first.High >> (64 - Bits)) < Slot)
        ++At;
      append(Directory, disk::Number(At));
    }
    Head.DirectoryBits = Bits;
  }

  void writeShardTable() {
    uint32_t NumShards = 0;
    uint64_t Offset = 0;
    for (const MemoryBufferRef &Shard : Linked.Shards) {
      if (Shard.getBuffer().empty())
        continue;
      ++NumShards;
      append(ShardTable, disk::Wide(Offset));
      append(ShardTable, disk::Wide(Shard.getBufferSize()));
      Offset += alignTo(Shard.getBufferSize(), 8);
    }
    Head.NumShards = NumShards;
  }

  FilePieces join() {
    Head.NumStrings = Strings.Ends.size();
    // Large programs have large indexes, so each table is freed once it is
    // copied.
    std::string Payload;
    Payload.reserve(sizeof(Head) + Functions.size() + Ways.size() +
                    Causes.size() + Contexts.size() + Files.size() +
                    ShardTable.size() + Directory.size() + Distances.size() +
                    4 * Strings.Ends.size() + Strings.All.size() + 16);
    auto Move = [&](std::string &Table) {
      Payload += Table;
      std::string().swap(Table);
    };
    append(Payload, Head);
    Move(Functions);
    Move(Ways);
    Move(Causes);
    align(Payload);
    Move(Contexts);
    align(Payload);
    Move(Files);
    Move(ShardTable);
    Move(Directory);
    for (uint32_t End : Strings.Ends)
      append(Payload, disk::Number(End));
    Move(Distances);
    Move(Strings.All);
    FilePieces Result;
    Result.push_back(
        headerOf(FileKind::Index, /*Compression=*/0, Payload.size(), Payload));
    Result.push_back(std::move(Payload));
    for (const MemoryBufferRef &Shard : Linked.Shards) {
      if (Shard.getBuffer().empty())
        continue;
      Result.emplace_back(Shard.getBuffer());
      align(Result.back());
    }
    return Result;
  }

  const Program &Linked;
  GlobalStrings Strings;
  std::vector<std::pair<FunctionKey, Node>> Keyed;
  std::vector<Node> Order;
  std::vector<uint32_t> Position; ///< Of each node in `Order`, or NoIndex.
  disk::Header Head{};
  uint32_t NumWays = 0, NumCauses = 0;
  std::string Functions, Ways, Causes, Distances, Contexts, Files, Directory,
      ShardTable;
};

FilePieces writeIndex(const Program &Linked) {
  return IndexWriter(Linked).write();
}

} // namespace corolint
