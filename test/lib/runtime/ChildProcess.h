//===-- ChildProcess.h - Runs a test's part in a child process --*- C++ -*-===//
//
// Part of corolint, under the Apache License v2.0 with LLVM Exceptions.
// See LICENSE for license information.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//

#ifndef COROLINT_TEST_LIB_RUNTIME_CHILDPROCESS_H
#define COROLINT_TEST_LIB_RUNTIME_CHILDPROCESS_H

#include <sys/wait.h>
#include <unistd.h>

namespace corolint::rt::test {

/// A forked process, which is killed after ten seconds at the latest. Its code
/// ends in `exitChild`:
///
///   ChildProcess Child;
///   if (Child.isHere())
///     exitChild(work());
///   EXPECT_EQ(Child.status(), 0);
class ChildProcess {
public:
  ChildProcess() : Id(::fork()) {
    if (isHere())
      ::alarm(10);
  }
  bool isHere() const { return Id == 0; }
  /// Waits for its end. Returns the argument of `exitChild`, or 100 if it was
  /// killed.
  int status() const {
    int Status = 0;
    ::waitpid(Id, &Status, 0);
    return WIFEXITED(Status) ? WEXITSTATUS(Status) : 100;
  }

private:
  pid_t Id;
};

[[noreturn]] inline void exitChild(int Status) { ::_exit(Status); }

/// The result of \p Body in a child process; 99 if it throws.
template <class F> int inChild(F Body) {
  const ChildProcess Child;
  if (Child.isHere()) {
    int Result = 99;
    try {
      Result = Body();
    } catch (...) {
    }
    exitChild(Result);
  }
  return Child.status();
}

} // namespace corolint::rt::test

#endif // COROLINT_TEST_LIB_RUNTIME_CHILDPROCESS_H
