//===-- realtime.cpp - A blocking call inside a coroutine -----------------===//
//
// Part of corolint, under the Apache License v2.0 with LLVM Exceptions.
// See LICENSE for license information.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//
//
// For RealtimeSanitizer, see realtime_test.sh: with an argument, one coroutine
// makes a blocking call; without one, none does.
//
//===----------------------------------------------------------------------===//

#include "corolint/rt.h"
#include <cstdio>
#include <string>
#include <unistd.h>

using namespace corolint::rt;
using namespace std::chrono_literals;

namespace {

Task<void> behaves(AsyncMutex &Mutex) {
  auto Guard = co_await Mutex.lock();
  co_await sleep_for(1ms);
  co_await yield_now();
  co_await run_blocking([] { ::usleep(1000); });
}

Task<void> talks() {
  Listener From(Endpoint::loopback(0));
  const auto Client = [](Endpoint To) -> Task<void> {
    Socket Sock = co_await Socket::connect(To);
    co_await Sock.write_all(std::string("hello"));
  };
  const auto Server = [](Listener &From) -> Task<void> {
    Socket Sock = co_await From.accept();
    char Buffer[16];
    while (co_await Sock.read(std::span<char>(Buffer)) != 0)
      ;
  };
  co_await when_all(Client(From.local()), Server(From));
}

Task<void> blocks() {
  co_await yield_now();
  ::usleep(1000);
}

Task<void> run(bool Block) {
  AsyncMutex Mutex;
  co_await when_all(behaves(Mutex), behaves(Mutex));
  co_await talks();
  if (Block)
    co_await blocks();
}

} // namespace

int main(int Count, char **) {
  EventLoop Loop;
  Loop.run(run(Count > 1));
  std::puts("done");
}
