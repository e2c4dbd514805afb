//===-- Cache.h - Shards of earlier runs ------------------------*- C++ -*-===//
//
// Part of corolint, under the Apache License v2.0 with LLVM Exceptions.
// See LICENSE for license information.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//

#ifndef COROLINT_TOOLS_CACHE_H
#define COROLINT_TOOLS_CACHE_H

#include "Extractor.h"
#include "UnitRefresh.h"
#include "llvm/ADT/StringMap.h"
#include "llvm/Support/MemoryBuffer.h"
#include <map>

namespace corolint {

/// Identifies this build of corolint. Other builds may find other things.
std::string programIdentity();

/// A directory of shards. The name of an entry is derived from the meaning of
/// its command. An entry is valid if every file that was read for it still has
/// the same content, or was edited in a way that the unit cannot see
/// (`UnitRefresh`). Not thread-safe; several processes may share a directory.
class Cache {
public:
  /// Creates \p Directory. The cache is off if it is empty or cannot be
  /// created.
  explicit Cache(llvm::StringRef Directory);

  bool isOn() const { return !Directory.empty(); }

  /// The path of the entry of \p Job, whether or not it exists.
  std::string pathOf(const ExtractionJob &Job);

  /// Returns the entry at \p Path if it is valid. Its files are below \p Root.
  /// If \p Refresh is not null, an entry is first adapted to edits that its
  /// unit cannot see.
  std::unique_ptr<llvm::MemoryBuffer>
  find(const std::string &Path, llvm::StringRef Root, UnitRefresh *Refresh);

  /// Keeps \p Words (`UnitWords`) of the unit whose entry is at \p Path.
  void keepWords(const std::string &Path, llvm::StringRef Words);

  /// Removes the least recently used entries until at most \p Limit bytes are
  /// left (0: no limit), and the temporary files of killed runs.
  void prune(uint64_t Limit);

  /// Saves the hashes of files, so that the next run reads only changed ones.
  void save();

private:
  /// The state of a file when it was last hashed.
  struct Stamp {
    uint64_t Size = 0;
    int64_t Modified = 0; ///< Nanoseconds.
    uint64_t Hash = 0;
  };

  void loadStamps();
  uint64_t hashOf(llvm::StringRef Path, llvm::StringRef Name);
  bool isCurrent(Summary &Unit, const std::string &Path, llvm::StringRef Root,
                 UnitRefresh *Refresh, bool &IsChanged);

  std::string Directory;
  const std::string Self = programIdentity();
  std::map<std::string, Stamp> Stamps;
  llvm::StringMap<uint64_t> Checked;
  bool StampsChanged = false;
};

} // namespace corolint

#endif // COROLINT_TOOLS_CACHE_H
