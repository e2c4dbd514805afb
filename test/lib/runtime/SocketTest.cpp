//===-- SocketTest.cpp - Echo and HTTP over loopback ----------------------===//
//
// Part of corolint, under the Apache License v2.0 with LLVM Exceptions.
// See LICENSE for license information.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//

#include "corolint/rt.h"
#include <gtest/gtest.h>
#include <string>
#include <string_view>
#include <unistd.h>

using namespace corolint::rt;
using namespace std::chrono_literals;

namespace {

Task<void> echo(Socket Client) {
  char Buffer[256];
  for (;;) {
    const std::size_t Size = co_await Client.read(std::span<char>(Buffer));
    if (Size == 0)
      co_return;
    co_await Client.write_all(std::span<const char>(Buffer, Size));
  }
}

Task<void> serve(Listener &From, int Clients) {
  TaskScope Scope;
  for (int I = 0; I != Clients; ++I)
    Scope.spawn(echo(co_await From.accept()));
  co_await Scope.join();
}

Task<std::string> readAll(Socket &From) {
  std::string Text;
  char Buffer[100];
  while (const std::size_t Size = co_await From.read(std::span<char>(Buffer)))
    Text.append(Buffer, Size);
  co_return Text;
}

TEST(Socket, Echoes) {
  Listener From(Endpoint::loopback(0));
  const auto Client = [&](std::size_t Size) -> Task<void> {
    Socket Sock = co_await Socket::connect(From.local());
    std::string Sent(Size, 'x');
    for (std::size_t I = 0; I != Size; ++I)
      Sent[I] = char('a' + I % 26);
    const auto Send = [&]() -> Task<void> {
      co_await Sock.write_all(Sent);
      Sock.shutdown_write();
    };
    auto [Void, Got] = co_await when_all(Send(), readAll(Sock));
    (void)Void;
    EXPECT_EQ(Got.size(), Sent.size());
    EXPECT_TRUE(Got == Sent);
  };
  const auto Main = [&]() -> Task<void> {
    // More than the kernel's buffers hold, so that both sides sometimes wait.
    co_await when_all(serve(From, 3), Client(10), Client(100'000),
                      Client(4'000'000));
  };
  EventLoop Loop;
  Loop.run(Main());
}

TEST(Socket, RefusedConnectionsThrow) {
  const std::uint16_t Port = Listener(Endpoint::loopback(0)).local().Port;
  EventLoop Loop;
  try {
    (void)Loop.run(Socket::connect(Endpoint::loopback(Port)));
    FAIL();
  } catch (const std::system_error &E) {
    EXPECT_EQ(E.code(), std::errc::connection_refused);
  }
}

TEST(Socket, ResetsThrow) {
  Listener From(Endpoint::loopback(0));
  const auto Main = [&]() -> Task<bool> {
    Socket Client = co_await Socket::connect(From.local());
    Socket Server = co_await From.accept();
    Client.reset();
    char Buffer[1];
    try {
      co_await Server.read(std::span<char>(Buffer));
    } catch (const std::system_error &E) {
      co_return E.code() == std::errc::connection_reset;
    }
    co_return false;
  };
  EventLoop Loop;
  EXPECT_TRUE(Loop.run(Main()));
}

TEST(Socket, ReadsNothingIntoAnEmptyBuffer) {
  EventLoop Loop;
  const auto Main = []() -> Task<void> {
    Listener Server(Endpoint::loopback(0));
    Socket Client = co_await Socket::connect(Server.local());
    Socket Peer = co_await Server.accept();
    EXPECT_EQ(co_await Client.read(std::span<char>()), 0u);
    co_await Peer.write_all(std::string_view("x"));
    co_await readable(Client.descriptor());
    EXPECT_EQ(co_await Client.read(std::span<char>()), 0u);
    char Byte = 0;
    EXPECT_EQ(co_await Client.read(std::span<char>(&Byte, 1)), 1u);
  };
  Loop.run(Main());
}

/// The kernel refuses (EAGAIN) in a case where it makes a TCP client wait.
TEST(Socket, ConnectsToABusyUnixListener) {
  static constexpr int Clients = 6;
  std::string Name = "corolint-test-" + std::to_string(::getpid());
  Name.insert(Name.begin(), '\0'); // An abstract name.
  EventLoop Loop;
  const auto Main = [&]() -> Task<void> {
    Listener Server(SocketAddress::unix_path(Name), /*Backlog=*/1);
    int Connected = 0;
    const auto Connects = [&]() -> Task<void> {
      Socket Client = co_await Socket::connect(SocketAddress::unix_path(Name));
      ++Connected;
    };
    TaskScope Scope;
    for (int I = 0; I != Clients; ++I)
      Scope.spawn(Connects());
    co_await sleep_for(5ms);
    EXPECT_LT(Connected, Clients) << "the queue was to be full";
    for (int I = 0; I != Clients; ++I)
      Socket Peer = co_await Server.accept();
    co_await Scope.join();
    EXPECT_EQ(Connected, Clients);
  };
  Loop.run(Main());
}

TEST(Socket, ReadsCanTimeOut) {
  Listener From(Endpoint::loopback(0));
  const auto Main = [&]() -> Task<void> {
    Socket Client = co_await Socket::connect(From.local());
    Socket Server = co_await From.accept();
    char Buffer[1];
    const auto Read = [&]() -> Task<std::size_t> {
      co_return co_await Server.read(std::span<char>(Buffer));
    };
    bool Out = false;
    try {
      co_await with_timeout(Read(), 2ms);
    } catch (const TimedOut &) {
      Out = true;
    }
    EXPECT_TRUE(Out);
    co_await Client.write_all(std::string("y"));
    EXPECT_EQ(co_await Read(), 1u);
    EXPECT_EQ(Buffer[0], 'y');
  };
  EventLoop Loop;
  Loop.run(Main());
}

TEST(Socket, ClosingCancelsWhoWaits) {
  Listener From(Endpoint::loopback(0));
  const auto Main = [&]() -> Task<bool> {
    Socket Client = co_await Socket::connect(From.local());
    char Buffer[1];
    EventLoop::current()->post([&] { Client.close(); });
    try {
      co_await Client.read(std::span<char>(Buffer));
    } catch (const Cancelled &) {
      co_return true;
    }
    co_return false;
  };
  EventLoop Loop;
  EXPECT_TRUE(Loop.run(Main()));
}

TEST(Socket, ServesHttp) {
  Listener From(Endpoint::loopback(0));
  const auto Server = [&]() -> Task<void> {
    Socket Client = co_await From.accept();
    std::string Request;
    char Buffer[64];
    while (Request.find("\r\n\r\n") == Request.npos) {
      const std::size_t Size = co_await Client.read(std::span<char>(Buffer));
      if (Size == 0)
        co_return;
      Request.append(Buffer, Size);
    }
    const std::string Path = Request.substr(4, Request.find(' ', 4) - 4);
    const std::string Body = "You asked for " + Path;
    co_await Client.write_all(
        "HTTP/1.1 200 OK\r\nContent-Length: " + std::to_string(Body.size()) +
        "\r\nConnection: close\r\n\r\n" + Body);
  };
  const auto Get = [&](std::string Path) -> Task<std::string> {
    Socket Sock = co_await Socket::connect(From.local());
    co_await Sock.write_all("GET " + Path +
                            " HTTP/1.1\r\nHost: localhost\r\n\r\n");
    co_return co_await readAll(Sock);
  };
  const auto Main = [&]() -> Task<std::string> {
    auto [Void, Answer] = co_await when_all(Server(), Get("/index"));
    (void)Void;
    co_return Answer;
  };
  EventLoop Loop;
  const std::string Answer = Loop.run(Main());
  EXPECT_EQ(Answer.rfind("HTTP/1.1 200 OK", 0), 0u);
  EXPECT_NE(Answer.find("You asked for /index"), Answer.npos);
}

TEST(Endpoint, HasAText) {
  EXPECT_EQ(Endpoint::loopback(80).to_string(), "127.0.0.1:80");
}

Task<void> talk(SocketAddress At) {
  Listener From(At);
  Socket Client = co_await Socket::connect(From.local_address());
  Socket Server = co_await From.accept();
  co_await Client.write_all(std::string("hello"));
  Client.shutdown_write();
  EXPECT_EQ(co_await readAll(Server), "hello");
}

TEST(SocketAddress, EveryKindConnects) {
  EventLoop Loop;
  Loop.run(talk(Endpoint::loopback(0)));
  Loop.run(
      talk(SocketAddress::unix_path(std::string_view("\0corolint-test", 14))));
  const std::string Path =
      testing::TempDir() + "corolint-" + std::to_string(::getpid());
  Loop.run(talk(SocketAddress::unix_path(Path)));
  ::unlink(Path.c_str());
  try {
    Listener Probe(SocketAddress::loopback6(0));
  } catch (const std::system_error &) {
    GTEST_SKIP() << "no IPv6 here";
  }
  Loop.run(talk(SocketAddress::loopback6(0)));
}

TEST(SocketAddress, HasAText) {
  EXPECT_EQ(SocketAddress(Endpoint::loopback(80)).to_string(), "127.0.0.1:80");
  EXPECT_EQ(SocketAddress::ip("10.0.0.1", 7).to_string(), "10.0.0.1:7");
  EXPECT_EQ(SocketAddress::ip("::1", 80).to_string(), "[::1]:80");
  EXPECT_EQ(SocketAddress::unix_path("/a/b").to_string(), "/a/b");
  EXPECT_EQ(SocketAddress::unix_path(std::string_view("\0n", 2)).to_string(),
            "@n");
  EXPECT_EQ(SocketAddress().to_string(), "<none>");
  EXPECT_THROW((void)SocketAddress::ip("nonsense", 1), std::invalid_argument);
  EXPECT_THROW((void)SocketAddress::unix_path(std::string(200, 'x')),
               std::system_error);
}

TEST(SocketAddress, NumbersAreResolved) {
  const auto Found = sync_wait(resolve("127.0.0.1", "80"));
  ASSERT_FALSE(Found.empty());
  EXPECT_EQ(Found[0].to_string(), "127.0.0.1:80");
  try {
    (void)sync_wait(resolve("no such host", "80"));
    FAIL();
  } catch (const std::system_error &E) {
    EXPECT_STREQ(E.code().category().name(), "resolver");
  }
}

} // namespace
