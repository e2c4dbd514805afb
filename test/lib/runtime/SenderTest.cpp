//===-- SenderTest.cpp - Tasks as senders, and senders awaited ------------===//
//
// Part of corolint, under the Apache License v2.0 with LLVM Exceptions.
// See LICENSE for license information.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//

#include "corolint/rt/Sender.h"
#include "corolint/rt.h"
#include <gtest/gtest.h>
#include <string>
#include <thread>

using namespace corolint::rt;
using namespace std::chrono_literals;

namespace {

/// The part of `std::execution` that the bridge uses.
namespace mini {
struct Tag {};
struct SetValue {
  template <class R, class... U> void operator()(R &&Told, U &&...Value) const {
    std::move(Told).set_value(std::forward<U>(Value)...);
  }
};
struct SetError {
  template <class R> void operator()(R &&Told, std::exception_ptr Error) const {
    std::move(Told).set_error(std::move(Error));
  }
};
struct SetStopped {
  template <class R> void operator()(R &&Told) const {
    std::move(Told).set_stopped();
  }
};
struct GetStopToken {};
template <class... Signatures> struct Completions {};

struct Lib {
  using sender_t = Tag;
  using receiver_t = Tag;
  using operation_state_t = Tag;
  using set_value_t = SetValue;
  using set_error_t = SetError;
  using set_stopped_t = SetStopped;
  using get_stop_token_t = GetStopToken;
  using stop_source = std::stop_source;
  template <class... Signatures>
  using completion_signatures = Completions<Signatures...>;
  template <class Token, class F> using stop_callback = std::stop_callback<F>;

  static auto connect(auto &&Sender, auto Told) {
    return std::move(Sender).connect(std::move(Told));
  }
  static void start(auto &Operation) noexcept { Operation.start(); }
  static std::stop_token stop_token(const auto &Told) {
    return Told.get_env().query(GetStopToken());
  }
};
} // namespace mini
using mini::Lib;

/// Records how a task ended.
struct Notes {
  std::string How;
  std::stop_source Stop;
  std::atomic<bool> Done{false};

  struct Receiver {
    Notes *Kept;
    void set_value() && noexcept { end("value"); }
    void set_value(int I) && noexcept { end("value " + std::to_string(I)); }
    void set_error(std::exception_ptr Error) && noexcept {
      try {
        std::rethrow_exception(Error);
      } catch (const std::exception &E) {
        end(std::string("error ") + E.what());
      }
    }
    void set_stopped() && noexcept { end("stopped"); }
    struct Env {
      std::stop_token Token;
      std::stop_token query(mini::GetStopToken) const { return Token; }
    };
    Env get_env() const noexcept { return {Kept->Stop.get_token()}; }
    void end(std::string Text) const noexcept {
      EXPECT_EQ(Kept->How, "") << "told once";
      Kept->How = std::move(Text);
      Kept->Done = true;
    }
  };
  std::string wait() {
    while (!Done)
      std::this_thread::sleep_for(100us);
    return How;
  }
};

Task<int> gives(int Value) {
  co_await yield_now();
  co_return Value;
}
Task<void> succeeds() { co_return; }
Task<void> fails() {
  co_await yield_now();
  throw std::runtime_error("mine");
}
Task<void> sleepsLong() { co_await sleep_for(1h); }

template <class T> std::string endOf(Executor &Target, Task<T> Work) {
  Notes Kept;
  auto Operation =
      as_sender<Lib>(Target, std::move(Work)).connect(Notes::Receiver{&Kept});
  Operation.start();
  if (EventLoop *Loop = Target.as_loop())
    Loop->run();
  return Kept.wait();
}

TEST(AsSender, CompletesAsTheTaskEnds) {
  ThreadPool Pool(2);
  EventLoop Loop;
  for (Executor *Target :
       {static_cast<Executor *>(&Pool), static_cast<Executor *>(&Loop)}) {
    EXPECT_EQ(endOf(*Target, gives(3)), "value 3");
    EXPECT_EQ(endOf(*Target, succeeds()), "value");
    EXPECT_EQ(endOf(*Target, fails()), "error mine");
  }
}

TEST(AsSender, IsStoppedThroughTheEnvironment) {
  ThreadPool Pool(2);
  for (const bool Before : {true, false}) {
    Notes Kept;
    auto Operation =
        as_sender<Lib>(Pool, sleepsLong()).connect(Notes::Receiver{&Kept});
    if (Before)
      Kept.Stop.request_stop();
    Operation.start();
    if (!Before)
      Kept.Stop.request_stop();
    EXPECT_EQ(Kept.wait(), "stopped");
  }
}

TEST(AsSender, IsStoppedByTheEndOfItsLoop) {
  Notes Kept;
  std::optional<EventLoop> Loop(std::in_place);
  auto Operation =
      as_sender<Lib>(*Loop, sleepsLong()).connect(Notes::Receiver{&Kept});
  Operation.start();
  Loop->poll();
  Loop.reset();
  EXPECT_EQ(Kept.How, "stopped");
}

TEST(AsSender, UnstartedTellsNobody) {
  ThreadPool Pool(1);
  Notes Kept;
  {
    auto Operation =
        as_sender<Lib>(Pool, gives(1)).connect(Notes::Receiver{&Kept});
  }
  EXPECT_EQ(Kept.How, "");
}

/// A sender that completes on its own thread, as stopped if it is asked to
/// stop.
struct OnAThread {
  int Value;
  bool Waits = false;
  template <class R> struct Operation {
    int Value;
    bool Waits;
    R Told;
    std::thread Thread;
    void start() noexcept {
      Thread = std::thread([this] {
        const std::stop_token Token =
            Told.get_env().query(mini::GetStopToken());
        while (Waits && !Token.stop_requested())
          std::this_thread::sleep_for(100us);
        if (Waits)
          std::move(Told).set_stopped();
        else
          std::move(Told).set_value(Value);
      });
    }
    ~Operation() {
      if (Thread.joinable())
        Thread.join();
    }
  };
  template <class R> Operation<R> connect(R Told) && {
    return {Value, Waits, std::move(Told), {}};
  }
};
struct Inline {
  template <class R> struct Operation {
    R Told;
    void start() noexcept {
      std::move(Told).set_error(std::string("a string"));
    }
  };
  template <class R> Operation<R> connect(R Told) && {
    return {std::move(Told)};
  }
};

TEST(AwaitSender, GivesItsCompletion) {
  ThreadPool Pool(2);
  EventLoop Loop;
  const auto Main = [&]() -> Task<int> {
    auto Thread = await_sender<int, Lib>(OnAThread{5});
    int Sum = co_await Thread;
    EXPECT_EQ(EventLoop::current(), &Loop);
    auto Fails = await_sender<int, Lib>(Inline());
    try {
      (void)co_await Fails;
    } catch (const std::string &) {
      ++Sum;
    }
    auto OfATask = await_sender<int, Lib>(as_sender<Lib>(Pool, gives(10)));
    Sum += co_await OfATask;
    co_return Sum;
  };
  EXPECT_EQ(Loop.run(Main()), 16);
  EXPECT_EQ(Loop.tasks(), 0u);
}

TEST(AwaitSender, PassesAStopOn) {
  EventLoop Loop;
  const auto Waits = []() -> Task<void> {
    auto Thread = await_sender<int, Lib>(OnAThread{5, /*Waits=*/true});
    (void)co_await Thread;
  };
  const auto Main = [&]() -> Task<bool> {
    try {
      co_await with_timeout(Waits(), 2ms);
    } catch (const TimedOut &) {
      co_return true;
    }
    co_return false;
  };
  EXPECT_TRUE(Loop.run(Main()));
}

TEST(AwaitSender, IsWaitedForWhenItsLoopEnds) {
  std::optional<EventLoop> Loop(std::in_place);
  const auto Waits = []() -> Task<void> {
    auto Thread = await_sender<int, Lib>(OnAThread{5, /*Waits=*/true});
    (void)co_await Thread;
  };
  Loop->spawn(Waits());
  Loop->poll();
  Loop.reset();
}

} // namespace
