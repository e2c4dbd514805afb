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

/// Waits for a descriptor. A derived class may also do the work at once, when
/// the loop finds the descriptor ready.
class DescriptorWaiter : public LoopWaiter,
                         public ListLinks<DescriptorWaiter, DescriptorTable> {
protected:
  DescriptorWaiter(int Descriptor, Direction Side) noexcept
      : LoopWaiter(WaitKind::Descriptor), Descriptor(Descriptor), Side(Side) {}
  ~DescriptorWaiter() {
    if (Where.load(std::memory_order_relaxed) == Place::Waiting) [[unlikely]]
      DescriptorWaiter::detach();
  }

  /// Starts to wait. A file is always ready, and a descriptor may be bad: then
  /// the coroutine goes on after what is ready now.
  void watch() noexcept;
  /// The same where the kernel may have announced before that the descriptor is
  /// ready.
  void watchUnlessReady() noexcept;
  /// The wait could not begin, because of the exception just caught:
  /// `finishWait` throws the like.
  void failLater() noexcept;
  /// Continues the coroutine after what is ready now. An operation that fails
  /// ends so: else a server that tries again would keep its thread for ever.
  void resumeLater() noexcept { wake(); }
  void detach() noexcept override;
  /// The descriptor looks ready. Returns false to keep waiting.
  virtual bool attempt() noexcept { return true; }
  /// Ends the wait. Throws `Cancelled`, or `std::system_error` if the
  /// descriptor cannot be waited for.
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

/// What `readable` and `writable` return.
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

/// Suspends until reading \p Descriptor would not block, it is at its end or
/// broken; also if it is a `Socket`'s. Other coroutines run first, even if
/// there is nothing to wait for. Needs a current event loop. Throws
/// `std::system_error` for a bad descriptor, `Cancelled` if the task is asked
/// to stop. Do not close a descriptor that is being waited for, except by
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
