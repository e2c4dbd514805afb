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

namespace corolint::rt {

enum class Direction : std::uint8_t { Read, Write };

namespace detail {

/// Waits for a descriptor. A derived class may also do the work at once, when
/// the loop finds the descriptor ready.
class DescriptorWaiter : public LoopWaiter {
protected:
  DescriptorWaiter(int Descriptor, Direction Side) noexcept
      : LoopWaiter(WaitKind::Descriptor), Descriptor(Descriptor), Side(Side) {}
  ~DescriptorWaiter() {
    if (Where.load(std::memory_order_relaxed) == Place::Waiting) [[unlikely]]
      detach();
  }

  /// Starts to wait. Returns false if there is nothing to wait for: the
  /// descriptor is a file, which is always ready. Throws `std::system_error`.
  bool watch();
  /// The same where the kernel may have announced before that the descriptor is
  /// ready: then the coroutine goes on after what is ready now.
  bool watchUnlessReady();
  /// Continues the coroutine after what is ready now. An operation that fails
  /// ends so: else a server that tries again would keep its thread for ever.
  void resumeLater() noexcept { wake(); }
  void detach() noexcept override;
  /// The descriptor looks ready. Returns false to keep waiting.
  virtual bool attempt() noexcept { return true; }

  int Descriptor;
  Direction Side;

private:
  friend class DescriptorTable;
  friend class DescriptorQueue;

  DescriptorWaiter *QueuePrev = nullptr;
  DescriptorWaiter *QueueNext = nullptr;
};

} // namespace detail

/// What `readable` and `writable` return.
class [[nodiscard]] DescriptorAwaiter final : private detail::DescriptorWaiter {
public:
  DescriptorAwaiter(int Descriptor, Direction Side) noexcept
      : DescriptorWaiter(Descriptor, Side) {}

  bool await_ready() const noexcept { return false; }
  template <class P> bool await_suspend(std::coroutine_handle<P> Self) {
    return arm(Self) && watchUnlessReady();
  }
  void await_resume() { finish(); }
};

/// Suspends until reading \p Descriptor would not block, it is at its end or
/// broken; also if it is a `Socket`'s. Needs a current event loop. Throws
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
