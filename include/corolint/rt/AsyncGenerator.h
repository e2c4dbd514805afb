//===-- AsyncGenerator.h - An asynchronous sequence -------------*- C++ -*-===//
//
// Part of corolint, under the Apache License v2.0 with LLVM Exceptions.
// See LICENSE for license information.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//

#ifndef COROLINT_RT_ASYNCGENERATOR_H
#define COROLINT_RT_ASYNCGENERATOR_H

#include "corolint/rt/Promise.h"
#include <cassert>
#include <exception>
#include <memory>

namespace corolint::rt {

/// A coroutine that produces a sequence of \p T and may await between the
/// elements.
///
///   while (int *Number = co_await Numbers.next())
///     use(*Number);
///
/// Move-only, for one consumer. An element is valid until the next call of
/// `next()`. Not thread-safe; destroy it on the thread of its executor.
template <class T> class [[nodiscard]] AsyncGenerator {
  using Value = std::remove_reference_t<T>;

public:
  class promise_type : public detail::AsyncPromise {
  public:
    promise_type() noexcept : AsyncPromise(detail::LinkedLater()) {}
    AsyncGenerator get_return_object() noexcept {
      return AsyncGenerator(Coroutine::from_promise(*this));
    }
    std::suspend_always initial_suspend() const noexcept { return {}; }
    auto final_suspend() noexcept {
      Current = nullptr;
      return ToConsumer();
    }
    void return_void() const noexcept {}
    void unhandled_exception() noexcept { Error = std::current_exception(); }

    auto yield_value(Value &Element, const std::source_location &Place =
                                         std::source_location::current()) {
      Current = std::addressof(Element);
      return detail::SiteAwaiter<ToConsumer,
                                 detail::SuspensionKeyword::CoYield>(
          ToConsumer(), *this, Place);
    }
    auto yield_value(Value &&Element, const std::source_location &Place =
                                          std::source_location::current()) {
      return yield_value(Element, Place);
    }
    /// Yields a copy, which the consumer may change.
    auto yield_value(const Value &Element, const std::source_location &Place =
                                               std::source_location::current())
      requires(!std::is_const_v<Value> && std::is_copy_constructible_v<Value>)
    {
      return detail::SiteAwaiter<CopyToConsumer,
                                 detail::SuspensionKeyword::CoYield>(
          CopyToConsumer(Element), *this, Place);
    }

  private:
    friend AsyncGenerator;
    /// Returns control to the coroutine that awaits `next()`.
    struct ToConsumer {
      static constexpr bool transfers_control = true;

      bool await_ready() const noexcept { return false; }
      std::coroutine_handle<>
      await_suspend(std::coroutine_handle<promise_type> Self) const noexcept {
        promise_type &Producer = Self.promise();
        return Producer.Parent ? detail::transfer(Producer.Continuation)
                               : Producer.Continuation;
      }
      void await_resume() const noexcept {}
    };
    /// The same, for a copied element.
    struct CopyToConsumer : ToConsumer {
      explicit CopyToConsumer(const Value &Element) : Copy(Element) {}
      std::coroutine_handle<>
      await_suspend(std::coroutine_handle<promise_type> Self) noexcept {
        Self.promise().Current = std::addressof(Copy);
        return ToConsumer::await_suspend(Self);
      }
      Value Copy;
    };
    Value *Current = nullptr;
    std::exception_ptr Error;
  };

  AsyncGenerator() noexcept = default;
  AsyncGenerator(AsyncGenerator &&Other) noexcept
      : Handle(std::exchange(Other.Handle, nullptr)) {}
  AsyncGenerator &operator=(AsyncGenerator &&Other) noexcept {
    AsyncGenerator(std::move(Other)).swap(*this);
    return *this;
  }
  ~AsyncGenerator() {
    if (Handle)
      Handle.destroy();
  }
  void swap(AsyncGenerator &Other) noexcept { std::swap(Handle, Other.Handle); }

  class NextAwaiter {
  public:
    static constexpr bool transfers_control = true;

    explicit NextAwaiter(std::coroutine_handle<promise_type> Producer) noexcept
        : Child(Producer) {}
    bool await_ready() const noexcept { return !Child || Child.done(); }
    template <class Promise>
    std::coroutine_handle<>
    await_suspend(std::coroutine_handle<Promise> Consumer) noexcept {
      detail::linkChild(Child.promise(), Consumer, nullptr);
      if constexpr (std::derived_from<Promise, detail::PromiseBase>)
        return detail::transfer(Child);
      else
        return Child;
    }
    Value *await_resume() {
      if (!Child)
        return nullptr;
      if (Child.promise().Error) [[unlikely]]
        std::rethrow_exception(std::exchange(Child.promise().Error, nullptr));
      return Child.promise().Current;
    }

  private:
    std::coroutine_handle<promise_type> Child;
  };

  /// Awaited, gives a pointer to the next element, or null after the last.
  /// Throws what the coroutine threw. An empty generator has no elements.
  [[nodiscard]] NextAwaiter next() noexcept { return NextAwaiter(Handle); }

private:
  using Coroutine = std::coroutine_handle<promise_type>;
  explicit AsyncGenerator(Coroutine Made) noexcept : Handle(Made) {}

  Coroutine Handle;
};

} // namespace corolint::rt

#endif // COROLINT_RT_ASYNCGENERATOR_H
