//===-- Reports.h - Shows broken contracts as they happen -------*- C++ -*-===//
//
// Part of corolint, under the Apache License v2.0 with LLVM Exceptions.
// See LICENSE for license information.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//

#ifndef COROLINT_EXAMPLES_REPORTS_H
#define COROLINT_EXAMPLES_REPORTS_H

#include "corolint/rt.h"
#include <algorithm>
#include <cstdio>
#include <map>
#include <mutex>
#include <string>
#include <utility>
#include <vector>

namespace examples {

/// The file's name as in the repository, wherever it was compiled.
inline bool makeRelative(corolint::rt::SourceSite &Site) {
  const std::size_t Folder = Site.File.rfind("docs/examples/");
  if (Folder == Site.File.npos)
    return false;
  Site.File.erase(0, Folder);
  return true;
}

/// A report without what differs from machine to machine: notes about code that
/// is not the examples', about the frames of the stack, and the same once more.
inline std::string aboutExample(corolint::rt::Violation Broken) {
  makeRelative(Broken.Where);
  std::vector<corolint::rt::Violation::Note> Notes;
  for (auto &Note : Broken.Notes) {
    const bool Ours = makeRelative(Note.Where) && !Note.Text.starts_with("in ");
    const auto IsSame = [&](const auto &Other) {
      return Other.Where.Line == Note.Where.Line && Other.Text == Note.Text;
    };
    if (Ours && std::none_of(Notes.begin(), Notes.end(), IsSame))
      Notes.push_back(Note);
  }
  Broken.Notes = std::move(Notes);
  return Broken.format();
}

/// While one lives, the contracts of the runtime are on. Each place that breaks
/// one is printed once, when it does so first, and counted at the end.
class Reports {
public:
  Reports() {
    corolint::rt::Contracts::set_handler(
        [this](const corolint::rt::Violation &Broken) { show(Broken); });
    corolint::rt::Contracts::set_mode(corolint::rt::ContractMode::Report);
  }
  ~Reports() {
    corolint::rt::Contracts::stop_watching();
    corolint::rt::Contracts::set_mode(corolint::rt::ContractMode::Off);
    corolint::rt::Contracts::set_handler(nullptr);
    for (const auto &[Place, Times] : Seen)
      if (Times > 1)
        std::printf("%s [%s]: %s times\n", Place.first.c_str(),
                    Place.second.c_str(),
                    Times < 100 ? std::to_string(Times).c_str() : "many");
    if (Seen.empty())
      std::puts("contracts broken at run time: none");
  }
  Reports(const Reports &) = delete;
  Reports &operator=(const Reports &) = delete;

private:
  void show(const corolint::rt::Violation &Broken) {
    const std::lock_guard Guard(Lock);
    corolint::rt::SourceSite Where = Broken.Where;
    makeRelative(Where);
    const std::string Place = Where.File + ":" + std::to_string(Where.Line);
    if (++Seen[{Place, Broken.Check}] == 1)
      std::puts(aboutExample(Broken).c_str());
  }

  std::mutex Lock;
  std::map<std::pair<std::string, std::string>, int> Seen;
};

} // namespace examples

#endif // COROLINT_EXAMPLES_REPORTS_H
