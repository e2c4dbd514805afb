//===-- Shard.h - Summaries in files ----------------------------*- C++ -*-===//
//
// Part of corolint, under the Apache License v2.0 with LLVM Exceptions.
// See LICENSE for license information.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//
//
// A shard is one summary, compressed, with a header that identifies it:
// magic, version, sizes and a checksum over all of it, the header included. The
// same summary gives the same bytes. Numbers are little-endian. docs/program.md
// describes the format.
//
//===----------------------------------------------------------------------===//

#ifndef COROLINT_PROGRAM_SHARD_H
#define COROLINT_PROGRAM_SHARD_H

#include "program/Summary.h"
#include "llvm/ADT/ArrayRef.h"
#include "llvm/Support/Endian.h"
#include "llvm/Support/Error.h"
#include "llvm/Support/MemoryBufferRef.h"
#include <memory>

namespace corolint {

/// Rises with every change of what the records mean.
inline constexpr uint32_t FormatVersion = 9;

enum class FileKind : uint32_t {
  Shard = 0x64726873, ///< "shrd"
  Index = 0x78646e69, ///< "indx"
};

/// How every file of corolint's begins.
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

/// Writes a header for \p Payload, in front of it.
std::string sealFile(FileKind Kind, uint32_t Compression, uint64_t PlainSize,
                     llvm::StringRef Payload);

/// The header alone.
std::string headerOf(FileKind Kind, uint32_t Compression, uint64_t PlainSize,
                     llvm::StringRef Payload);

/// The payload of \p File, checked; what follows the payload goes to \p Rest if
/// that is given, and is an error otherwise. Errors name the file and a remedy.
llvm::Expected<llvm::StringRef> openFile(llvm::MemoryBufferRef File,
                                         FileKind Kind,
                                         llvm::StringRef *Rest = nullptr);

/// The bytes of the shard of \p S.
std::string writeShard(const Summary &S);

/// Reads a shard; errors name the file and a remedy.
llvm::Expected<std::unique_ptr<Summary>> readShard(llvm::MemoryBufferRef File);

/// Replaces the file at \p Path at once or not at all. Anything but a regular
/// file is written to directly.
llvm::Error writeFileAtomically(llvm::StringRef Path, llvm::StringRef Content);
llvm::Error writePartsAtomically(llvm::StringRef Path,
                                 llvm::ArrayRef<std::string> Content);

llvm::Error makeError(const llvm::Twine &Message);

} // namespace corolint

#endif // COROLINT_PROGRAM_SHARD_H
