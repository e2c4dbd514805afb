//===-- Shard.h - Summaries as files ----------------------------*- C++ -*-===//
//
// Part of corolint, under the Apache License v2.0 with LLVM Exceptions.
// See LICENSE for license information.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//
//
// A shard is one compressed summary with a header that identifies it: magic,
// version, sizes and a checksum over everything, the header included. The same
// summary gives the same bytes. Numbers are little-endian. docs/program.md
// describes the format.
//
//===----------------------------------------------------------------------===//

#ifndef COROLINT_PROGRAM_SHARD_H
#define COROLINT_PROGRAM_SHARD_H

#include "program/Summary.h"
#include "llvm/ADT/ArrayRef.h"
#include "llvm/ADT/STLFunctionalExtras.h"
#include "llvm/Support/Endian.h"
#include "llvm/Support/Error.h"
#include "llvm/Support/MemoryBufferRef.h"
#include <memory>

namespace corolint {

/// Incremented whenever the meaning of the records changes.
inline constexpr uint32_t FormatVersion = 11;

enum class FileKind : uint32_t {
  Shard = 0x64726873, ///< "shrd"
  Index = 0x78646e69, ///< "indx"
};

/// The header of every file that corolint writes.
struct FileHeader {
  char Magic[8]; ///< "corolint"
  llvm::support::ulittle32_t Kind;
  llvm::support::ulittle32_t Version;
  llvm::support::ulittle32_t Compression; ///< 0: none, 1: zlib, 2: zstd.
  llvm::support::ulittle32_t Reserved;
  llvm::support::ulittle64_t PlainSize;   ///< Of the payload, uncompressed.
  llvm::support::ulittle64_t Size;        ///< Of the payload, compressed.
  llvm::support::ulittle64_t Checksum[2]; ///< XXH3-128 of header and payload.
};
static_assert(sizeof(FileHeader) == 56);

/// Returns \p Payload preceded by its header.
std::string sealFile(FileKind Kind, uint32_t Compression, uint64_t PlainSize,
                     llvm::StringRef Payload);

/// Returns the header alone.
std::string headerOf(FileKind Kind, uint32_t Compression, uint64_t PlainSize,
                     llvm::StringRef Payload);

/// Returns the payload of \p File after checking it. Bytes after the payload
/// are stored in \p Rest if that is given, and are an error otherwise. Errors
/// name the file and a remedy.
llvm::Expected<llvm::StringRef> openFile(llvm::MemoryBufferRef File,
                                         FileKind Kind,
                                         llvm::StringRef *Rest = nullptr);

/// Returns the bytes of the shard of \p S.
std::string writeShard(const Summary &S);

/// Reads a shard. Errors name the file and a remedy.
llvm::Expected<std::unique_ptr<Summary>> readShard(llvm::MemoryBufferRef File);

/// Calls \p Visit with each place in \p S that is in a file.
void forEachPoint(Summary &S, llvm::function_ref<void(SourcePoint &)> Visit);

/// The size of the file at the start of \p Bytes, which `sealFile` made.
size_t sizeOfSealed(llvm::StringRef Bytes);

/// Replaces the file at \p Path atomically. Anything but a regular file is
/// written directly.
llvm::Error writeFileAtomically(llvm::StringRef Path, llvm::StringRef Content);
llvm::Error writePartsAtomically(llvm::StringRef Path,
                                 llvm::ArrayRef<std::string> Content);

llvm::Error makeError(const llvm::Twine &Message);

} // namespace corolint

#endif // COROLINT_PROGRAM_SHARD_H
