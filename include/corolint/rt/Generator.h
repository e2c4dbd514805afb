//===-- Generator.h - A synchronous sequence --------------------*- C++ -*-===//
//
// Part of corolint, under the Apache License v2.0 with LLVM Exceptions.
// See LICENSE for license information.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//

#ifndef COROLINT_RT_GENERATOR_H
#define COROLINT_RT_GENERATOR_H

#include "corolint/rt/Promise.h"
#include <exception>
#include <iterator>
#include <memory>

namespace corolint::rt {

/// A coroutine that produces a sequence of \p T, one element for each request
/// of its caller. It runs synchronously in the caller and cannot await.
/// Move-only and single-pass; its exceptions leave `begin()` or `++`. An
/// element is valid until the next one is requested. Not thread-safe.
template <class T> class [[nodiscard]] Generator {
  using Value = std::remove_reference_t<T>;

public:
  class promise_type : public detail::PromiseBase {
  public:
    Generator get_return_object() noexcept {
      return Generator(Coroutine::from_promise(*this));
    }
    std::suspend_always initial_suspend() const noexcept { return {}; }
    std::suspend_always final_suspend() const noexcept { return {}; }
    void return_void() const noexcept {}
    void unhandled_exception() noexcept { Error = std::current_exception(); }

    auto yield_value(Value &Element, const std::source_location &Place =
                                         std::source_location::current()) {
      Current = std::addressof(Element);
      return detail::SiteAwaiter<std::suspend_always,
                                 detail::SuspensionKeyword::CoYield>(
          std::suspend_always(), *this, Place, Outer);
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
      return detail::SiteAwaiter<YieldCopy, detail::SuspensionKeyword::CoYield>(
          YieldCopy(Element), *this, Place, Outer);
    }
    void await_transform() = delete;

  private:
    friend Generator;
    /// Suspends with a copied element.
    struct YieldCopy : std::suspend_always {
      explicit YieldCopy(const Value &Element) : Copy(Element) {}
      void await_suspend(std::coroutine_handle<promise_type> Self) noexcept {
        Self.promise().Current = std::addressof(Copy);
      }
      Value Copy;
    };
    Value *Current = nullptr;
    /// The consumer's regions, while it waits for an element.
    const detail::OpenRegions *Outer = nullptr;
    std::exception_ptr Error;
  };

  Generator() noexcept = default;
  Generator(Generator &&Other) noexcept
      : Handle(std::exchange(Other.Handle, nullptr)) {}
  Generator &operator=(Generator &&Other) noexcept {
    Generator(std::move(Other)).swap(*this);
    return *this;
  }
  ~Generator() {
    if (Handle)
      Handle.destroy();
  }
  void swap(Generator &Other) noexcept { std::swap(Handle, Other.Handle); }

  class Iterator {
  public:
    using iterator_concept = std::input_iterator_tag;
    using difference_type = std::ptrdiff_t;
    using value_type = std::remove_cv_t<Value>;

    Iterator() noexcept = default;
    Value &operator*() const noexcept { return *Handle.promise().Current; }
    Value *operator->() const noexcept { return Handle.promise().Current; }
    Iterator &operator++() {
      Generator::advance(Handle);
      return *this;
    }
    void operator++(int) { ++*this; }
    friend bool operator==(const Iterator &I, std::default_sentinel_t) {
      return !I.Handle || I.Handle.done();
    }

  private:
    friend Generator;
    explicit Iterator(std::coroutine_handle<promise_type> Running) noexcept
        : Handle(Running) {}
    std::coroutine_handle<promise_type> Handle;
  };

  /// Runs the coroutine to its first element.
  Iterator begin() {
    if (Handle)
      advance(Handle);
    return Iterator(Handle);
  }
  std::default_sentinel_t end() const noexcept { return {}; }

private:
  using Coroutine = std::coroutine_handle<promise_type>;

  explicit Generator(Coroutine Made) noexcept : Handle(Made) {}

  /// The generator runs within its consumer's regions. Yielding an element does
  /// not leave them.
  static void resume(Coroutine Running) {
    if (!detail::ThisThread.Regions.any()) [[likely]] {
      Running.resume();
      return;
    }
    const detail::OpenRegions Outer = detail::ThisThread.Regions;
    Running.promise().Outer = &Outer;
    Running.resume();
    Running.promise().Outer = nullptr;
  }

  static void advance(Coroutine Running) {
    resume(Running);
    if (Running.promise().Error) [[unlikely]]
      std::rethrow_exception(std::exchange(Running.promise().Error, nullptr));
  }

  Coroutine Handle;
};

} // namespace corolint::rt

#endif // COROLINT_RT_GENERATOR_H
