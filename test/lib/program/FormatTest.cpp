//===-- FormatTest.cpp - Damaged shards and indexes -----------------------===//
//
// Part of corolint, under the Apache License v2.0 with LLVM Exceptions.
// See LICENSE for license information.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//
//
// Flips every bit of a small shard and of a small index in turn, and truncates
// them to every length. The reader must refuse each, or give the same answers.
// With a corrected checksum, as an attacker would provide, answers may differ,
// but nothing is read out of bounds.
//
//===----------------------------------------------------------------------===//

#include "program/IndexWriter.h"
#include "program/Shard.h"
#include "llvm/ADT/StringExtras.h"
#include "llvm/Support/Compression.h"
#include "llvm/Support/FileSystem.h"
#include <gtest/gtest.h>
#include <optional>

using namespace llvm;
using namespace corolint;

namespace {

/// Two functions of a unit. One sleeps and is passed to a function; the other
/// calls it, overrides a function and is a finding. All tables have records.
Summary smallSummary(StringRef Unit) {
  Summary S;
  StringTable Strings(S.Strings);
  auto Id = [&](const Twine &Text) { return Strings.id(Text.str()); };
  S.Unit = Unit.str();
  S.Made = "test";
  const StringId File = Id(Unit);
  const SourcePoint Here{File, 3, 5};
  S.Files = {{File, 42}};
  auto Function = [&](StringRef Name) {
    FunctionRecord R;
    R.Key = FunctionKey::of((Unit + Name).str());
    R.Name = R.Qualified = Id(Unit + Name);
    R.Where = Here;
    R.Defined = true;
    R.Passing = AllEffects;
    return R;
  };
  FunctionRecord Sleeps = Function("sleeps"), Calls = Function("calls");
  Sleeps.NumCauses = 1;
  Sleeps.Invokes = 1;
  Sleeps.Marks = 1;
  Sleeps.Marked = Here;
  Calls.FirstCause = 1;
  Calls.NumCalls = 1;
  S.Functions = {Sleeps, Calls};
  CauseRecord Cause;
  Cause.Effect = bit(BlockKind::Sleep);
  Cause.Where = Cause.Note = Here;
  Cause.Callee = Cause.Qualified = Id("sleep");
  Cause.What = {Id("Blocks"), {Id("sleep"), Id("posix"), Id("sleep")}};
  Cause.Reason = Id("sleep");
  Cause.DeadIf = {0, 1};
  S.Causes = {Cause};
  CallRecord Call{0, AllEffects, Here};
  Call.Dispatched = true;
  CallRecord Handed{1, AllEffects, Here, false, 0, 0};
  S.Calls = {Call, Handed};
  S.UnknownCalls = {{1, 0, Here}};
  S.Reaches = {{1, 0}};
  S.Overrides = {{0, 1}};
  S.Ends = {{0, 1}};
  S.DeadIf = {1};
  FindingRecord Finding;
  Finding.Check = Id("coro-blocking-call");
  Finding.What = {Id("MayBlock"), {Id("call to 'calls'"), Id("coroutine")}};
  Finding.Where = Here;
  Finding.NumNotes = Finding.NumFixes = 1;
  S.Findings = S.PendingFindings = {Finding};
  S.Pending = {{0, AllEffects, 0, 2},
               {0, 0, 0, 0, 1, 0},
               {0, 0, 0, 0, 1},
               {0, 0, 0, 0, NoIndex, NoIndex, 0}};
  S.Notes = {{{Id("Verbatim"), {Id("a note")}}, Here}};
  S.Fixes = {{{File, 1, 2}, {File, 1, 4}, Id("co_await")}};
  S.Passed = {{0, 1, Here}, {1, NoIndex, Here, 0, 0}};
  S.Forwards = {{0, 0, 1, 0}};
  S.Borrows = {{0, 0, Cause.What, Here}, {0, NoIndex, Cause.What, Here}};
  S.Lent = {{1, 0, 0, 0}, {1, NoIndex, 0, NoIndex}};
  S.Entries = {{0, 1, true, false, true, Here}, {1, 0, false, true, false, {}}};
  S.Changes = {{0, {7, 0}, 3, true, 5, Id("'sleeps'"), Here},
               {1, {7, 1}, 8, false, 0, Id("'calls'"), Here}};
  S.StaleActs = {
      {1, {7, 2}, Id("state"), Id("'calls'"), 0xffff, true, 5, true, 0, 1}};
  S.CheckedSince = {9};
  S.Parameters = {{0, 0, 1}};
  S.Allowed = {{Finding.Check, Id("elsewhere")}};
  S.Checks = {{Finding.Check, AnyBlocking}};
  S.Errors = {{Id("expected ';'"), Here}};
  S.Dropped = {Id("-fodd")};
  return S;
}

std::string said(Error E) { return toString(std::move(E)); }

/// All results that a shard's reader and the linker produce, or nothing if the
/// shard is refused.
std::optional<std::string> readAsShard(StringRef Bytes) {
  auto Unit = readShard(MemoryBufferRef(Bytes, "small.shard"));
  if (!Unit) {
    EXPECT_NE(said(Unit.takeError()).find("small.shard"), std::string::npos);
    return std::nullopt;
  }
  std::string Again = writeShard(**Unit);
  Program Linked;
  Linked.add(std::move(*Unit), MemoryBufferRef(Bytes, "small.shard"));
  EXPECT_FALSE(said(Linked.link()).size());
  for (const Finding &F : Linked.findings())
    Again += F.What.text();
  for (const std::string &Part : writeIndex(Linked))
    Again += Part;
  return Again;
}

std::string textOf(const ExternalWitness &Witness) {
  std::string All = Witness.Reason + Witness.Cause.Message +
                    Witness.Cause.File + std::to_string(Witness.Cause.Line);
  for (const std::string &Argument : Witness.Cause.Arguments)
    All += Argument;
  for (const ExternalStep &Step : Witness.Steps)
    All += Step.Caller + Step.Callee + Step.File + std::to_string(Step.Line);
  return All;
}

class FormatTest : public testing::Test {
protected:
  FormatTest() {
    EXPECT_FALSE(sys::fs::createTemporaryFile("format", "index", Path));
    for (const char *Name : {"one.cpp", "two.cpp"})
      Shards.push_back(writeShard(smallSummary(Name)));
    Program Linked;
    for (const std::string &Shard : Shards) {
      MemoryBufferRef Buffer(Shard, "small.shard");
      Linked.add(cantFail(readShard(Buffer)), Buffer);
    }
    cantFail(Linked.link());
    for (const std::string &Part : writeIndex(Linked))
      Index += Part;
  }
  ~FormatTest() override { sys::fs::remove(Path); }

  /// All answers of an index, or nothing if it is refused.
  std::optional<std::string> readAsIndex(StringRef Bytes) {
    cantFail(writeFileAtomically(Path, Bytes));
    auto Opened = ProgramIndex::open(Path);
    if (!Opened) {
      EXPECT_NE(said(Opened.takeError()).find(Path.str().str()),
                std::string::npos);
      return std::nullopt;
    }
    ProgramIndex &In = **Opened;
    std::string All = std::to_string(In.numFunctions());
    for (const char *Name :
         {"one.cppsleeps", "one.cppcalls", "two.cppsleeps", "none"}) {
      const FunctionKey Key = FunctionKey::of(Name);
      for (const FunctionKey &Each : {Key, ProgramIndex::dispatched(Key)})
        if (const disk::Function *F = In.find(Each))
          All += textOf(In.witness(*F, AllEffects, {"avoided"}));
      for (const disk::Context &C : In.contexts(Key))
        All += std::to_string(uint32_t(C.Kind)) + In.pathOf(C.Where.File);
    }
    In.findRoot("/nowhere/one.cpp");
    All += In.root();
    All += In.staleness().value_or("");
    for (const MemoryBufferRef &Shard : In.shards())
      if (auto Unit = readShard(Shard))
        All += (*Unit)->Unit;
      else
        All += "refused: " + said(Unit.takeError());
    return All;
  }

  SmallString<128> Path;
  std::vector<std::string> Shards;
  std::string Index;
};

/// Flips each bit of \p Good: \p Read must return the same, or nothing.
/// \p Allowed accepts the places where the answer itself is a refusal.
template <typename Reader>
void flipEveryBit(const std::string &Good, Reader Read,
                  StringRef Inner = "refused: ") {
  const auto Before = Read(Good);
  ASSERT_TRUE(Before);
  for (size_t At = 0; At < Good.size(); ++At)
    for (unsigned Bit = 0; Bit < 8; ++Bit) {
      std::string Bad = Good;
      Bad[At] ^= char(1u << Bit);
      const auto After = Read(Bad);
      ASSERT_TRUE(!After || *After == *Before ||
                  StringRef(*After).contains(Inner))
          << "byte " << At << ", bit " << Bit;
    }
}

template <typename Reader>
void cutEverywhere(const std::string &Good, Reader Read) {
  for (size_t Length = 0; Length < Good.size(); ++Length)
    ASSERT_FALSE(Read(Good.substr(0, Length))) << "length " << Length;
  for (const std::string &More :
       {std::string(9, '\0'), std::string("x"), std::string("corolint")})
    ASSERT_FALSE(Read(Good + More));
}

std::string sealedAgain(FileKind Kind, uint32_t Compression,
                        std::string Payload, StringRef Rest = {}) {
  return headerOf(Kind, Compression, Payload.size(), Payload) + Payload +
         Rest.str();
}

TEST_F(FormatTest, ShardWithAFlippedBit) {
  flipEveryBit(Shards[0], readAsShard);
}

TEST_F(FormatTest, ShardCutShort) { cutEverywhere(Shards[0], readAsShard); }

TEST_F(FormatTest, IndexWithAFlippedBit) {
  flipEveryBit(Index, [&](StringRef Bytes) { return readAsIndex(Bytes); });
}

TEST_F(FormatTest, IndexCutShort) {
  cutEverywhere(Index, [&](StringRef Bytes) { return readAsIndex(Bytes); });
}

// The shards in an index come after the part that its checksum covers: each has
// its own checksum.
TEST_F(FormatTest, ShardInAnIndexWithAFlippedBit) {
  std::string Bad = Index;
  Bad[Bad.size() - Shards[1].size() / 2] ^= 1;
  const auto Answer = readAsIndex(Bad);
  ASSERT_TRUE(Answer);
  EXPECT_NE(Answer->find("refused: "), std::string::npos);
}

TEST_F(FormatTest, ForeignAndFuture) {
  for (const std::string &Foreign :
       {std::string("\x7f"
                    "ELF and more of that"),
        std::string(4096, '\0'), std::string("corolint"),
        std::string(200, 'c')}) {
    EXPECT_FALSE(readAsShard(Foreign));
    EXPECT_FALSE(readAsIndex(Foreign));
  }
  EXPECT_FALSE(readAsShard(Index));
  EXPECT_FALSE(readAsIndex(Shards[0]));
  std::string Future = Shards[0];
  Future[12] = char(FormatVersion + 1);
  auto Unit = readShard(MemoryBufferRef(Future, "small.shard"));
  ASSERT_FALSE(Unit);
  EXPECT_NE(said(Unit.takeError()).find("format version"), std::string::npos);
}

// A correct checksum alone proves nothing.
TEST_F(FormatTest, ShardSealedAgain) {
  SmallVector<uint8_t, 0> Plain;
  FileHeader Header;
  std::memcpy(&Header, Shards[0].data(), sizeof(Header));
  const StringRef Packed = StringRef(Shards[0]).drop_front(sizeof(Header));
  ASSERT_EQ(Header.Compression, 2u);
  cantFail(compression::zstd::decompress(arrayRefFromStringRef(Packed), Plain,
                                         Header.PlainSize));
  const std::string Good = toStringRef(Plain).str();
  ASSERT_TRUE(readAsShard(sealedAgain(FileKind::Shard, 0, Good)));
  for (size_t At = 0; At < Good.size(); ++At)
    for (int Value : {0, 1, 2, 0x7f, 0x80, 0xff}) {
      std::string Bad = Good;
      Bad[At] = char(Value);
      readAsShard(sealedAgain(FileKind::Shard, 0, Bad));
      readAsShard(sealedAgain(FileKind::Shard, 0, Bad.substr(0, At)));
    }
}

TEST_F(FormatTest, IndexSealedAgain) {
  FileHeader Header;
  std::memcpy(&Header, Index.data(), sizeof(Header));
  const std::string Good = Index.substr(sizeof(Header), Header.Size);
  const StringRef Rest =
      StringRef(Index).drop_front(sizeof(Header) + Header.Size);
  ASSERT_TRUE(readAsIndex(sealedAgain(FileKind::Index, 0, Good, Rest)));
  for (size_t At = 0; At < Good.size(); ++At)
    for (int Value : {0, 1, 2, 0x7f, 0x80, 0xff}) {
      std::string Bad = Good;
      Bad[At] = char(Value);
      readAsIndex(sealedAgain(FileKind::Index, 0, Bad, Rest));
    }
}

} // namespace
