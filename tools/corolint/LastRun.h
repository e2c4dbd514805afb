//===-- LastRun.h - What an earlier check printed ---------------*- C++ -*-===//
//
// Part of corolint, under the Apache License v2.0 with LLVM Exceptions.
// See LICENSE for license information.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//
//
// A check that would read only unchanged files prints what the last one with
// the same arguments printed. It reads neither the database nor a shard: the
// state of each file decides, as for make.
//
//===----------------------------------------------------------------------===//

#ifndef COROLINT_TOOLS_LASTRUN_H
#define COROLINT_TOOLS_LASTRUN_H

#include "llvm/ADT/StringSet.h"
#include "llvm/Support/JSON.h"
#include <optional>
#include <string>

namespace corolint {

/// What a command prints, in this order, and its exit status.
struct Printed {
  std::string Troubles; ///< To standard error.
  std::string Report;   ///< To standard output.
  std::string Summary;  ///< To standard error.
  int Status = 0;
};

/// The result of one command in the cache, with the files on which it depends.
/// Not thread-safe; several processes may share a cache.
class LastRun {
public:
  /// The entry of \p Directory, the cache, for \p Key, which describes the
  /// program, its arguments and its surroundings. Created before any of the
  /// files is read: a file that changes later is never taken for unchanged.
  LastRun(llvm::StringRef Directory, llvm::StringRef Key);

  /// The earlier result, if every file is in the state that it had then.
  std::optional<Printed> find() const;

  /// The result depends on the content of \p File, which need not exist.
  void dependOn(llvm::StringRef File) { Files.insert(File); }

  /// The result depends on whether \p File exists.
  void dependOnExistence(llvm::StringRef File) { Present.insert(File); }

  /// Keeps \p Result for later runs, unless a file has changed just now, when
  /// its time could not tell a second change from the first. Without effect if
  /// the cache cannot be written.
  void keep(const Printed &Result) const;

private:
  std::string Path;
  int64_t Start; ///< Nanoseconds since the epoch.
  llvm::StringSet<> Files, Present;
};

} // namespace corolint

#endif // COROLINT_TOOLS_LASTRUN_H
