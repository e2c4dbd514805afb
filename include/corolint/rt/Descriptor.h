//===-- Descriptor.h - Waiting for a descriptor -----------------*- C++ -*-===//
//
// Part of corolint, under the Apache License v2.0 with LLVM Exceptions.
// See LICENSE for license information.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//

#ifndef COROLINT_RT_DESCRIPTOR_H
#define COROLINT_RT_DESCRIPTOR_H

#include "corolint/rt/EventLoop.h"
#include <system_error>

namespace corolint::rt {

enum class Direction : std::uint8_t { Read, Write };

namespace detail {

/// Waits for a descriptor. A derived class may also perform the operation as
/// soon as the loop finds the descriptor ready.
class DescriptorWaiter : public LoopWaiter,
                         public ListLinks<DescriptorWaiter, DescriptorTable> {
protected:
  DescriptorWaiter(int Descriptor, Direction Side) noexcept
      : LoopWaiter(WaitKind::Descriptor), Descriptor(Descriptor), Side(Side) {}
  ~DescriptorWaiter() {
    if (Where.load(std::memory_order_relaxed) == Place::Waiting) [[unlikely]]
      DescriptorWaiter::detach();
  }

  /// Starts to wait. If the descriptor is a file, which is always ready, or is
  /// invalid, the coroutine resumes after the work that is ready now.
  void watch() noexcept;
  /// The same, for a descriptor that the kernel may already have announced as
  /// ready.
  void watchUnlessReady() noexcept;
  /// Records that the wait could not begin, because of the current exception.
  /// `finishWait` throws a similar one.
  void failLater() noexcept;
  /// Resumes the coroutine after the work that is ready now. Failed operations
  /// end this way: otherwise a server that retries would keep its thread
  /// forever.
  void resumeLater() noexcept { wake(); }
  void detach() noexcept override;
  /// Called when the descriptor looks ready. Returns false to keep waiting.
  virtual bool attempt() noexcept { return true; }
  /// Ends the wait. Throws `Cancelled`, or `std::system_error` if it is
  /// impossible to wait for the descriptor.
  void finishWait() {
    finish();
    if (Failure) [[unlikely]]
      throw std::system_error(Failure, "wait for a descriptor");
  }

  int Descriptor;
  Direction Side;

private:
  friend class DescriptorTable;

  std::error_code Failure;
};

} // namespace detail

/// The result of `readable` and `writable`.
class [[nodiscard]] DescriptorAwaiter final : private detail::DescriptorWaiter {
public:
  DescriptorAwaiter(int Descriptor, Direction Side) noexcept
      : DescriptorWaiter(Descriptor, Side) {}

  bool await_ready() const noexcept { return false; }
  template <class P> bool await_suspend(std::coroutine_handle<P> Self) {
    if (!arm(Self)) [[unlikely]]
      return suspendRefused();
    watchUnlessReady();
    return true;
  }
  void await_resume() { finishWait(); }
};

/// Suspends until reading \p Descriptor would not block, or until it is at its
/// end or broken. The descriptor may belong to a `Socket`. Other coroutines run
/// first, even if the descriptor is ready. Needs a current event loop. Throws
/// `std::system_error` for a bad descriptor, `Cancelled` if the task is asked
/// to stop. Do not close a descriptor that a coroutine waits for, except by
/// `Socket::close`.
inline DescriptorAwaiter readable(int Descriptor) {
  return DescriptorAwaiter(Descriptor, Direction::Read);
}
/// The same for writing.
inline DescriptorAwaiter writable(int Descriptor) {
  return DescriptorAwaiter(Descriptor, Direction::Write);
}

} // namespace corolint::rt

#endif // COROLINT_RT_DESCRIPTOR_H
