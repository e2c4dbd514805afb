//===-- Finding.h - A finding, as data --------------------------*- C++ -*-===//
//
// Part of corolint, under the Apache License v2.0 with LLVM Exceptions.
// See LICENSE for license information.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//

#ifndef COROLINT_REPORT_FINDING_H
#define COROLINT_REPORT_FINDING_H

#include "report/Message.h"
#include <string>
#include <vector>

namespace corolint {

struct Location {
  std::string File;
  unsigned Line = 0, Column = 0;

  friend auto operator<=>(const Location &, const Location &) = default;
};

struct Note {
  Message What;
  Location Where;
};

/// One replacement of a fix. All replacements of a finding are applied, or
/// none.
struct Fix {
  std::string File;
  unsigned Offset = 0, Length = 0;
  std::string Text;
};

struct Finding {
  std::string Check;
  Message What;
  Location Where;
  std::vector<Note> Notes;
  std::vector<Fix> Fixes;
  std::string Function; ///< The enclosing one, qualified; or empty.
  std::string Line;     ///< The source line without white space and comments.
  /// Independent of line numbers: check, function, line, and the number among
  /// equal ones.
  std::string Fingerprint;
  /// The source must still be searched for NOLINT.
  bool MayBeSuppressed = false;
};

} // namespace corolint

#endif // COROLINT_REPORT_FINDING_H
