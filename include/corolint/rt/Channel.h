//===-- Channel.h - A bounded queue between coroutines ----------*- C++ -*-===//
//
// Part of corolint, under the Apache License v2.0 with LLVM Exceptions.
// See LICENSE for license information.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//

#ifndef COROLINT_RT_CHANNEL_H
#define COROLINT_RT_CHANNEL_H

#include "corolint/rt/Waiter.h"
#include <atomic>
#include <cassert>
#include <cstddef>
#include <memory>
#include <new>
#include <optional>
#include <utility>

namespace corolint::rt {

/// A bounded queue of \p T. Senders wait while it is full, receivers while it
/// is empty. With capacity 0 each sender waits for a receiver. Values arrive in
/// the order sent. Moving a \p T must not throw. Thread-safe.
///
/// No value is lost: if a receiver was given a value but is cancelled or
/// destroyed before it resumes, the next receiver gets the value.
template <class T> class Channel {
  static_assert(std::is_nothrow_move_constructible_v<T>,
                "a value is moved where an exception could lose it");

public:
  /// Throws `std::bad_alloc`.
  explicit Channel(std::size_t Capacity)
      : Slots(Capacity ? std::make_unique<Slot[]>(Capacity) : nullptr),
        Room(Capacity), Capacity(Capacity) {}
  Channel(const Channel &) = delete;
  Channel &operator=(const Channel &) = delete;
  ~Channel() {
    assert(Senders.empty() && Receivers.empty() && "destroyed with waiters");
    while (count() != 0)
      (void)popValue();
  }

  class [[nodiscard]] SendAwaiter final : private detail::QueuedWaiter {
  public:
    SendAwaiter(Channel &Chan, T &&NewValue) noexcept
        : QueuedWaiter(detail::WaitKind::ChannelSend, Chan.Senders, KeepsGrant),
          Chan(Chan), Value(std::move(NewValue)) {
      WaitsFor = &Chan;
    }
    bool await_ready() noexcept {
      if (detail::ThisThread.outOfBudget()) [[unlikely]]
        return false;
      Chan.lock().lock();
      detail::QueuedWaiter *Woken = nullptr;
      const bool Sent = !Chan.Closed && Chan.trySend(Value, Woken);
      Chan.lock().unlock();
      if (Woken)
        detail::WaitQueue::wake(*Woken);
      return Sent;
    }
    template <class P> bool await_suspend(std::coroutine_handle<P> Self) {
      detail::QueuedWaiter *Woken = nullptr;
      const bool Suspend = parkUnless(Self, [&]() noexcept {
        Refused = Chan.Closed;
        return Refused || Chan.trySend(Value, Woken);
      });
      if (Woken)
        detail::WaitQueue::wake(*Woken);
      return Suspend;
    }
    void await_resume() {
      finish();
      if (Refused) [[unlikely]]
        throw ChannelClosed();
    }

  private:
    friend Channel;
    Channel &Chan;
    T Value;
    bool Refused = false;
  };

  class [[nodiscard]] ReceiveAwaiter final : private detail::QueuedWaiter {
  public:
    explicit ReceiveAwaiter(Channel &Chan) noexcept
        : QueuedWaiter(detail::WaitKind::ChannelReceive, Chan.Receivers,
                       ReturnsGrant<ReceiveAwaiter>),
          Chan(Chan) {
      WaitsFor = &Chan;
    }
    ~ReceiveAwaiter() { leave(); }
    bool await_ready() noexcept {
      // `await_suspend` checks again under the lock. Contracts need to know
      // whether the await would have been ready.
      if ((Chan.Count.load(std::memory_order_relaxed) == 0 &&
           !detail::isWatched()) ||
          detail::ThisThread.outOfBudget())
        return false;
      Chan.lock().lock();
      detail::QueuedWaiter *Woken = nullptr;
      const bool Done = Chan.tryReceive(Value, Woken) || Chan.Closed;
      Chan.lock().unlock();
      if (Woken)
        detail::WaitQueue::wake(*Woken);
      return Done;
    }
    template <class P> bool await_suspend(std::coroutine_handle<P> Self) {
      detail::QueuedWaiter *Woken = nullptr;
      const bool Suspend = parkUnless(Self, [&]() noexcept {
        return Chan.tryReceive(Value, Woken) || Chan.Closed;
      });
      if (Woken)
        detail::WaitQueue::wake(*Woken);
      return Suspend;
    }
    std::optional<T> await_resume() {
      finish();
      return std::move(Value);
    }

  private:
    friend Channel;
    friend detail::QueuedWaiter;

    static bool takeBack(detail::QueuedWaiter &Self,
                         detail::QueuedWaiter *&Woken) noexcept {
      auto &Receiver = static_cast<ReceiveAwaiter &>(Self);
      return !Receiver.Value || Receiver.Chan.putBack(*Receiver.Value, Woken);
    }

    Channel &Chan;
    std::optional<T> Value;
  };

  /// Suspends until there is room for \p Value. Throws `ChannelClosed`, or
  /// `Cancelled` if the task is asked to stop first; \p Value is then lost.
  SendAwaiter send(T Value) noexcept {
    return SendAwaiter(*this, std::move(Value));
  }
  /// Suspends until there is a value. Returns nothing once the channel is
  /// closed and empty. Throws `Cancelled` if the task is asked to stop first.
  ReceiveAwaiter receive() noexcept { return ReceiveAwaiter(*this); }

  /// Sends \p Value if there is room, and returns whether it did. Throws
  /// `ChannelClosed`.
  COROLINT_NONBLOCKING bool try_send(T Value) {
    lock().lock();
    detail::QueuedWaiter *Woken = nullptr;
    const bool Refused = Closed;
    const bool Sent = !Refused && trySend(Value, Woken);
    lock().unlock();
    if (Woken)
      detail::WaitQueue::wake(*Woken);
    if (Refused)
      throw ChannelClosed();
    return Sent;
  }
  /// Returns a value if one is available now.
  COROLINT_NONBLOCKING std::optional<T> try_receive() noexcept {
    std::optional<T> Value;
    lock().lock();
    detail::QueuedWaiter *Woken = nullptr;
    tryReceive(Value, Woken);
    lock().unlock();
    if (Woken)
      detail::WaitQueue::wake(*Woken);
    return Value;
  }
  /// Refuses further values; those already sent can still be received. Waiting
  /// senders get `ChannelClosed`, waiting receivers get nothing. Harmless if
  /// repeated.
  COROLINT_NONBLOCKING void close() noexcept {
    detail::QueuedWaiter *Woken = nullptr;
    lock().lock();
    Closed = true;
    while (detail::QueuedWaiter *S = Senders.pop()) {
      static_cast<Sender *>(S)->Refused = true;
      S->nextTaken() = std::exchange(Woken, S);
    }
    while (detail::QueuedWaiter *R = Receivers.pop()) {
      R->settle(detail::QueuedWaiter::Settlement::Final);
      R->nextTaken() = std::exchange(Woken, R);
    }
    lock().unlock();
    detail::WaitQueue::wakeAll(Woken);
  }
  /// The capacity given at construction.
  std::size_t capacity() const noexcept { return Capacity; }

private:
  using Sender = SendAwaiter;
  using Receiver = ReceiveAwaiter;
  union Slot {
    Slot() noexcept {}
    ~Slot() {}
    T Value;
  };

  detail::SmallLock &lock() noexcept { return Senders.lock(); }

  std::size_t count() const noexcept {
    return Count.load(std::memory_order_relaxed);
  }
  void pushValue(T &Value) noexcept {
    const std::size_t Now = count();
    std::construct_at(&Slots[(Head + Now) % Room].Value, std::move(Value));
    Count.store(Now + 1, std::memory_order_relaxed);
  }
  T popValue() noexcept {
    T &Front = Slots[Head].Value;
    T Value = std::move(Front);
    std::destroy_at(&Front);
    Head = (Head + 1) % Room;
    Count.store(count() - 1, std::memory_order_relaxed);
    return Value;
  }
  bool trySend(T &Value, detail::QueuedWaiter *&Woken) noexcept {
    Woken = Receivers.pop();
    if (Woken) {
      static_cast<Receiver *>(Woken)->Value.emplace(std::move(Value));
      return true;
    }
    if (count() >= Capacity)
      return false;
    pushValue(Value);
    return true;
  }
  /// Keeps \p Value, which no receiver took, for the next one. Returns false if
  /// there is no memory for it.
  bool putBack(T &Value, detail::QueuedWaiter *&Woken) noexcept {
    Woken = Receivers.pop();
    if (Woken) {
      static_cast<Receiver *>(Woken)->Value.emplace(std::move(Value));
      return true;
    }
    if (count() == Room && !growRoom())
      return false;
    Head = (Head + Room - 1) % Room;
    std::construct_at(&Slots[Head].Value, std::move(Value));
    Count.store(count() + 1, std::memory_order_relaxed);
    return true;
  }
  bool growRoom() noexcept {
    const std::size_t Now = count(), NewRoom = 2 * Room + 1;
    std::unique_ptr<Slot[]> Larger(new (std::nothrow) Slot[NewRoom]);
    if (!Larger)
      return false;
    for (std::size_t I = 0; I != Now; ++I) {
      T &Old = Slots[(Head + I) % Room].Value;
      std::construct_at(&Larger[I].Value, std::move(Old));
      std::destroy_at(&Old);
    }
    Slots = std::move(Larger);
    Room = NewRoom;
    Head = 0;
    return true;
  }
  bool tryReceive(std::optional<T> &Value,
                  detail::QueuedWaiter *&Woken) noexcept {
    if (count() != 0) {
      Value.emplace(popValue());
      Woken = count() < Capacity ? Senders.pop() : nullptr;
      if (Woken)
        pushValue(static_cast<Sender *>(Woken)->Value);
      return true;
    }
    Woken = Senders.pop();
    if (!Woken)
      return false;
    Value.emplace(std::move(static_cast<Sender *>(Woken)->Value));
    return true;
  }

  std::unique_ptr<Slot[]> Slots;
  std::size_t Room; ///< Slots; exceeds `Capacity` once values came back.
  const std::size_t Capacity;
  std::size_t Head = 0;
  std::atomic<std::size_t> Count{0}; ///< Changed under the lock.
  bool Closed = false;
  detail::WaitQueue Senders;
  detail::WaitQueue Receivers{&Senders};
};

} // namespace corolint::rt

#endif // COROLINT_RT_CHANNEL_H
