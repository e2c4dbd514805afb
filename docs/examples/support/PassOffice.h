//===-- PassOffice.h - Who issues passes, slowly ----------------*- C++ -*-===//
//
// Part of corolint, under the Apache License v2.0 with LLVM Exceptions.
// See LICENSE for license information.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//
//
// What the examples with an authoriser have in common: passes that run out, and
// the office that issues new ones. The office is a server on loopback, with a
// thread and an event loop of its own, so that waiting for it is real waiting.
//
//===----------------------------------------------------------------------===//

#ifndef COROLINT_EXAMPLES_PASSOFFICE_H
#define COROLINT_EXAMPLES_PASSOFFICE_H

#include "corolint/rt.h"
#include <array>
#include <atomic>
#include <charconv>
#include <chrono>
#include <future>
#include <string>
#include <thread>

namespace examples {

namespace rt = corolint::rt;
using namespace std::chrono_literals;
using rt::Task;
using Clock = rt::EventLoop::Clock;

/// What a request must carry. Numbered in the order of issue.
struct Pass {
  int Number = 0;
  Clock::time_point Until; ///< A pass that was never issued has run out.

  bool valid() const { return Clock::now() < Until; }
};

/// Issues a pass to each who connects, after some time.
class PassOffice {
public:
  explicit PassOffice(std::chrono::milliseconds Takes = 50ms) : Takes(Takes) {
    std::promise<rt::Endpoint> Opened;
    Worker = std::thread([&] { open(Opened); });
    Address = Opened.get_future().get();
  }
  ~PassOffice() {
    Loop.load()->stop();
    Worker.join();
  }
  PassOffice(const PassOffice &) = delete;
  PassOffice &operator=(const PassOffice &) = delete;

  rt::Endpoint address() const { return Address; }
  /// How many passes were issued so far. Any thread.
  int issued() const { return Issued; }

private:
  void open(std::promise<rt::Endpoint> &Opened) {
    rt::EventLoop Own;
    Loop = &Own;
    rt::Listener Desk(rt::Endpoint::loopback(0));
    Own.spawn(serve(Desk));
    Opened.set_value(Desk.local());
    Own.run();
  }
  Task<> serve(rt::Listener &Desk) {
    for (;;)
      rt::EventLoop::current()->spawn(issueTo(co_await Desk.accept()));
  }
  Task<> issueTo(rt::Socket Applicant) {
    co_await rt::sleep_for(Takes);
    const std::string Text = std::to_string(++Issued);
    co_await Applicant.write_all(Text);
  }

  const std::chrono::milliseconds Takes;
  std::atomic<rt::EventLoop *> Loop{nullptr};
  std::atomic<int> Issued{0};
  rt::Endpoint Address;
  std::thread Worker;
};

/// The pass whose number the office wrote, valid from now on.
inline Pass readPass(const char *Begin, std::size_t Size,
                     std::chrono::milliseconds Lifetime) {
  Pass Result;
  std::from_chars(Begin, Begin + Size, Result.Number);
  Result.Until = Clock::now() + Lifetime;
  return Result;
}

/// Gets a new pass from the office; other coroutines run meanwhile.
inline Task<Pass> requestPass(const PassOffice &Office,
                              std::chrono::milliseconds Lifetime = 10s) {
  rt::Socket Connection = co_await rt::Socket::connect(Office.address());
  std::array<char, 16> Text;
  const std::size_t Size = co_await Connection.read(Text);
  co_return readPass(Text.data(), Size, Lifetime);
}

} // namespace examples

#endif // COROLINT_EXAMPLES_PASSOFFICE_H
