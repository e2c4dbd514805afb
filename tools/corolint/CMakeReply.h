//===-- CMakeReply.h - CMake's file API as a database -----------*- C++ -*-===//
//
// Part of corolint, under the Apache License v2.0 with LLVM Exceptions.
// See LICENSE for license information.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//
//
// CMake writes a codemodel to `.cmake/api/v1/reply` of the build directory, for
// every generator, when an editor or an empty file
// `.cmake/api/v1/query/codemodel-v2` requests it. See cmake-file-api(7).
//
//===----------------------------------------------------------------------===//

#ifndef COROLINT_TOOLS_COROLINT_CMAKEREPLY_H
#define COROLINT_TOOLS_COROLINT_CMAKEREPLY_H

#include "clang/Tooling/CompilationDatabase.h"
#include "llvm/Support/Error.h"
#include <memory>

namespace corolint {

/// A database with an explicit list of commands.
class ListedDatabase : public clang::tooling::CompilationDatabase {
public:
  explicit ListedDatabase(std::vector<clang::tooling::CompileCommand> Commands)
      : Commands(std::move(Commands)) {}

  std::vector<clang::tooling::CompileCommand>
  getCompileCommands(llvm::StringRef File) const override;
  std::vector<std::string> getAllFiles() const override;
  std::vector<clang::tooling::CompileCommand>
  getAllCompileCommands() const override {
    return Commands;
  }

private:
  std::vector<clang::tooling::CompileCommand> Commands;
};

/// Whether the build in \p Directory has a reply with an index.
bool hasCMakeReply(llvm::StringRef Directory);

/// The commands of the first configuration in the newest reply of \p Directory.
/// A reply without a codemodel, or one that cannot be read, is an error that
/// names the file and the remedy.
llvm::Expected<std::unique_ptr<clang::tooling::CompilationDatabase>>
databaseOfCMakeReply(llvm::StringRef Directory);

} // namespace corolint

#endif // COROLINT_TOOLS_COROLINT_CMAKEREPLY_H
