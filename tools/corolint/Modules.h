//===-- Modules.h - C++20 modules of a database -----------------*- C++ -*-===//
//
// Part of corolint, under the Apache License v2.0 with LLVM Exceptions.
// See LICENSE for license information.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//
//
// A unit that imports a module can be parsed only with the module's BMI (built
// module interface). A BMI is specific to the compiler and its version, so
// those of the build are useless here. The driver therefore builds the BMIs
// that the units need from the commands of the database, for Clang and GCC
// alike. The BMIs are reduced: bodies in other units become known by linking,
// as without modules.
//
// A module that no unit of the database declares is looked up as the command
// specifies. If that fails, Clang reports an error for the importing unit.
//
//===----------------------------------------------------------------------===//

#ifndef COROLINT_TOOLS_MODULES_H
#define COROLINT_TOOLS_MODULES_H

#include "Extractor.h"
#include "clang/Tooling/CompilationDatabase.h"
#include "llvm/ADT/BitVector.h"
#include "llvm/ADT/SmallString.h"

namespace corolint {

/// A unit that others can import: an interface or a partition.
struct ModuleUnit {
  std::string Name; ///< "net" or "net:parser".
  ExtractionJob Job;
};

/// The importable units of a database. `ExtractionJob::Imports` are indexes of
/// `Units`.
struct ModuleGraph {
  std::vector<ModuleUnit> Units;
};

/// What the directives of one file declare and import.
struct ModuleDirectives {
  std::string Declared;      ///< "net" or "net:parser"; empty: no module unit.
  bool IsImportable = false; ///< Other units can import it.
  /// Full names. A unit that implements a module imports its interface.
  std::vector<std::string> Imported;
};

/// Reads the directives of \p Source, on every branch of `#if`. Header units
/// are ignored.
ModuleDirectives scanModuleDirectives(llvm::StringRef Source);

/// Whether \p C has a flag or file name that only modules need. A database
/// without such a command has no modules.
bool mentionsModules(const clang::tooling::CompileCommand &C);

/// Sets `Imports` and `Modules` of each of \p Jobs, which are from \p Database.
/// The other parameters are those of `makeJob`.
llvm::Error findModules(const clang::tooling::CompilationDatabase &Database,
                        llvm::StringRef Root, llvm::StringRef Checks,
                        llvm::MutableArrayRef<ExtractionJob *> Jobs);

/// The BMIs that some units need, in a temporary directory that the destructor
/// removes.
class BuiltModules {
public:
  /// Builds the direct and indirect imports of those of \p Jobs that \p Which
  /// lists, in up to \p NumProcesses processes at once, and waits for all of
  /// them. A module that cannot be built is left out; its own unit reports the
  /// errors.
  BuiltModules(llvm::ArrayRef<ExtractionJob> Jobs, llvm::ArrayRef<size_t> Which,
               unsigned NumProcesses);
  ~BuiltModules();
  BuiltModules(const BuiltModules &) = delete;
  BuiltModules &operator=(const BuiltModules &) = delete;

  /// \p Job with a command that names the BMIs it needs.
  ExtractionJob withModules(const ExtractionJob &Job) const;

private:
  std::string pathOf(size_t Unit) const;
  llvm::BitVector neededBy(llvm::ArrayRef<unsigned> Imports) const;
  void build(const llvm::BitVector &Needed, unsigned NumProcesses);

  std::shared_ptr<const ModuleGraph> Graph; ///< Null: no modules.
  llvm::SmallString<128> Directory;         ///< Empty until it is made.
  llvm::BitVector Built;
};

} // namespace corolint

#endif // COROLINT_TOOLS_MODULES_H
