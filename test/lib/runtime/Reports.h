//===-- Reports.h - The contracts' reports in a test ------------*- C++ -*-===//
//
// Part of corolint, under the Apache License v2.0 with LLVM Exceptions.
// See LICENSE for license information.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//

#ifndef COROLINT_TEST_LIB_RUNTIME_REPORTS_H
#define COROLINT_TEST_LIB_RUNTIME_REPORTS_H

#include "corolint/rt/Contracts.h"
#include <algorithm>
#include <mutex>
#include <source_location>
#include <utility>
#include <vector>

namespace corolint::rt::test {

/// Switches the contracts on and collects their reports while it lives.
/// Thread-safe.
class Reports {
public:
  explicit Reports(ContractMode Mode = ContractMode::Report) {
    Contracts::set_handler([this](const Violation &V) {
      const std::lock_guard Guard(Lock);
      Found.push_back(V);
    });
    Contracts::set_mode(Mode);
    Contracts::reset_counts();
  }
  Reports(const Reports &) = delete;
  Reports &operator=(const Reports &) = delete;
  ~Reports() {
    Contracts::stop_watching();
    Contracts::set_mode(ContractMode::Off);
    Contracts::set_handler(nullptr);
  }
  /// Does a report mention that others were suppressed?
  bool anySuppressed() {
    const std::lock_guard Guard(Lock);
    return std::any_of(Found.begin(), Found.end(),
                       [](const Violation &V) { return V.Suppressed != 0; });
  }
  /// Returns the reports since the last call.
  std::vector<Violation> take() {
    const std::lock_guard Guard(Lock);
    return std::exchange(Found, {});
  }

private:
  std::mutex Lock;
  std::vector<Violation> Found;
};

/// The line of the call.
inline unsigned
lineOf(const std::source_location &Site = std::source_location::current()) {
  return Site.line();
}

} // namespace corolint::rt::test

#endif // COROLINT_TEST_LIB_RUNTIME_REPORTS_H
