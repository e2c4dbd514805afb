//===-- DescriptorTable.h - What the loop knows of descriptors --*- C++ -*-===//
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

/// Waiters of one descriptor and direction, first come first served.
using DescriptorQueue = IntrusiveQueue<DescriptorWaiter, DescriptorTable>;

/// One loop's epoll and eventfd. Descriptors of sockets are registered once,
/// edge-triggered; others for one event at a time, since their owner may close
/// them at any moment. For the loop's thread, except where a function says
/// otherwise.
class DescriptorTable {
public:
  DescriptorTable();
  ~DescriptorTable();
  DescriptorTable(const DescriptorTable &) = delete;
  DescriptorTable &operator=(const DescriptorTable &) = delete;

  std::size_t waiting() const noexcept { return NumWaiting; }

  /// Returns false if the descriptor can only be ready.
  bool watch(DescriptorWaiter &W);
  void unwatch(DescriptorWaiter &W) noexcept;
  /// Is \p Descriptor registered edge-triggered? Then the kernel announces only
  /// what changes, and who begins to wait has to look first.
  bool isAttached(int Descriptor) const noexcept {
    return std::size_t(Descriptor) < Entries.size() &&
           Entries[std::size_t(Descriptor)].Edge;
  }

  /// Registers a socket's descriptor until `release`, also if somebody waits
  /// for it already.
  void attach(int Descriptor);
  /// Before a socket's descriptor is closed: its waiters are cancelled.
  void release(int Descriptor) noexcept;
  /// The same for a socket that is attached here and closed on a thread that
  /// does not run this loop. Any thread.
  void releaseElsewhere(int Descriptor) noexcept;

  /// May an operation on the attached \p Descriptor succeed? Kept by the two
  /// functions below, so that a drained socket costs no system call.
  bool maybeReady(int Descriptor, Direction Side) const noexcept {
    return Entries[std::size_t(Descriptor)].Ready[std::size_t(Side)];
  }
  void setDrained(int Descriptor, Direction Side) noexcept {
    Entry &E = Entries[std::size_t(Descriptor)];
    // The end of the stream, or an error, is announced once and then stays.
    E.Ready[std::size_t(Side)] = E.HungUp;
  }
  /// Has the peer sent urgent data? Then a short read may have stopped at its
  /// mark.
  bool sawUrgent(int Descriptor) const noexcept {
    return Entries[std::size_t(Descriptor)].Urgent;
  }

  /// Serves what is ready, waiting for at most \p Time (nothing: for ever).
  /// Returns whether any waiter was woken, or the loop itself.
  bool serve(std::optional<std::chrono::nanoseconds> Time);
  /// Ends a wait of the loop's thread. Any thread.
  COROLINT_NONBLOCKING void wakeUp() noexcept;

  /// The loop is gone: gives the kernel's objects back. Sockets that were
  /// attached may keep the table.
  void retire() noexcept;
  /// Any thread.
  bool retired() const noexcept {
    return Retired.load(std::memory_order_acquire);
  }
  /// In the child of a fork the kernel's objects are the parent's. Gives this
  /// process its own, with what is waited for. Throws `std::system_error`.
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
  std::vector<int> Released; ///< Elsewhere; has room for all that are attached.
};

} // namespace corolint::rt::detail

#endif // COROLINT_RUNTIME_DESCRIPTORTABLE_H
