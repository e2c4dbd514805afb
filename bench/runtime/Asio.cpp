//===-- Asio.cpp - The benchmarks on Asio and Boost.Asio ------------------===//
//
// Part of corolint, under the Apache License v2.0 with LLVM Exceptions.
// See LICENSE for license information.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//
//
// Uses Boost.Asio with BENCH_BOOST, else standalone Asio.
//
//===----------------------------------------------------------------------===//

#include "Peak.h"
#include <utility> // Boost.Asio 1.74 forgets it.
#ifdef BENCH_BOOST
#include <boost/asio.hpp>
#include <boost/version.hpp>
namespace asio = boost::asio;
#else
#include <asio.hpp>
#include <asio/experimental/channel.hpp>
#define BENCH_CHANNEL 1
#endif
#include <benchmark/benchmark.h>

using asio::awaitable;
using asio::use_awaitable;
using asio::ip::tcp;
using benchmark::State;

namespace {

awaitable<int> child() { co_return 1; }

template <class F> void onLoop(State &S, F Body) {
  asio::io_context Context(1);
  asio::co_spawn(Context, Body(S), asio::detached);
  Context.run();
}

void awaitChild(State &S) {
  onLoop(S, [](State &S) -> awaitable<void> {
    long Sum = 0;
    for (auto _ : S)
      Sum += co_await child();
    benchmark::DoNotOptimize(Sum);
  });
}
BENCHMARK(awaitChild);

void spawnAndJoin(State &S) {
  onLoop(S, [](State &S) -> awaitable<void> {
    auto Executor = co_await asio::this_coro::executor;
    long Sum = 0;
    for (auto _ : S)
      Sum += co_await asio::co_spawn(Executor, child(), use_awaitable);
    benchmark::DoNotOptimize(Sum);
  });
}
BENCHMARK(spawnAndJoin);

void loopYield(State &S) {
  onLoop(S, [](State &S) -> awaitable<void> {
    auto Executor = co_await asio::this_coro::executor;
    for (auto _ : S)
      co_await asio::post(Executor, use_awaitable);
  });
}
BENCHMARK(loopYield);

#ifdef BENCH_CHANNEL
using Channel = asio::experimental::channel<void(asio::error_code, int)>;

void channelPingPong(State &S) {
  onLoop(S, [](State &S) -> awaitable<void> {
    auto Executor = co_await asio::this_coro::executor;
    auto There = std::make_shared<Channel>(Executor, 1);
    auto Back = std::make_shared<Channel>(Executor, 1);
    const auto Pong = [](std::shared_ptr<Channel> There,
                         std::shared_ptr<Channel> Back) -> awaitable<void> {
      for (;;) {
        const int Value = co_await There->async_receive(use_awaitable);
        if (Value < 0)
          co_return;
        co_await Back->async_send(asio::error_code(), Value, use_awaitable);
      }
    };
    asio::co_spawn(Executor, Pong(There, Back), asio::detached);
    for (auto _ : S) {
      co_await There->async_send(asio::error_code(), 1, use_awaitable);
      const int Value = co_await Back->async_receive(use_awaitable);
      benchmark::DoNotOptimize(Value);
    }
    co_await There->async_send(asio::error_code(), -1, use_awaitable);
  });
}
BENCHMARK(channelPingPong);
#endif

void timers10000(State &S) {
  asio::io_context Context(1);
  const auto Waits = [&](int I) -> awaitable<void> {
    asio::steady_timer Timer(Context, std::chrono::microseconds(I % 1000));
    co_await Timer.async_wait(use_awaitable);
  };
  for (auto _ : S) {
    for (int I = 0; I != 10'000; ++I)
      asio::co_spawn(Context, Waits(I * 7), asio::detached);
    Context.run();
    Context.restart();
  }
}
BENCHMARK(timers10000)->Unit(benchmark::kMillisecond);

void echo(State &S) {
  onLoop(S, [](State &S) -> awaitable<void> {
    auto Executor = co_await asio::this_coro::executor;
    auto From = std::make_shared<tcp::acceptor>(
        Executor, tcp::endpoint(asio::ip::address_v4::loopback(), 0));
    const auto Serve =
        [](std::shared_ptr<tcp::acceptor> From) -> awaitable<void> {
      tcp::socket Peer = co_await From->async_accept(use_awaitable);
      Peer.set_option(tcp::no_delay(true));
      char Buffer[64];
      try {
        for (;;) {
          const std::size_t Size = co_await Peer.async_read_some(
              asio::buffer(Buffer), use_awaitable);
          co_await Peer.async_write_some(asio::buffer(Buffer, Size),
                                         use_awaitable);
        }
      } catch (const std::exception &) {
      }
    };
    asio::co_spawn(Executor, Serve(From), asio::detached);
    tcp::socket Sock(Executor);
    co_await Sock.async_connect(From->local_endpoint(), use_awaitable);
    Sock.set_option(tcp::no_delay(true));
    char Buffer[64] = {};
    for (auto _ : S) {
      co_await Sock.async_write_some(asio::buffer(Buffer), use_awaitable);
      std::size_t Got = 0;
      while (Got != sizeof(Buffer)) {
        const std::size_t Size =
            co_await Sock.async_read_some(asio::buffer(Buffer), use_awaitable);
        Got += Size;
      }
    }
  });
}
BENCHMARK(echo)->UseRealTime();

} // namespace

BENCHMARK_MAIN();
