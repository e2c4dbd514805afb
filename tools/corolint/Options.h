//===-- Options.h - Options that commands share -----------------*- C++ -*-===//
//
// Part of corolint, under the Apache License v2.0 with LLVM Exceptions.
// See LICENSE for license information.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//

#ifndef COROLINT_TOOLS_OPTIONS_H
#define COROLINT_TOOLS_OPTIONS_H

#include "Command.h"
#include "ExtractAll.h"
#include "clang/Tooling/CompilationDatabase.h"
#include "llvm/Support/CommandLine.h"

namespace corolint {

// These are functions because options in other files register with them at
// start-up.
llvm::cl::OptionCategory &category();

llvm::cl::SubCommand &checkCommand();
llvm::cl::SubCommand &auditCommand();
llvm::cl::SubCommand &extractCommand();
llvm::cl::SubCommand &linkCommand();
llvm::cl::SubCommand &explainCommand();
llvm::cl::SubCommand &ninjaCommand();
llvm::cl::SubCommand &doctorCommand();
llvm::cl::SubCommand &initCommand();

extern llvm::cl::opt<std::string> Database;
extern llvm::cl::opt<std::string> RootDirectory;
extern llvm::cl::opt<unsigned> NumJobs;
extern llvm::cl::opt<std::string> CheckGlob;
extern llvm::cl::opt<std::string> CacheDirectory;
extern llvm::cl::opt<unsigned> CacheSize;
extern llvm::cl::opt<bool> NoCache;
extern llvm::cl::opt<bool> Quiet;
extern llvm::cl::opt<bool> ShowProfile;
extern llvm::cl::opt<std::string> OutputFile;
extern llvm::cl::opt<std::string> ReadIndex;

/// The compile command that follows `--`.
extern std::vector<std::string> CommandAfter;

/// Prints an error and returns the exit status.
int fail(const llvm::Twine &Message);
int fail(llvm::Error E);

/// Whether the file at \p Path can be created or replaced, so that an error is
/// found before the analysis and not after it.
llvm::Error checkWritable(llvm::StringRef Path);

/// The options for extracting units whose database is in \p Directory.
ExtractOptions extractOptions(llvm::StringRef Directory);

/// The root of the project: --root, or else that of its database.
llvm::Expected<std::string>
rootFor(llvm::StringRef Directory,
        const clang::tooling::CompilationDatabase *Commands);

/// The result of `makeProgram`.
struct MadeProgram {
  /// False if some unit could not be analysed completely. The others are still
  /// linked.
  bool Good = true;
  std::string Troubles; ///< What was printed to standard error.
  std::string Root;     ///< Of the project.
  std::vector<ExtractionJob> Jobs;
  std::vector<Extracted> Units; ///< The program refers to their shards.
  Profile Costs;                ///< For all units, with --profile.
};

/// Extracts the units that the command line names, and links them into
/// \p Linked.
llvm::Expected<MadeProgram> makeProgram(llvm::ArrayRef<std::string> Paths,
                                        Program &Linked);

/// The file name of the shard of \p Job in a directory of shards.
std::string shardName(const ExtractionJob &Job);

// The commands. Each returns its exit status.
int runAudit();
int runCheck(llvm::ArrayRef<const char *> Arguments);
int runExtract();
int runLink();
int runExplain();
int runNinja();
int runDoctor();
int runInit();

} // namespace corolint

#endif // COROLINT_TOOLS_OPTIONS_H
