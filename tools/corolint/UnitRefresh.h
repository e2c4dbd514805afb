//===-- UnitRefresh.h - Adapts old summaries to edited files -- -*- C++ -*-===//
//
// Part of corolint, under the Apache License v2.0 with LLVM Exceptions.
// See LICENSE for license information.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//

#ifndef COROLINT_TOOLS_UNITREFRESH_H
#define COROLINT_TOOLS_UNITREFRESH_H

#include "FileEdit.h"
#include "UnitWords.h"
#include "program/Summary.h"
#include "llvm/ADT/ArrayRef.h"
#include "llvm/ADT/DenseMap.h"
#include "llvm/ADT/DenseSet.h"
#include "llvm/Support/MemoryBuffer.h"
#include <map>
#include <memory>
#include <optional>
#include <set>
#include <string>
#include <tuple>

namespace corolint {

/// Adapts summaries in the cache to edits that their units cannot see: code
/// moved, or declarations were added that the unit does not mention. For this,
/// the cache keeps the text of each file of the project, without comments, as
/// it was when a unit read it. Not thread-safe; several processes may share a
/// cache.
class UnitRefresh {
public:
  /// \p Directory is the cache.
  explicit UnitRefresh(llvm::StringRef Directory) : Directory(Directory) {}

  /// A file of a unit that has changed.
  struct Change {
    size_t File;          ///< Its number in the summary.
    std::string Path;     ///< Absolute.
    uint64_t NewHash = 0; ///< By `hashOfFile`.
  };

  /// Keeps the texts of the files of \p Unit, which are below \p Root.
  void keepTexts(const Summary &Unit, llvm::StringRef Root);

  /// Adapts \p Unit, whose identifiers are \p Words. Returns false if it must
  /// be extracted again; it is then in no defined state.
  bool refresh(Summary &Unit, llvm::ArrayRef<Change> Changes,
               const UnitWords &Words);

private:
  /// The edits of a unit, by the name of the file.
  using EditedFiles = llvm::DenseMap<StringId, const FileEdit *>;

  std::string textPath(uint64_t Hash) const;
  llvm::StringRef oldText(uint64_t Hash);
  void keepText(llvm::StringRef Name, llvm::StringRef Path, uint64_t Hash);
  bool dependsOnLines(const Summary &Unit,
                      const llvm::DenseSet<uint32_t> &Moved,
                      const EditedFiles &Edited);
  const std::optional<FileEdit> &editOf(const Summary &Unit, const Change &C);

  std::string Directory;
  std::set<uint64_t> Kept; ///< The texts that were kept, by hash.
  std::map<uint64_t, std::unique_ptr<llvm::MemoryBuffer>> Texts; ///< By hash.
  /// By the hashes of both versions, and whether it is a header.
  std::map<std::tuple<uint64_t, uint64_t, bool>, std::optional<FileEdit>> Edits;
};

} // namespace corolint

#endif // COROLINT_TOOLS_UNITREFRESH_H
