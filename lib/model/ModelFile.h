//===-- ModelFile.h - Reads model files -------------------------*- C++ -*-===//
//
// Part of corolint, under the Apache License v2.0 with LLVM Exceptions.
// See LICENSE for license information.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//
//
// A model file describes one library in YAML (docs/models.md). Built-in models
// are read at build time (ModelGenerator.cpp), the user's own (option
// CoroModels) at start-up. Depends only on LLVM's Support library.
//
//===----------------------------------------------------------------------===//

#ifndef COROLINT_MODEL_MODELFILE_H
#define COROLINT_MODEL_MODELFILE_H

#include "model/Model.h"
#include "llvm/Support/Allocator.h"
#include "llvm/Support/Error.h"
#include "llvm/Support/MemoryBufferRef.h"
#include <memory>

namespace corolint {

/// One model file in memory. Owns everything to which its tables refer.
class ModelFile {
public:
  /// Reads the file at \p Path.
  static llvm::Expected<std::unique_ptr<ModelFile>> load(llvm::StringRef Path);

  /// Reads \p Buffer, whose identifier names the file in errors. The error has
  /// one line `file:line:column: error: what; remedy` for each mistake.
  static llvm::Expected<std::unique_ptr<ModelFile>>
  parse(llvm::MemoryBufferRef Buffer);

  const ModelTables &tables() const { return Tables; }

  /// The library's name as shown in notes: "std".
  llvm::StringRef library() const { return Library; }

private:
  friend class ModelReader;
  ModelFile() = default;

  llvm::BumpPtrAllocator Allocator;
  ModelTables Tables;
  llvm::StringRef Library;
};

} // namespace corolint

#endif // COROLINT_MODEL_MODELFILE_H
