//===-- Executor.h - Runs coroutines and functions --------------*- C++ -*-===//
//
// Part of corolint, under the Apache License v2.0 with LLVM Exceptions.
// See LICENSE for license information.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//

#ifndef COROLINT_RT_EXECUTOR_H
#define COROLINT_RT_EXECUTOR_H

#include "corolint/annotations.h"
#include "corolint/rt/Resumable.h"
#include <memory>
#include <utility>

namespace corolint::rt {

class EventLoop;
class ThreadPool;

namespace detail {

class RootTask;

template <class F> class PostedFunction final : public Resumable {
public:
  explicit PostedFunction(F &&Function)
      : Resumable(&run), Callable(std::move(Function)) {}
  explicit PostedFunction(const F &Function)
      : Resumable(&run), Callable(Function) {}

private:
  static void run(Resumable &Self, Action What) {
    std::unique_ptr<PostedFunction> Owned(static_cast<PostedFunction *>(&Self));
    if (What == Action::Run)
      std::move(Owned->Callable)();
  }

  F Callable;
};

} // namespace detail

/// Where coroutines run: an event loop or a thread pool. Code that runs on an
/// executor must not block its thread.
class Executor {
public:
  Executor(const Executor &) = delete;
  Executor &operator=(const Executor &) = delete;

  /// Has \p Work run soon, never before this returns. Any thread. The caller
  /// keeps \p Work alive until it runs.
  COROLINT_NONBLOCKING virtual void enqueue(Resumable &Work) noexcept = 0;

  /// The same, after everything that is queued now.
  COROLINT_NONBLOCKING virtual void enqueue_last(Resumable &Work) noexcept {
    enqueue(Work);
  }

  /// Has \p Function run soon. Any thread. Throws `std::bad_alloc`. What
  /// \p Function throws ends an event loop's `run()`, and a pool's process.
  template <class F> void post(F &&Function COROLINT_EVENT_LOOP) {
    using Posted = detail::PostedFunction<std::decay_t<F>>;
    enqueue(*std::make_unique<Posted>(std::forward<F>(Function)).release());
  }

  /// Starts \p Root soon and owns it until it ends. Any thread.
  COROLINT_NONBLOCKING virtual void adopt(detail::RootTask Root) noexcept = 0;

  /// The executor as a loop, or null.
  virtual EventLoop *as_loop() noexcept { return nullptr; }
  /// The same for a pool.
  virtual ThreadPool *as_pool() noexcept { return nullptr; }

protected:
  Executor() = default;
  ~Executor() = default;
};

} // namespace corolint::rt

#endif // COROLINT_RT_EXECUTOR_H
