//===-- Sender.h - Tasks as senders, and senders awaited --------*- C++ -*-===//
//
// Part of corolint, under the Apache License v2.0 with LLVM Exceptions.
// See LICENSE for license information.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//
//
// A bridge to `std::execution` and similar libraries. It includes none of them:
// the user names the library's types once, in a class \p Lib, see
// docs/execution.md. Not part of `corolint/rt.h`.
//
//===----------------------------------------------------------------------===//

#ifndef COROLINT_RT_SENDER_H
#define COROLINT_RT_SENDER_H

#include "corolint/rt/EventLoop.h"
#include "corolint/rt/JoinHandle.h"
#include "corolint/rt/Result.h"
#include "corolint/rt/Task.h"
#include "corolint/rt/Waiter.h"
#include <exception>
#include <memory>
#include <optional>
#include <type_traits>
#include <utility>

namespace corolint::rt {

namespace detail {

template <class Lib, class T> struct CompletionsOf {
  using type = typename Lib::template completion_signatures<
      typename Lib::set_value_t(T),
      typename Lib::set_error_t(std::exception_ptr),
      typename Lib::set_stopped_t()>;
};
template <class Lib> struct CompletionsOf<Lib, void> {
  using type = typename Lib::template completion_signatures<
      typename Lib::set_value_t(),
      typename Lib::set_error_t(std::exception_ptr),
      typename Lib::set_stopped_t()>;
};

/// The operation state that `connect` makes of a task. It completes \p Receiver
/// once.
template <class Lib, class T, class Receiver> class TaskOperation {
public:
  using operation_state_concept = typename Lib::operation_state_t;

  TaskOperation(Executor &Target, Task<T> Work, Receiver Told)
      : Target(Target), Work(std::move(Work)), Told(std::move(Told)) {}
  TaskOperation(const TaskOperation &) = delete;
  TaskOperation &operator=(const TaskOperation &) = delete;

  void start() noexcept {
    try {
      ChainTask Root = driveJoined(
          JoinState<void>(Target, deliver(std::move(Work), Completion(*this)),
                          /*InScope=*/false));
      Handle = JoinHandle<void>(Root.promise());
      OnStop.emplace(Lib::stop_token(Told), RequestStop{&Handle});
      IsStarted = true;
      Target.adopt(std::move(Root)); // This object may now be gone.
    } catch (...) {
      Completion(*this).fail(std::current_exception());
    }
  }

private:
  /// Completes the operation, at the latest when it is destroyed: a task may be
  /// destroyed with its executor.
  class Completion {
  public:
    explicit Completion(TaskOperation &Operation) noexcept
        : Operation(&Operation) {}
    Completion(Completion &&Other) noexcept
        : Operation(std::exchange(Other.Operation, nullptr)) {}
    Completion &operator=(Completion &&) = delete;
    ~Completion() {
      if (Operation && Operation->IsStarted)
        typename Lib::set_stopped_t()(take());
    }
    template <class... U> void succeed(U &&...Value) noexcept {
      typename Lib::set_value_t()(take(), std::forward<U>(Value)...);
    }
    void fail(std::exception_ptr Error) noexcept {
      typename Lib::set_error_t()(take(), std::move(Error));
    }

  private:
    /// The receiver may destroy the operation.
    Receiver take() noexcept {
      TaskOperation &Completed = *std::exchange(Operation, nullptr);
      Completed.OnStop.reset();
      return std::move(Completed.Told);
    }
    TaskOperation *Operation;
  };

  struct RequestStop {
    JoinHandle<void> *Stopped;
    void operator()() const noexcept { Stopped->request_stop(); }
  };
  using StopToken = decltype(Lib::stop_token(std::declval<Receiver &>()));

  static Task<void> deliver(Task<T> Work, Completion Completed) {
    Result<T> Outcome;
    try {
      if constexpr (std::is_void_v<T>) {
        co_await std::move(Work);
        Outcome.set();
      } else {
        Outcome.set(co_await std::move(Work));
      }
    } catch (const Cancelled &) {
      co_return;
    } catch (...) {
      Outcome.fail(std::current_exception());
    }
    if (Outcome.failed())
      Completed.fail(Outcome.error());
    else if constexpr (std::is_void_v<T>)
      Completed.succeed();
    else
      Completed.succeed(Outcome.take());
  }

  Executor &Target;
  Task<T> Work;
  Receiver Told;
  JoinHandle<void> Handle;
  std::optional<typename Lib::template stop_callback<StopToken, RequestStop>>
      OnStop;
  bool IsStarted = false;
};

/// Constructs the result of a function in place.
template <class F> struct Made {
  F Make;
  operator std::invoke_result_t<F>() && { return std::move(Make)(); }
};

} // namespace detail

/// A task as a sender. When started, it runs on an executor and completes there
/// with its value, its exception, or as stopped if it was cancelled. A stop
/// that the receiver's environment requests reaches the task. Move-only;
/// connect it once.
template <class Lib, class T> class [[nodiscard]] TaskSender {
public:
  using sender_concept = typename Lib::sender_t;
  using completion_signatures = typename detail::CompletionsOf<Lib, T>::type;

  TaskSender(Executor &Target, Task<T> Work) noexcept
      : Target(&Target), Work(std::move(Work)) {}

  /// Returns the operation that completes \p Told after it is started.
  template <class Receiver>
  detail::TaskOperation<Lib, T, Receiver> connect(Receiver Told) && {
    return {*Target, std::move(Work), std::move(Told)};
  }

private:
  Executor *Target;
  Task<T> Work;
};

/// Returns the sender of \p Work, which will run on \p Target.
template <class Lib, class T>
TaskSender<Lib, T> as_sender(Executor &Target, Task<T> Work) noexcept {
  return TaskSender<Lib, T>(Target, std::move(Work));
}

/// The result of `await_sender`.
template <class Lib, class T, class Sender>
class [[nodiscard]] SenderAwaiter final : private detail::Waiter {
  struct Environment {
    typename Lib::stop_source *Stop;
    auto query(typename Lib::get_stop_token_t) const noexcept {
      return Stop->get_token();
    }
  };
  struct Receiver {
    using receiver_concept = typename Lib::receiver_t;
    SenderAwaiter *Told;

    template <class... U> void set_value(U &&...Value) && noexcept {
      try {
        Told->Outcome.set(std::forward<U>(Value)...);
      } catch (...) {
        Told->Outcome.fail(std::current_exception());
      }
      Told->completed();
    }
    template <class E> void set_error(E &&Error) && noexcept {
      if constexpr (std::is_same_v<std::decay_t<E>, std::exception_ptr>)
        Told->Outcome.fail(std::forward<E>(Error));
      else
        Told->Outcome.fail(std::make_exception_ptr(std::forward<E>(Error)));
      Told->completed();
    }
    void set_stopped() && noexcept {
      Told->Outcome.fail(std::make_exception_ptr(Cancelled()));
      Told->completed();
    }
    Environment get_env() const noexcept { return {&Told->Stop}; }
  };
  struct RelayStop {
    typename Lib::stop_source *Inner;
    void operator()() const noexcept { Inner->request_stop(); }
  };
  using Operation =
      decltype(Lib::connect(std::declval<Sender>(), std::declval<Receiver>()));

public:
  explicit SenderAwaiter(Sender &&Awaited)
      : Waiter(detail::WaitKind::Thread, Actions), Awaited(std::move(Awaited)) {
  }

  bool await_ready() const noexcept { return false; }
  template <class P> void await_suspend(std::coroutine_handle<P> Self) {
    bind(Self);
    if (EventLoop *Loop = EventLoop::current())
      Guard.emplace(*Loop);
    Started.emplace(detail::Made{
        [this] { return Lib::connect(std::move(Awaited), Receiver{this}); }});
    if (stopPossible())
      OnStop.emplace(context()->stopToken(), RelayStop{&Stop});
    Where.store(Place::Queued, std::memory_order_relaxed);
    Lib::start(*Started); // The coroutine may go on meanwhile.
  }
  T await_resume() {
    OnStop.reset();
    Guard.reset();
    resumed();
    return Outcome.take();
  }

private:
  void completed() noexcept { Exec->enqueue(*this); }

  /// The operation needs this awaiter until it has completed.
  static void abandonOperation(detail::Waiter &Self) noexcept {
    auto &Me = static_cast<SenderAwaiter &>(Self);
    Me.OnStop.reset();
    if (Me.Where.load(std::memory_order_relaxed) != Place::Nowhere) {
      Me.Stop.request_stop();
      Me.leaveExecutor();
    }
    Me.Guard.reset();
  }
  static constexpr detail::WaitActions Actions{nullptr, nullptr,
                                               &abandonOperation};

  Sender Awaited;
  typename Lib::stop_source Stop;
  detail::Result<T> Outcome;
  std::optional<EventLoop::WorkGuard> Guard;
  std::optional<Operation> Started;
  std::optional<std::stop_callback<RelayStop>> OnStop;
};

/// Awaited, starts \p Awaited and continues on the executor of the awaiting
/// coroutine when it completes. Returns its value, throws its error, or throws
/// `Cancelled` if it was stopped. A stop of the task is passed on. If the
/// coroutine is destroyed meanwhile, that waits for the operation's end.
template <class T, class Lib, class Sender>
SenderAwaiter<Lib, T, std::decay_t<Sender>> await_sender(Sender Awaited) {
  return SenderAwaiter<Lib, T, Sender>(std::move(Awaited));
}

} // namespace corolint::rt

#endif // COROLINT_RT_SENDER_H
