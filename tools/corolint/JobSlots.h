//===-- JobSlots.h - Limits the number of running processes -----*- C++ -*-===//
//
// Part of corolint, under the Apache License v2.0 with LLVM Exceptions.
// See LICENSE for license information.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//
//
// A pipe with one byte for every process that may run, like GNU make's job
// server. Forked processes share it.
//
//===----------------------------------------------------------------------===//

#ifndef COROLINT_TOOLS_JOBSLOTS_H
#define COROLINT_TOOLS_JOBSLOTS_H

#include <cerrno>
#include <fcntl.h>
#include <unistd.h>

namespace corolint {

/// May be used from several processes at once.
class JobSlots {
public:
  /// Allows \p Count processes to run at once, limited by the capacity of a
  /// pipe (65,536).
  explicit JobSlots(unsigned Count) {
    if (pipe2(Ends, O_CLOEXEC | O_NONBLOCK) != 0) {
      Ends[0] = Ends[1] = -1;
      return;
    }
    for (unsigned I = 0; I < Count; ++I)
      release();
  }
  ~JobSlots() {
    if (!isOpen())
      return;
    close(Ends[0]);
    close(Ends[1]);
  }
  JobSlots(const JobSlots &) = delete;
  JobSlots &operator=(const JobSlots &) = delete;

  /// False if the system could not create a pipe.
  bool isOpen() const { return Ends[0] >= 0; }

  /// Takes a slot if one is free.
  bool tryAcquire() {
    char Byte;
    ssize_t Count;
    do
      Count = read(Ends[0], &Byte, 1);
    while (Count < 0 && errno == EINTR);
    return Count == 1;
  }

  /// Releases a slot.
  void release() {
    ssize_t Count;
    do
      Count = write(Ends[1], "+", 1);
    while (Count < 0 && errno == EINTR);
  }

  /// Becomes readable when a slot is free.
  int descriptor() const { return Ends[0]; }

private:
  int Ends[2];
};

} // namespace corolint

#endif // COROLINT_TOOLS_JOBSLOTS_H
