//===-- Shard.cpp - Summaries as files ------------------------------------===//
//
// Part of corolint, under the Apache License v2.0 with LLVM Exceptions.
// See LICENSE for license information.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//

#include "program/Shard.h"
#include "program/SummaryCheck.h"
#include "llvm/ADT/SmallString.h"
#include "llvm/ADT/StringExtras.h"
#include "llvm/ADT/Twine.h"
#include "llvm/Support/Compression.h"
#include "llvm/Support/FileSystem.h"
#include "llvm/Support/LEB128.h"
#include "llvm/Support/Path.h"
#include "llvm/Support/raw_ostream.h"
#include "llvm/Support/xxhash.h"
#include <cstring>

using namespace llvm;

namespace corolint {

Error makeError(const Twine &Message) {
  return createStringError(inconvertibleErrorCode(), Message);
}

/// \p Usr without offsets in files, as in `c:a.h@120@F@f`. They change whenever
/// the file does.
static std::string withoutOffsets(StringRef Usr) {
  std::string Result;
  bool AfterFile = false;
  for (StringRef Part : llvm::split(Usr, '@')) {
    const bool IsOffset = AfterFile && !Part.empty() && all_of(Part, isDigit);
    if (!IsOffset)
      Result += (Part + "@").str();
    AfterFile = Part.contains('.');
  }
  return Result;
}

FunctionKey FunctionKey::of(StringRef Usr) {
  XXH128_hash_t Hash = xxh3_128bits(arrayRefFromStringRef(withoutOffsets(Usr)));
  FunctionKey Key{Hash.high64, Hash.low64};
  // Avoid zero and the values that hash tables reserve.
  if (!Key || Key.High == ~uint64_t(0))
    Key.High = 1;
  return Key;
}

//===----------------------------------------------------------------------===//
// Files
//===----------------------------------------------------------------------===//

static constexpr char Magic[8] = {'c', 'o', 'r', 'o', 'l', 'i', 'n', 't'};

static XXH128_hash_t checksum(FileHeader Header, StringRef Payload) {
  Header.Checksum[0] = 0;
  Header.Checksum[1] = 0;
  XXH128_hash_t Body = xxh3_128bits(arrayRefFromStringRef(Payload));
  char Both[sizeof(Header) + 16];
  std::memcpy(Both, &Header, sizeof(Header));
  support::endian::write64le(Both + sizeof(Header), Body.low64);
  support::endian::write64le(Both + sizeof(Header) + 8, Body.high64);
  return xxh3_128bits(
      ArrayRef(reinterpret_cast<const uint8_t *>(Both), sizeof(Both)));
}

std::string headerOf(FileKind Kind, uint32_t Compression, uint64_t PlainSize,
                     StringRef Payload) {
  FileHeader Header{};
  std::memcpy(Header.Magic, Magic, sizeof(Magic));
  Header.Kind = uint32_t(Kind);
  Header.Version = FormatVersion;
  Header.Compression = Compression;
  Header.PlainSize = PlainSize;
  Header.Size = Payload.size();
  XXH128_hash_t Sum = checksum(Header, Payload);
  Header.Checksum[0] = Sum.low64;
  Header.Checksum[1] = Sum.high64;
  return std::string(reinterpret_cast<const char *>(&Header), sizeof(Header));
}

std::string sealFile(FileKind Kind, uint32_t Compression, uint64_t PlainSize,
                     StringRef Payload) {
  return headerOf(Kind, Compression, PlainSize, Payload) + Payload.str();
}

size_t sizeOfSealed(StringRef Bytes) {
  FileHeader Header;
  if (Bytes.size() < sizeof(Header))
    return Bytes.size();
  std::memcpy(&Header, Bytes.data(), sizeof(Header));
  return std::min<size_t>(Bytes.size(), sizeof(Header) + Header.Size);
}

static const char *nameOfKind(FileKind Kind) {
  return Kind == FileKind::Shard ? "shard" : "index";
}

Expected<StringRef> openFile(MemoryBufferRef File, FileKind Kind,
                             StringRef *Rest) {
  const StringRef Name = File.getBufferIdentifier();
  const StringRef Content = File.getBuffer();
  const StringRef Remedy =
      Kind == FileKind::Shard ? "; extract it again" : "; link it again";
  auto Fail = [&](const Twine &What) {
    return makeError("'" + Name + "' " + What + Remedy);
  };
  if (Content.empty())
    return Fail("is empty");
  if (!Content.starts_with(
          StringRef(Magic, std::min(sizeof(Magic), Content.size()))))
    return makeError("'" + Name + "' is no " + nameOfKind(Kind) +
                     " of corolint; name a file that 'corolint " +
                     (Kind == FileKind::Shard ? "extract" : "link") +
                     "' wrote");
  if (Content.size() < sizeof(FileHeader))
    return Fail("is cut short");
  FileHeader Header;
  std::memcpy(&Header, Content.data(), sizeof(Header));
  if (Header.Kind != uint32_t(Kind)) {
    bool Other = Header.Kind == uint32_t(FileKind::Shard) ||
                 Header.Kind == uint32_t(FileKind::Index);
    if (!Other)
      return Fail("is damaged: it is neither a shard nor an index");
    return makeError("'" + Name + "' is " +
                     (Kind == FileKind::Shard ? "an index" : "a shard") +
                     ", not " +
                     (Kind == FileKind::Shard ? "a shard" : "an index"));
  }
  if (Header.Version != FormatVersion)
    return makeError(
        "'" + Name + "' has format version " + Twine(uint32_t(Header.Version)) +
        ", but this corolint reads version " + Twine(FormatVersion) + Remedy +
        " with this corolint, or use the one that wrote it");
  StringRef Payload = Content.drop_front(sizeof(Header));
  if (Payload.size() < Header.Size)
    return Fail("is cut short");
  StringRef After = Payload.drop_front(Header.Size);
  Payload = Payload.take_front(Header.Size);
  if (!Rest && !After.empty())
    return Fail("is damaged: there are bytes after its end");
  XXH128_hash_t Sum = checksum(Header, Payload);
  if (Header.Checksum[0] != Sum.low64 || Header.Checksum[1] != Sum.high64)
    return Fail("is damaged: its checksum is wrong");
  if (Rest)
    *Rest = After;
  return Payload;
}

Error writeFileAtomically(StringRef Path, StringRef Content) {
  return writePartsAtomically(Path, Content.str());
}

Error writePartsAtomically(StringRef Path, ArrayRef<std::string> Content) {
  auto Fail = [&](std::error_code EC) {
    return makeError("cannot write '" + Path + "': " + EC.message());
  };
  sys::fs::file_status Status;
  bool Special = !sys::fs::status(Path, Status) && sys::fs::exists(Status) &&
                 !sys::fs::is_regular_file(Status);
  SmallString<256> Temporary;
  int Descriptor = -1;
  if (Special) {
    if (std::error_code EC = sys::fs::openFileForWrite(
            Path, Descriptor, sys::fs::CD_OpenExisting, sys::fs::OF_None))
      return Fail(EC);
  } else if (std::error_code EC = sys::fs::createUniqueFile(
                 Path + ".%%%%%%%%.tmp", Descriptor, Temporary,
                 sys::fs::OF_None, sys::fs::all_read | sys::fs::owner_write)) {
    return Fail(EC);
  }
  auto Discard = [&] {
    if (!Temporary.empty())
      sys::fs::remove(Temporary);
  };
  {
    raw_fd_ostream Out(Descriptor, /*shouldClose=*/true, /*unbuffered=*/true);
    for (const std::string &Part : Content)
      if (!Out.has_error())
        Out << Part;
    Out.close();
    if (Out.has_error()) {
      std::error_code EC = Out.error();
      Out.clear_error();
      Discard();
      return Fail(EC);
    }
  }
  if (Special)
    return Error::success();
  if (std::error_code EC = sys::fs::rename(Temporary, Path)) {
    Discard();
    return Fail(EC);
  }
  return Error::success();
}

//===----------------------------------------------------------------------===//
// Records
//===----------------------------------------------------------------------===//

namespace {

/// Appends numbers in LEB128, hashes in eight bytes, strings with their length.
class Writer {
public:
  static constexpr bool Visits = false;
  static constexpr bool Reads = false;
  std::string Out;

  void number(uint64_t N) {
    uint8_t Bytes[10];
    unsigned Count = encodeULEB128(N, Bytes);
    Out.append(reinterpret_cast<char *>(Bytes), Count);
  }
  void operator()(const uint32_t &N) { number(N); }
  void operator()(const bool &B) { number(B); }
  void hash(const uint64_t &N) {
    char Bytes[8];
    support::endian::write64le(Bytes, N);
    Out.append(Bytes, 8);
  }
  void operator()(const std::string &Text) {
    number(Text.size());
    Out += Text;
  }
  bool failed() const { return false; }
};

class Reader {
public:
  static constexpr bool Visits = false;
  static constexpr bool Reads = true;
  explicit Reader(StringRef In) : At(In.bytes_begin()), End(In.bytes_end()) {}

  uint64_t number() {
    unsigned Count = 0;
    const char *Error = nullptr;
    if (At != End && *At < 0x80)
      return *At++;
    uint64_t N = decodeULEB128(At, &Count, End, &Error);
    if (Error) {
      Failed = true;
      return 0;
    }
    At += Count;
    return N;
  }
  void operator()(uint32_t &N) {
    uint64_t Wide = number();
    Failed |= Wide > ~uint32_t(0);
    N = uint32_t(Wide);
  }
  void operator()(bool &B) { B = number() != 0; }
  void hash(uint64_t &N) {
    if (End - At < 8) {
      Failed = true;
      return;
    }
    N = support::endian::read64le(At);
    At += 8;
  }
  void operator()(std::string &Text) {
    uint64_t Size = count();
    Text.assign(reinterpret_cast<const char *>(At), Size);
    At += Size;
  }
  /// A count of elements that take at least one byte each.
  uint64_t count() {
    uint64_t N = number();
    if (N > uint64_t(End - At)) {
      Failed = true;
      return 0;
    }
    return N;
  }
  bool failed() const { return Failed; }
  bool atEnd() const { return At == End; }

private:
  const uint8_t *At, *End;
  bool Failed = false;
};

/// Visits the places alone.
class Visitor {
public:
  static constexpr bool Reads = false, Visits = true;
  llvm::function_ref<void(SourcePoint &)> Visit;

  void number(uint64_t) {}
  void hash(uint64_t) {}
  void operator()(const auto &) {}
  bool failed() const { return false; }
};

// The fields of each record, for writing and reading alike.

template <typename A> void point(A &Archive, auto &P) {
  if constexpr (A::Visits) {
    if (P.Line)
      Archive.Visit(P);
    return;
  }
  Archive(P.File), Archive(P.Line), Archive(P.Column);
}
/// A number or NoIndex, which gets the shortest encoding.
template <typename A> void optional(A &Archive, auto &Number) {
  uint32_t Next = Number + 1;
  Archive(Next);
  if constexpr (A::Reads)
    Number = Next - 1;
}
/// Most records have an empty list, which takes one byte.
template <typename A> void dead(A &Archive, auto &R) {
  Archive(R.Num);
  if (R.Num != 0)
    Archive(R.First);
}
template <typename A> void message(A &Archive, auto &R) {
  Archive(R.Name);
  for (auto &Argument : R.Arguments)
    Archive(Argument);
}
template <typename A> void fields(A &Archive, auto &R, const FileRecord *) {
  Archive(R.Path), Archive.hash(R.Hash);
}
template <typename A> void fields(A &Archive, auto &R, const CauseRecord *) {
  Archive(R.Effect), point(Archive, R.Where), Archive(R.Callee);
  Archive(R.Qualified), message(Archive, R.What), point(Archive, R.Note);
  Archive(R.Reason), Archive(R.Site), dead(Archive, R.DeadIf);
}
template <typename A> void fields(A &Archive, auto &R, const CallRecord *) {
  Archive(R.Target), Archive(R.Allowed), point(Archive, R.Where);
  Archive(R.Dispatched), Archive(R.Site);
  optional(Archive, R.Through);
  if (R.Through != NoIndex)
    Archive(R.Parameter);
  dead(Archive, R.DeadIf);
}
template <typename A>
void fields(A &Archive, auto &R, const UnknownCallRecord *) {
  Archive(R.Caller), Archive(R.Callee), point(Archive, R.Where);
}
template <typename A> void fields(A &Archive, auto &R, const ReachRecord *) {
  Archive(R.Caller), Archive(R.Callee);
}
template <typename A> void fields(A &Archive, auto &R, const ForwardRecord *) {
  Archive(R.Function), Archive(R.Parameter);
  Archive(R.Callee), Archive(R.Argument);
}
template <typename A> void fields(A &Archive, auto &R, const BorrowRecord *) {
  Archive(R.Function), optional(Archive, R.Parameter);
  message(Archive, R.What), point(Archive, R.Where);
}
template <typename A>
void fields(A &Archive, auto &R, const ParameterRecord *) {
  Archive(R.Function), Archive(R.Parameter), Archive(R.Context);
}
template <typename A> void fields(A &Archive, auto &R, const FunctionRecord *) {
  Archive.hash(R.Key.High), Archive.hash(R.Key.Low), Archive(R.Name);
  Archive(R.Qualified), point(Archive, R.Where), Archive(R.Defined);
  Archive(R.Coroutine), Archive(R.Library), Archive(R.Described);
  Archive(R.InContext), Archive(R.Passing), Archive.hash(R.Invokes);
  Archive(R.Entry), Archive(R.Ends);
  Archive(R.Marks);
  if (R.Marks)
    point(Archive, R.Marked);
  Archive(R.FirstCause), Archive(R.NumCauses);
  Archive(R.FirstCall), Archive(R.NumCalls);
}
template <typename A> void fields(A &Archive, auto &R, const EntryRecord *) {
  Archive(R.Callee), Archive(R.Caller), Archive(R.Started);
  Archive(R.Conditional), Archive(R.Repeats);
  if (R.Repeats)
    point(Archive, R.Where);
}
template <typename A> void state(A &Archive, auto &R) {
  Archive.hash(R.Key), Archive.hash(R.Owner);
}
template <typename A> void fields(A &Archive, auto &R, const ChangeRecord *) {
  Archive(R.Function), state(Archive, R.State), Archive(R.Class);
  Archive(R.IsConstant);
  if (R.IsConstant)
    Archive.hash(R.Constant);
  Archive(R.Name), point(Archive, R.Where);
}
template <typename A> void fields(A &Archive, auto &R, const StaleActRecord *) {
  Archive(R.Coroutine), state(Archive, R.State), Archive(R.StateName);
  Archive(R.CoroutineName), Archive(R.Harmful), Archive(R.HasHarmless);
  if (R.HasHarmless)
    Archive.hash(R.Harmless);
  Archive(R.Again), Archive(R.FirstSince), Archive(R.NumSince);
}
template <typename A> void fields(A &Archive, auto &R, const OverrideRecord *) {
  Archive(R.Derived), Archive(R.Base);
}
template <typename A> void fields(A &Archive, auto &R, const NoteRecord *) {
  message(Archive, R.What), point(Archive, R.Where);
}
template <typename A> void fields(A &Archive, auto &R, const ErrorRecord *) {
  Archive(R.Message), point(Archive, R.Where);
}
template <typename A> void fields(A &Archive, auto &R, const CheckRecord *) {
  Archive(R.Name), Archive(R.Effects);
}
template <typename A> void fields(A &Archive, auto &R, const FixRecord *) {
  point(Archive, R.Begin), point(Archive, R.End), Archive(R.Text);
}
template <typename A> void fields(A &Archive, auto &R, const FindingRecord *) {
  Archive(R.Check), message(Archive, R.What), point(Archive, R.Where);
  Archive(R.Function), Archive(R.Line), Archive(R.FirstNote);
  Archive(R.NumNotes), Archive(R.FirstFix), Archive(R.NumFixes);
  optional(Archive, R.Within), dead(Archive, R.DeadIf);
}
template <typename A> void fields(A &Archive, auto &R, const EndRecord *) {
  Archive(R.Function), Archive(R.By);
}
template <typename A> void fields(A &Archive, auto &R, const PendingRecord *) {
  Archive(R.Finding), Archive(R.Wanted), Archive(R.FirstCall);
  Archive(R.NumCalls), optional(Archive, R.Borrower);
  if (R.Borrower != NoIndex)
    optional(Archive, R.Parameter);
  optional(Archive, R.Act);
}
template <typename A> void fields(A &Archive, auto &R, const PassedRecord *) {
  Archive(R.Function), point(Archive, R.Where);
  optional(Archive, R.Context), optional(Archive, R.Callee);
  Archive(R.Argument);
}
template <typename A> void fields(A &Archive, auto &R, const AllowedRecord *) {
  Archive(R.Check), Archive(R.Function);
}
template <typename A> void fields(A &Archive, auto &R, const std::string *) {
  Archive(R);
}
template <typename A> void fields(A &Archive, auto &R, const uint32_t *) {
  Archive(R);
}
template <typename A> void fields(A &Archive, auto &R, const uint64_t *) {
  Archive.hash(R);
}

template <typename A, typename T> void list(A &Archive, T &Records) {
  if constexpr (A::Reads) {
    uint64_t Count = Archive.count();
    // A string occupies a slot even when empty; every other record has at least
    // a byte.
    Records.clear();
    Records.reserve(Count);
    for (uint64_t I = 0; I < Count && !Archive.failed(); ++I)
      fields(Archive, Records.emplace_back(),
             static_cast<typename T::value_type *>(nullptr));
  } else {
    Archive.number(Records.size());
    for (auto &Record : Records)
      fields(Archive, Record,
             static_cast<const typename T::value_type *>(nullptr));
  }
}

template <typename A, typename S> void everything(A &Archive, S &Unit) {
  Archive(Unit.Unit), Archive(Unit.Variant), Archive(Unit.Made);
  list(Archive, Unit.Strings), list(Archive, Unit.Files);
  list(Archive, Unit.Functions), list(Archive, Unit.Causes);
  list(Archive, Unit.Calls), list(Archive, Unit.Overrides);
  list(Archive, Unit.Findings), list(Archive, Unit.PendingFindings);
  list(Archive, Unit.Pending), list(Archive, Unit.Notes);
  list(Archive, Unit.Fixes), list(Archive, Unit.Passed);
  list(Archive, Unit.Forwards), list(Archive, Unit.Parameters);
  list(Archive, Unit.Allowed), list(Archive, Unit.Errors);
  list(Archive, Unit.Dropped), list(Archive, Unit.Checks);
  list(Archive, Unit.UnknownCalls), list(Archive, Unit.Reaches);
  list(Archive, Unit.Borrows), list(Archive, Unit.Lent);
  list(Archive, Unit.Entries), list(Archive, Unit.Changes);
  list(Archive, Unit.StaleActs), list(Archive, Unit.CheckedSince);
  list(Archive, Unit.Ends), list(Archive, Unit.DeadIf);
}

/// Level 1 of zstd: shards are written once and read once or twice.
constexpr int CompressionLevel = 1;

} // namespace

void forEachPoint(Summary &S, function_ref<void(SourcePoint &)> Visit) {
  Visitor Points{Visit};
  everything(Points, S);
}

std::string writeShard(const Summary &S) {
  Writer Plain;
  everything(Plain, S);
  SmallVector<uint8_t, 0> Packed;
  ArrayRef<uint8_t> Bytes = arrayRefFromStringRef(Plain.Out);
  uint32_t Compression = 0;
  if (compression::zstd::isAvailable()) {
    compression::zstd::compress(Bytes, Packed, CompressionLevel);
    Compression = 2;
  } else if (compression::zlib::isAvailable()) {
    compression::zlib::compress(Bytes, Packed, CompressionLevel);
    Compression = 1;
  } else {
    Packed.assign(Bytes.begin(), Bytes.end());
  }
  return sealFile(FileKind::Shard, Compression, Bytes.size(),
                  toStringRef(Packed));
}

Expected<std::unique_ptr<Summary>> readShard(MemoryBufferRef File) {
  Expected<StringRef> Payload = openFile(File, FileKind::Shard);
  if (!Payload)
    return Payload.takeError();
  const StringRef Name = File.getBufferIdentifier();
  FileHeader Header;
  std::memcpy(&Header, File.getBufferStart(), sizeof(Header));
  SmallVector<uint8_t, 0> Plain;
  ArrayRef<uint8_t> Packed = arrayRefFromStringRef(*Payload);
  Error Failed = Error::success();
  if (Header.Compression == 2 && compression::zstd::isAvailable())
    Failed = compression::zstd::decompress(Packed, Plain, Header.PlainSize);
  else if (Header.Compression == 1 && compression::zlib::isAvailable())
    Failed = compression::zlib::decompress(Packed, Plain, Header.PlainSize);
  else if (Header.Compression == 0)
    Plain.assign(Packed.begin(), Packed.end());
  else
    Failed = makeError("is compressed in a way that this LLVM cannot undo");
  if (Failed)
    return makeError("'" + Name + "' cannot be unpacked: " +
                     toString(std::move(Failed)) + "; extract it again");
  auto Result = std::make_unique<Summary>();
  Reader In(toStringRef(Plain));
  everything(In, *Result);
  if (In.failed() || !In.atEnd() || !isConsistent(*Result))
    return makeError("'" + Name +
                     "' is damaged: its records do not fit together; extract "
                     "it again");
  return Result;
}

} // namespace corolint
