//===-- DescriptorTable.h - A loop's epoll and descriptors ------*- C++ -*-===//
//
// Part of corolint, under the Apache License v2.0 with LLVM Exceptions.
// See LICENSE for license information.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//

#ifndef COROLINT_RUNTIME_DESCRIPTORTABLE_H
#define COROLINT_RUNTIME_DESCRIPTORTABLE_H

#include "Fork.h"
#include "corolint/rt/Descriptor.h"
#include "corolint/rt/SmallLock.h"
#include <chrono>
#include <optional>
#include <vector>

namespace corolint::rt::detail {

/// The waiters of one descriptor and direction, in order of arrival.
using DescriptorQueue = IntrusiveQueue<DescriptorWaiter, DescriptorTable>;

/// One loop's epoll and eventfd. Descriptors of sockets are registered once,
/// edge-triggered. Others are registered for one event at a time, since their
/// owner may close them at any moment. For the loop's thread, unless a function
/// is documented otherwise.
class DescriptorTable {
public:
  DescriptorTable();
  ~DescriptorTable();
  DescriptorTable(const DescriptorTable &) = delete;
  DescriptorTable &operator=(const DescriptorTable &) = delete;

  std::size_t waiting() const noexcept { return NumWaiting; }

  /// Returns false if the kernel cannot watch the descriptor, which is then
  /// always ready.
  bool watch(DescriptorWaiter &W);
  void unwatch(DescriptorWaiter &W) noexcept;
  /// Is \p Descriptor registered edge-triggered? Then the kernel announces only
  /// changes, so a new waiter must try the operation first.
  bool isAttached(int Descriptor) const noexcept {
    return std::size_t(Descriptor) < Entries.size() &&
           Entries[std::size_t(Descriptor)].Edge;
  }

  /// Registers a socket's descriptor until `release`, even if a coroutine
  /// already waits for it.
  void attach(int Descriptor);
  /// Cancels the waiters of a socket's descriptor. Call it before closing.
  void release(int Descriptor) noexcept;
  /// The same for a socket that is attached here and closed on a thread that
  /// does not run this loop. Any thread.
  void releaseElsewhere(int Descriptor) noexcept;

  /// May an operation on the attached \p Descriptor succeed? The two functions
  /// below keep the answer up to date, so that a drained socket costs no system
  /// call.
  bool maybeReady(int Descriptor, Direction Side) const noexcept {
    return Entries[std::size_t(Descriptor)].Ready[std::size_t(Side)];
  }
  void setDrained(int Descriptor, Direction Side) noexcept {
    Entry &E = Entries[std::size_t(Descriptor)];
    // The end of the stream, or an error, is announced only once but is
    // permanent.
    E.Ready[std::size_t(Side)] = E.HungUp;
  }
  /// Has the peer sent urgent data? Then a short read may have stopped at the
  /// urgent mark.
  bool sawUrgent(int Descriptor) const noexcept {
    return Entries[std::size_t(Descriptor)].Urgent;
  }

  /// Handles ready descriptors, waiting for at most \p Time (nothing: forever).
  /// Returns whether any waiter, or the loop itself, was woken.
  bool serve(std::optional<std::chrono::nanoseconds> Time);
  /// Ends a wait of the loop's thread. Any thread.
  COROLINT_NONBLOCKING void wakeUp() noexcept;

  /// Closes the kernel's objects when the loop ends. Attached sockets may keep
  /// the table alive.
  void retire() noexcept;
  /// Any thread.
  bool retired() const noexcept {
    return Retired.load(std::memory_order_acquire);
  }
  /// Replaces the parent's kernel objects in the child of a fork by new ones,
  /// with the current waits. Throws `std::system_error`.
  void leaveParent();
  bool isOfParent() const noexcept { return detail::isOfParent(Process); }

private:
  struct Entry {
    DescriptorQueue Waiters[2];
    std::uint32_t Generation = 0;
    bool Edge = false;
    bool Registered = false;
    bool HungUp = false;
    bool Urgent = false;
    bool Ready[2] = {true, true};
  };

  void open();
  void close() noexcept;
  Entry &entry(int Descriptor);
  int control(int Operation, int Descriptor, std::uint32_t Events) noexcept;
  int setInterest(int Descriptor, Entry &E, std::uint32_t Events) noexcept;
  int updateInterest(int Descriptor, Entry &E) noexcept;
  void wakeReady(int Descriptor, Direction Side) noexcept;
  void takeEvent(int Descriptor, std::uint32_t Events) noexcept;
  void drop(int Descriptor) noexcept;
  void takeReleased() noexcept;

  std::vector<Entry> Entries;
  std::size_t NumWaiting = 0;
  std::size_t NumAttached = 0;
  int Epoll = -1;
  int Event = -1;
  std::uint32_t Process;

  std::atomic<bool> Retired{false};
  std::atomic<bool> AnyReleased{false};
  SmallLock ReleaseLock;     ///< Guards the list, and Epoll against `retire`.
  std::vector<int> Released; ///< Elsewhere; has room for all attached.
};

} // namespace corolint::rt::detail

#endif // COROLINT_RUNTIME_DESCRIPTORTABLE_H
