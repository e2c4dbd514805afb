//===-- DescriptorTest.cpp - Every wait for every kind of descriptor ------===//
//
// Part of corolint, under the Apache License v2.0 with LLVM Exceptions.
// See LICENSE for license information.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//
//
// The invariant: a wait ends if, and only if, the operation would not block,
// whatever was done with the descriptor before, on this loop or on others.
//
//===----------------------------------------------------------------------===//

#include "ChildProcess.h"
#include "corolint/rt.h"
#include <cstring>
#include <dirent.h>
#include <fcntl.h>
#include <gtest/gtest.h>
#include <optional>
#include <string>
#include <sys/resource.h>
#include <sys/socket.h>
#include <thread>
#include <unistd.h>

using namespace corolint::rt;
using namespace corolint::rt::test;
using namespace std::chrono_literals;

namespace {

struct Pair {
  Socket Mine;
  Socket Peer;
};

Pair tcpPair() {
  const Listener From(Endpoint::loopback(0));
  const int Client = ::socket(AF_INET, SOCK_STREAM, 0);
  const SocketAddress To = From.local_address();
  EXPECT_EQ(::connect(Client, To.data(), socklen_t(To.size())), 0);
  const int Server =
      ::accept4(From.descriptor(), nullptr, nullptr, SOCK_NONBLOCK);
  ::fcntl(Client, F_SETFL, O_NONBLOCK);
  return {Socket(Server), Socket(Client)};
}

Pair unixPair(int Type) {
  int Ends[2];
  EXPECT_EQ(::socketpair(AF_UNIX, Type | SOCK_NONBLOCK, 0, Ends), 0);
  return {Socket(Ends[0]), Socket(Ends[1])};
}

struct KindOfSocket {
  const char *Name;
  Pair (*Make)();
};

/// The history of the socket before the tested wait.
enum class Past { Fresh, WaitedHere, AwaitedElsewhere, UsedOnDeadLoop };

const KindOfSocket Kinds[] = {
    {"Tcp", &tcpPair},
    {"UnixStream", [] { return unixPair(SOCK_STREAM); }},
    {"SeqPacket", [] { return unixPair(SOCK_SEQPACKET); }},
    {"Datagram", [] { return unixPair(SOCK_DGRAM); }},
};

void send(const Socket &To, const char *Text) {
  EXPECT_EQ(::send(To.descriptor(), Text, std::strlen(Text), 0),
            ssize_t(std::strlen(Text)));
}

Task<void> sendLater(const Socket &To, const char *Text) {
  co_await sleep_for(5ms);
  send(To, Text);
}

Task<void> wait(int Descriptor, Direction Side) {
  if (Side == Direction::Read)
    co_await readable(Descriptor);
  else
    co_await writable(Descriptor);
}

Task<std::string> readSome(Socket &From, std::size_t AtMost = 64) {
  char Buffer[64];
  const std::size_t Size = co_await From.read(std::span<char>(Buffer, AtMost));
  co_return std::string(Buffer, Size);
}

/// Does \p Work end soon?
template <class T> Task<bool> ends(Task<T> Work) {
  try {
    (void)co_await with_timeout(std::move(Work), 500ms);
  } catch (const TimedOut &) {
    co_return false;
  }
  co_return true;
}
Task<bool> ends(Task<void> Work) {
  try {
    co_await with_timeout(std::move(Work), 500ms);
  } catch (const TimedOut &) {
    co_return false;
  }
  co_return true;
}

/// Reads a byte for which it must wait.
Task<void> useOnce(Pair &P) {
  TaskScope Scope;
  Scope.spawn(sendLater(P.Peer, "."));
  EXPECT_EQ(co_await readSome(P.Mine), ".");
  co_await Scope.join();
}

class DescriptorTest
    : public ::testing::TestWithParam<std::tuple<KindOfSocket, Past>> {
protected:
  /// Runs \p Body on a loop, with a pair that has the past of the test.
  template <class F> void run(F Body) {
    Pair P = std::get<0>(GetParam()).Make();
    const Past Before = std::get<1>(GetParam());
    if (Before == Past::UsedOnDeadLoop)
      EventLoop().run(useOnce(P));
    EventLoop Loop;
    std::optional<std::jthread> Other;
    if (Before == Past::AwaitedElsewhere) {
      std::atomic<bool> Waits{false};
      Other.emplace([&](std::stop_token Stop) {
        EventLoop Elsewhere;
        Elsewhere.run(useOnce(P));
        Waits = true;
        while (!Stop.stop_requested()) // Keeps the socket alive.
          std::this_thread::sleep_for(1ms);
      });
      while (!Waits)
        std::this_thread::yield();
    }
    const auto Main = [&]() -> Task<void> {
      if (Before == Past::WaitedHere)
        co_await useOnce(P);
      co_await Body(P);
    };
    Loop.run(Main());
  }
};

TEST_P(DescriptorTest, ReadableEndsIfThereIsSomething) {
  run([](Pair &P) -> Task<void> {
    send(P.Peer, "0123456789");
    // Lets the kernel announce it before any coroutine waits.
    co_await sleep_for(5ms);
    EXPECT_TRUE(co_await ends(wait(P.Mine.descriptor(), Direction::Read)));
    EXPECT_TRUE(co_await ends(wait(P.Mine.descriptor(), Direction::Read)));
  });
}

TEST_P(DescriptorTest, ReadableEndsWhenSomethingComes) {
  run([](Pair &P) -> Task<void> {
    TaskScope Scope;
    Scope.spawn(sendLater(P.Peer, "x"));
    EXPECT_TRUE(co_await ends(wait(P.Mine.descriptor(), Direction::Read)));
    EXPECT_EQ(co_await readSome(P.Mine), "x");
    co_await Scope.join();
  });
}

TEST_P(DescriptorTest, ReadableWaitsForMore) {
  run([](Pair &P) -> Task<void> {
    bool Ended = false;
    const auto Waits = [&]() -> Task<void> {
      co_await readable(P.Mine.descriptor());
      Ended = true;
    };
    TaskScope Scope;
    Scope.spawn(Waits());
    co_await sleep_for(5ms);
    EXPECT_FALSE(Ended);
    Scope.request_stop();
    co_await Scope.join();
  });
}

TEST_P(DescriptorTest, WritableEndsAtOnce) {
  run([](Pair &P) -> Task<void> {
    EXPECT_TRUE(co_await ends(wait(P.Mine.descriptor(), Direction::Write)));
    EXPECT_TRUE(co_await ends(wait(P.Mine.descriptor(), Direction::Write)));
  });
}

TEST_P(DescriptorTest, EveryMessageIsRead) {
  run([](Pair &P) -> Task<void> {
    send(P.Peer, "one");
    send(P.Peer, "two");
    send(P.Peer, "six");
    std::string All;
    const auto Nine = [&]() -> Task<void> {
      while (All.size() != 9)
        All += co_await readSome(P.Mine);
    };
    EXPECT_TRUE(co_await ends(Nine()));
    EXPECT_EQ(All, "onetwosix");
  });
}

TEST_P(DescriptorTest, ReadsBesideAWait) {
  run([](Pair &P) -> Task<void> {
    TaskScope Scope;
    Scope.spawn(wait(P.Mine.descriptor(), Direction::Read));
    co_await yield_now();
    Scope.spawn(sendLater(P.Peer, "ab"));
    EXPECT_TRUE(co_await ends(readSome(P.Mine)));
    EXPECT_TRUE(co_await ends(wait(P.Mine.descriptor(), Direction::Write)));
    send(P.Peer, "c"); // The wait may have come second.
    co_await Scope.join();
  });
}

TEST_P(DescriptorTest, ClosingCancelsEveryWait) {
  run([](Pair &P) -> Task<void> {
    int Cancellations = 0;
    const auto Waits = [&]() -> Task<void> {
      try {
        co_await readable(P.Mine.descriptor());
      } catch (const Cancelled &) {
        ++Cancellations;
      }
    };
    const auto Reads = [&]() -> Task<void> {
      try {
        (void)co_await readSome(P.Mine);
      } catch (const Cancelled &) {
        ++Cancellations;
      }
    };
    TaskScope Scope;
    Scope.spawn(Waits());
    Scope.spawn(Reads());
    co_await sleep_for(2ms);
    P.Mine.close();
    EXPECT_TRUE(co_await ends(
        [](TaskScope &S) -> Task<void> { co_await S.join(); }(Scope)));
    EXPECT_EQ(Cancellations, 2);
  });
}

std::string
nameOf(const ::testing::TestParamInfo<DescriptorTest::ParamType> &Info) {
  static const char *const Pasts[] = {"Fresh", "WaitedHere", "AwaitedElsewhere",
                                      "UsedOnDeadLoop"};
  return std::string(std::get<0>(Info.param).Name) +
         Pasts[int(std::get<1>(Info.param))];
}

INSTANTIATE_TEST_SUITE_P(
    Descriptor, DescriptorTest,
    ::testing::Combine(::testing::ValuesIn(Kinds),
                       ::testing::Values(Past::Fresh, Past::WaitedHere,
                                         Past::AwaitedElsewhere,
                                         Past::UsedOnDeadLoop)),
    &nameOf);

//===----------------------------------------------------------------------===//
// Streams
//===----------------------------------------------------------------------===//

TEST(Stream, WhatFollowsUrgentDataIsRead) {
  Listener From(Endpoint::loopback(0));
  const auto Main = [&]() -> Task<void> {
    Socket Client = co_await Socket::connect(From.local());
    Socket Server = co_await From.accept();
    for (int Round = 0; Round != 3; ++Round) {
      const auto Sends = [&]() -> Task<void> {
        co_await sleep_for(2ms);
        ::send(Client.descriptor(), "abcX", 4, MSG_OOB);
        send(Client, "def");
      };
      TaskScope Scope;
      Scope.spawn(Sends());
      std::string All;
      const auto Six = [&]() -> Task<void> {
        while (All.size() < 6)
          All += co_await readSome(Server);
      };
      EXPECT_TRUE(co_await ends(Six()));
      EXPECT_EQ(All, "abcdef");
      co_await Scope.join();
    }
  };
  EventLoop Loop;
  Loop.run(Main());
}

TEST(Stream, AHalfClosedPeerDoesNotKeepAWriterBusy) {
  Pair P = unixPair(SOCK_STREAM);
  const auto Main = [&]() -> Task<void> {
    std::string Large(1'000'000, 'x');
    std::size_t Turns = 0;
    const auto Writes = [&]() -> Task<void> {
      P.Peer.shutdown_write();
      co_await P.Mine.write_all(Large);
    };
    const auto Waits = [&]() -> Task<void> {
      co_await writable(P.Mine.descriptor());
      ++Turns;
    };
    TaskScope Scope;
    Scope.spawn(Writes());
    co_await sleep_for(2ms);
    Scope.spawn(Waits());
    co_await sleep_for(10ms);
    EXPECT_EQ(Turns, 0u) << "the buffer is full";
    Scope.request_stop();
    co_await Scope.join();
  };
  EventLoop Loop;
  Loop.run(Main());
}

TEST(Stream, ReadsHereAndWritesThere) {
  Pair P = tcpPair();
  constexpr std::size_t Size = 2'000'000;
  std::thread Writer([&] {
    const auto Writes = [&]() -> Task<void> {
      const std::string Data(Size, 'w');
      co_await P.Mine.write_all(Data);
    };
    EventLoop Loop;
    Loop.run(Writes());
  });
  const auto Echo = [&]() -> Task<void> { // Slowly: both sides wait.
    std::size_t Left = Size;
    char Buffer[5000];
    while (Left != 0) {
      const std::size_t Got = co_await P.Peer.read(std::span<char>(Buffer));
      co_await P.Peer.write_all(std::span<const char>(Buffer, Got));
      Left -= Got;
    }
  };
  const auto Reads = [&]() -> Task<std::size_t> {
    std::size_t Got = 0;
    char Buffer[3000];
    while (Got != Size)
      Got += co_await P.Mine.read(std::span<char>(Buffer));
    co_return Got;
  };
  EventLoop Loop;
  auto [Void, Got] =
      Loop.run([&]() -> Task<std::tuple<std::monostate, std::size_t>> {
        co_return co_await when_all(Echo(), Reads());
      }());
  (void)Void;
  EXPECT_EQ(Got, Size);
  Writer.join();
}

TEST(Stream, ClosedElsewhereItsNumberIsFree) {
  for (int Round = 0; Round != 20; ++Round) {
    EventLoop Loop;
    const auto Main = [&]() -> Task<void> {
      std::optional<Pair> P(tcpPair());
      co_await useOnce(*P);
      std::thread([&] { P.reset(); }).join();
      // A pipe may get the same number; it is not registered edge-triggered.
      int Ends[2];
      EXPECT_EQ(::pipe2(Ends, O_NONBLOCK), 0);
      EXPECT_EQ(::write(Ends[1], "x", 1), 1);
      EXPECT_TRUE(co_await ends(wait(Ends[0], Direction::Read)));
      EXPECT_TRUE(co_await ends(wait(Ends[0], Direction::Read)));
      ::close(Ends[0]);
      ::close(Ends[1]);
    };
    Loop.run(Main());
  }
}

//===----------------------------------------------------------------------===//
// Listeners
//===----------------------------------------------------------------------===//

int openDescriptors() {
  int Count = 0;
  DIR *Directory = ::opendir("/proc/self/fd");
  while (::readdir(Directory))
    ++Count;
  ::closedir(Directory);
  return Count;
}

TEST(Listener, WhatNobodyGetsIsClosed) {
  const auto Once = [] {
    Listener From(Endpoint::loopback(0));
    int Ends[2];
    ASSERT_EQ(::pipe2(Ends, O_NONBLOCK), 0);
    const int Client = ::socket(AF_INET, SOCK_STREAM, 0);
    {
      EventLoop Loop;
      const auto Fails = [&]() -> Task<void> {
        co_await readable(Ends[0]);
        throw std::runtime_error("fails");
      };
      const auto Accepts = [&]() -> Task<void> {
        Socket Made = co_await From.accept();
      };
      (void)Loop.spawn(Fails());
      (void)Loop.spawn(Accepts());
      while (Loop.poll()) {
      }
      EXPECT_EQ(::write(Ends[1], "x", 1), 1);
      const SocketAddress To = From.local_address();
      EXPECT_EQ(::connect(Client, To.data(), socklen_t(To.size())), 0);
      try {
        Loop.run();
      } catch (const std::runtime_error &) {
      }
    }
    for (const int D : {Ends[0], Ends[1], Client})
      ::close(D);
  };
  Once();
  const int Before = openDescriptors();
  for (int I = 0; I != 10; ++I)
    Once();
  EXPECT_EQ(openDescriptors(), Before);
}

TEST(Listener, IsServedByTwoLoops) {
  Listener From(Endpoint::loopback(0));
  std::atomic<int> Accepted{0};
  constexpr int Clients = 40;
  const auto Server = [&]() -> Task<void> {
    while (Accepted != Clients) {
      try {
        Socket Made = co_await with_timeout(
            [](Listener &L) -> Task<Socket> {
              co_return co_await L.accept();
            }(From),
            20ms);
        ++Accepted;
      } catch (const TimedOut &) {
      }
    }
  };
  std::thread Other([&] { EventLoop().run(Server()); });
  const auto Main = [&]() -> Task<void> {
    TaskScope Scope;
    Scope.spawn(Server());
    for (int I = 0; I != Clients; ++I) {
      Socket Client = co_await Socket::connect(From.local());
      co_await yield_now();
    }
    co_await Scope.join();
  };
  EventLoop Loop;
  Loop.run(Main());
  Other.join();
  EXPECT_EQ(Accepted, Clients);
}

/// Uses up all descriptors while it lives.
class NoDescriptors {
public:
  NoDescriptors() {
    ::getrlimit(RLIMIT_NOFILE, &Saved);
    const rlimit Few{rlim_t(openDescriptors()) + 8, Saved.rlim_max};
    ::setrlimit(RLIMIT_NOFILE, &Few);
    for (int D; (D = ::open("/dev/null", O_RDONLY)) >= 0;)
      Taken.push_back(D);
  }
  ~NoDescriptors() { giveBack(); }
  void giveBack() {
    for (const int D : Taken)
      ::close(D);
    Taken.clear();
    ::setrlimit(RLIMIT_NOFILE, &Saved);
  }

private:
  rlimit Saved;
  std::vector<int> Taken;
};

TEST(Listener, OutOfDescriptorsOthersRun) {
  Listener From(Endpoint::loopback(0));
  const auto Main = [&]() -> Task<void> {
    Socket Client = co_await Socket::connect(From.local());
    int Errors = 0;
    int Accepted = 0;
    const auto Server = [&]() -> Task<void> {
      while (Accepted == 0) {
        try {
          Socket Made = co_await From.accept();
          ++Accepted;
        } catch (const std::system_error &E) {
          EXPECT_EQ(E.code(), std::errc::too_many_files_open);
          ++Errors;
        }
      }
    };
    NoDescriptors None;
    TaskScope Scope;
    Scope.spawn(Server());
    co_await sleep_for(5ms);
    EXPECT_GT(Errors, 0);
    EXPECT_EQ(Accepted, 0);
    None.giveBack();
    co_await Scope.join();
    EXPECT_EQ(Accepted, 1);
  };
  EventLoop Loop;
  Loop.run(Main());
}

/// A loop that cannot create an epoll instance reports that once its tasks have
/// ended: a stop wakes those that heed it, time wakes the others.
TEST(Loop, OutOfDescriptorsThrows) {
  rlimit Old{};
  ASSERT_EQ(::getrlimit(RLIMIT_NOFILE, &Old), 0);
  rlimit None = Old;
  None.rlim_cur = 0;
  bool Ended = false;
  const auto Sleeps = [&]() -> Task<void> {
    co_await sleep_for(2ms);
    Ended = true;
  };
  const auto Main = [&]() -> Task<void> { co_await uncancellable(Sleeps()); };
  EventLoop Loop;
  ASSERT_EQ(::setrlimit(RLIMIT_NOFILE, &None), 0);
  EXPECT_THROW(Loop.run(Main()), std::system_error);
  ASSERT_EQ(::setrlimit(RLIMIT_NOFILE, &Old), 0);
  EXPECT_TRUE(Ended);
  Loop.run(Main());
}

TEST(Stream, WhatFailsLetsOthersRun) {
  const auto Main = [&]() -> Task<void> {
    Pair P = unixPair(SOCK_STREAM);
    P.Peer.close();
    bool OthersRan = false;
    int Errors = 0;
    const auto Writes = [&]() -> Task<void> {
      while (!OthersRan) {
        try {
          co_await P.Mine.write(std::string("x"));
        } catch (const std::system_error &E) {
          EXPECT_EQ(E.code(), std::errc::broken_pipe);
          ++Errors;
        }
      }
    };
    TaskScope Scope;
    Scope.spawn(Writes());
    co_await yield_now();
    co_await yield_now();
    co_await yield_now();
    OthersRan = true;
    co_await Scope.join();
    EXPECT_GT(Errors, 0);
  };
  EventLoop Loop;
  Loop.run(Main());
}

TEST(Descriptor, BadOnesAreReported) {
  EventLoop Loop;
  EXPECT_THROW(Loop.run(wait(-1, Direction::Read)), std::system_error);
  EXPECT_THROW(Loop.run(wait(9999, Direction::Write)), std::system_error);
  const int File = ::open("/proc/self/exe", O_RDONLY);
  Loop.run(wait(File, Direction::Read)); // Files are always ready.
  ::close(File);
}

//===----------------------------------------------------------------------===//
// Forks
//===----------------------------------------------------------------------===//

TEST(Fork, AChildClosesItsCopyAlone) {
  const auto Main = []() -> Task<void> {
    Pair P = unixPair(SOCK_STREAM);
    co_await useOnce(P);
    EXPECT_EQ(inChild([&] {
                P.Mine.close();
                return 0;
              }),
              0);
    TaskScope Scope;
    Scope.spawn(sendLater(P.Peer, "x"));
    EXPECT_TRUE(co_await ends(readSome(P.Mine)));
    co_await Scope.join();
  };
  EventLoop Loop;
  Loop.run(Main());
}

/// Two coroutines wait for one descriptor. A child that ends one of the waits
/// leaves the parent's registration unchanged.
TEST(Fork, AChildLetsGoOfAWaitAlone) {
  Pair P = unixPair(SOCK_STREAM);
  char Bytes[4096] = {};
  while (::write(P.Mine.descriptor(), Bytes, sizeof(Bytes)) > 0) {
  }
  bool HasRead = false;
  const auto Reads = [&]() -> Task<void> {
    co_await readable(P.Mine.descriptor());
    HasRead = true;
  };
  const auto Writes = [&]() -> Task<void> {
    co_await writable(P.Mine.descriptor());
  };
  auto Loop = std::make_unique<EventLoop>();
  Loop->spawn(Writes());
  Loop->spawn(Reads()); // The latest is destroyed first.
  Loop->poll();
  EXPECT_EQ(inChild([&] {
              Loop.reset();
              return 0;
            }),
            0);
  EXPECT_EQ(::write(P.Peer.descriptor(), "x", 1), 1);
  for (int I = 0; I != 100 && !HasRead; ++I) {
    Loop->poll();
    ::usleep(1000);
  }
  EXPECT_TRUE(HasRead);
}

TEST(Fork, AChildGoesOnWithTheLoop) {
  const auto Main = []() -> Task<int> {
    Pair P = unixPair(SOCK_STREAM);
    co_await useOnce(P);
    const ChildProcess Child;
    if (Child.isHere()) {
      const bool Good = co_await ends(useOnce(P)); // With its own epoll.
      exitChild(Good ? 0 : 1);
    }
    EXPECT_EQ(Child.status(), 0);
    co_await useOnce(P); // The parent has lost nothing.
    co_return 0;
  };
  EventLoop Loop;
  Loop.run(Main());
}

TEST(Fork, AChildUsesASocketOnALoopOfItsOwn) {
  Pair P = unixPair(SOCK_STREAM);
  EventLoop Loop;
  Loop.run(useOnce(P));
  EXPECT_EQ(inChild([&] {
              EventLoop Own;
              Own.run(useOnce(P));
              P.Mine.close();
              return 0;
            }),
            0);
  Loop.run(useOnce(P));
}

} // namespace
